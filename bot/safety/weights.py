"""The file of learned weights: bytes in, a second opinion that has passed its own test out."""

import json
import struct
from collections.abc import Sequence
from typing import Final, get_args
from zlib import crc32

from bot.safety.concern import ConcernClass
from bot.safety.second_opinion import Head, SecondOpinion, second_opinion

_BEGINS: Final = b"KITH second opinion 1\n"
_SIZES: Final = struct.Struct("<II")
_CLASSES: Final[tuple[ConcernClass, ...]] = get_args(ConcernClass)
_FEWEST: Final = 256


class WeightsError(ValueError):
    """Weights that can't be used; its text is a plain sentence saying why."""


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
    if crc32(rest) != check:
        raise WeightsError("the file was changed or is cut short")
    told = json.loads(bytes(rest[:length]))
    rest = rest[length:].cast("b")
    heads: list[Head] = []
    for start, step, size in told["heads"]:
        heads.append(Head(start, step, rest[:size]))
        rest = rest[size:]
    ask = len(heads) - len(_CLASSES)
    opinion = SecondOpinion(tuple(heads[:ask]), tuple(zip(_CLASSES, heads[ask:], strict=True)))
    prove(opinion, told["asks"], told["leaves"])
    return opinion


def write_weights(opinion: SecondOpinion, asks: Sequence[str], leaves: Sequence[str]) -> bytes:
    """Give the bytes that `read_weights` reads: the weights, and sentences that prove them."""
    heads = (*opinion.ask, *(head for _, head in opinion.kinds))
    sizes = [(head.start, head.step, len(head.weights)) for head in heads]
    told = json.dumps({"heads": sizes, "asks": list(asks), "leaves": list(leaves)}).encode()
    rest = told + b"".join(bytes(head.weights) for head in heads)
    return _BEGINS + _SIZES.pack(len(told), crc32(rest)) + rest


def prove(opinion: SecondOpinion, asks: Sequence[str], leaves: Sequence[str]) -> None:
    """Try the weights on sentences to ask about and on sentences to leave alone."""
    if not asks or not leaves:
        raise WeightsError("there is no sentence to try the weights on")
    if not all(second_opinion(opinion, text) for text in asks):
        raise WeightsError("it no longer asks about a sentence of its own test")
    if any(second_opinion(opinion, text) for text in leaves):
        raise WeightsError("it asks about a sentence that it should leave alone")
