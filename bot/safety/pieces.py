"""A plain text as numbered pieces: its words, its pairs of words, and stretches of its letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from zlib import crc32

_SHORTEST, _LONGEST = 3, 5


@dataclass(frozen=True, slots=True)
class Pieces:
    """What each piece says for one thing: whole numbers of `step`, added to `start`."""

    start: float
    step: float
    weights: memoryview

    def sum(self, found: set[int]) -> float:
        """Add up what these pieces say; a long text's pieces say less each."""
        last = len(self.weights) - 1
        total = sum([self.weights[piece & last] for piece in found])
        return self.start + self.step * total / sqrt(len(found))


def pieces(words: Sequence[str], buckets: int) -> set[int]:
    """Give the numbers of the words, pairs of words and stretches of 3 to 5 bytes, each once.

    `buckets` is a power of two; the numbers are below it, and pieces may share one.
    """
    last = buckets - 1
    line = f" {' '.join(words)} ".encode()
    ends = [b"<", *line.split(), b">"]
    found = {crc32(word) & last for word in ends}
    found.update([crc32(b" ".join(ends[at : at + 2])) & last for at in range(len(ends) - 1)])
    for size in range(_SHORTEST, _LONGEST + 1):
        places = range(len(line) - size + 1)
        found.update([crc32(line[at : at + size], size) & last for at in places])
    return found
