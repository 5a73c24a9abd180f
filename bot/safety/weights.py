"""The file of learned weights: bytes in, a second opinion that has passed its own test out."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from bot.safety.concern import CLASSES
from bot.safety.near_words import NearWords
from bot.safety.pieces import Pieces
from bot.safety.second_opinion import SecondOpinion, second_opinion
from bot.safety.threes import Threes

_BEGINS: Final = b"KITH second opinion 2\n"
_SIZES: Final = struct.Struct("<II")


class WeightsError(ValueError):
    """Weights that can't be used; its text is a plain sentence saying why."""


@dataclass(frozen=True, slots=True)
class Trials:
    """Sentences by which weights prove themselves: ask about these, and leave those alone."""

    asks: tuple[str, ...]
    leaves: tuple[str, ...]


def read_weights(packed: bytes) -> SecondOpinion:
    """Read the weights and let them prove themselves on the sentences they come with.

    Raises `WeightsError` for a file that is cut short, changed, or no longer asks what it should.
    """
    if not packed.startswith(_BEGINS):
        raise WeightsError("this is not a file of learned weights")
    rest = memoryview(packed)[len(_BEGINS) :]
    if len(rest) < _SIZES.size:
        raise WeightsError("the file is cut short")
    length, check = _SIZES.unpack_from(rest)
    rest = rest[_SIZES.size :]
    if _check(length, rest) != check:
        raise WeightsError("the file was changed or is cut short")
    told = json.loads(bytes(rest[:length]))
    tables: list[memoryview] = []
    at = length
    for size in told["sizes"]:
        tables.append(rest[at : at + size].cast("b"))
        at += size
    ask, talk, *kinds = [
        Pieces(start, step, table)
        for (start, step), table in zip(told["pieces"], tables[1:], strict=True)
    ]
    lines = {word: line for line, word in enumerate(told["words"], 1)}
    threes = Threes(lines, tables[0], tuple(told["starts"]), tuple(told["counts"]))
    near = NearWords(frozenset(lines))
    opinion = SecondOpinion(ask, threes, talk, tuple(zip(CLASSES, kinds, strict=True)), near)
    prove(opinion, Trials(tuple(told["asks"]), tuple(told["leaves"])))
    return opinion


def write_weights(opinion: SecondOpinion, trials: Trials) -> bytes:
    """Give the bytes that `read_weights` reads: the weights, and sentences that prove them."""
    parts = (opinion.ask, opinion.talk, *(part for _, part in opinion.kinds))
    tables = [opinion.threes.table, *(part.weights for part in parts)]
    told = {
        "sizes": [len(table) for table in tables],
        "pieces": [(part.start, part.step) for part in parts],
        "words": list(opinion.threes.lines),
        "starts": opinion.threes.starts,
        "counts": opinion.threes.counts,
        "asks": trials.asks,
        "leaves": trials.leaves,
    }
    begins = json.dumps(told, ensure_ascii=False).encode()
    rest = begins + b"".join(map(bytes, tables))
    return _BEGINS + _SIZES.pack(len(begins), _check(len(begins), rest)) + rest


def _check(length: int, rest: bytes | memoryview) -> int:
    """Give a number that is another one as soon as a byte is."""
    return crc32(rest, length)


def prove(opinion: SecondOpinion, trials: Trials) -> None:
    """Try the weights; raises `WeightsError` at the first sentence that they get wrong."""
    _must_say(opinion, trials.asks, ask=True)
    _must_say(opinion, trials.leaves, ask=False)


def _must_say(opinion: SecondOpinion, texts: Sequence[str], *, ask: bool) -> None:
    if not texts:
        raise WeightsError("the file has no sentences to try it on")
    if any((second_opinion(opinion, text) is not None) is not ask for text in texts):
        told = "no longer asks about" if ask else "asks about"
        raise WeightsError(f"it {told} a sentence of its own test")
