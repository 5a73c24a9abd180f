"""A plain text as numbered pieces: its words, its pairs of words, and stretches of its letters."""

from collections.abc import Iterator
from zlib import crc32

_SHORTEST, _LONGEST = 3, 5
_AT_ONCE = 48
_ON = 24


def pieces(plain: str, buckets: int) -> set[int]:
    """Give the numbers of the words, pairs of words and stretches of 3 to 5 bytes, each once.

    `buckets` is a power of two; the numbers are below it, and pieces may share one.
    """
    last = buckets - 1
    line = f" {plain} ".encode()
    words = [b"<", *line.split(), b">"]
    found = {crc32(word) & last for word in words}
    found.update([crc32(b" ".join(words[at : at + 2])) & last for at in range(len(words) - 1)])
    for size in range(_SHORTEST, _LONGEST + 1):
        places = range(len(line) - size + 1)
        found.update([crc32(line[at : at + size], size) & last for at in places])
    return found


def stretches(plain: str) -> Iterator[str]:
    """Give a text as it is, or a longer one in stretches of 48 words, each half of the one before.

    What is said in one sentence of a long text would else be lost among the others.
    """
    words = plain.split()
    yield " ".join(words[:_AT_ONCE])
    for at in range(_ON, len(words) - _AT_ONCE + _ON, _ON):
        yield " ".join(words[at : at + _AT_ONCE])
