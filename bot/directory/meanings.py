"""What words mean, as a few learned small numbers each, so that texts can be compared by meaning.

The numbers come with Kith; `benchmarks/retrieval/learn.py` made them, and says of what.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import sqrt
from operator import mul
from sys import byteorder
from typing import Final

SIZE: Final = 32
"""How many numbers a word has."""
BEGINS: Final = b"KITH meanings 1\n"
_LANE: Final = 4
"""Bytes for each number of a sum: a text of a million words still fits."""
_ZERO: Final = 128
_LARGEST: Final = 127


@dataclass(frozen=True, slots=True)
class Meanings:
    """The numbers of each stem, packed into one integer, so that adding two adds all of them."""

    packed: Mapping[str, int]

    def add(self, stems: Iterable[str], weight: int = 1) -> tuple[int, int]:
        """Give the packed sum of the stems that are known, and how many it is made of."""
        known = [number for stem in stems if (number := self.packed.get(stem)) is not None]
        return weight * sum(known), weight * len(known)

    def of(self, stems: Iterable[str]) -> Sequence[int]:
        """Give what a text means, of which `stems` are the words."""
        return levelled(*self.add(stems))


def levelled(total: int, count: int) -> Sequence[int]:
    """Give the numbers of a packed sum, all texts equally long: the largest sum is 127 squared."""
    lanes = memoryview(total.to_bytes(SIZE * _LANE, byteorder)).cast("I")
    numbers = [lane - _ZERO * count for lane in lanes]
    length = sqrt(sum(map(mul, numbers, numbers)))
    return [round(_LARGEST * each / length) for each in numbers] if length else numbers


def alike(one: Sequence[int], other: Sequence[int]) -> float:
    """Give how alike two meanings are, from 0 to about 1; where nothing is known, 0."""
    same: int = sum(map(mul, one, other))
    return max(0, same) / _LARGEST**2


def read_meanings(content: bytes) -> Meanings:
    """Read a file of meanings. Raises ValueError for one that is cut short or something else."""
    words, _, table = content.removeprefix(BEGINS).partition(b"\n")
    if not content.startswith(BEGINS) or len(table) != len(words.split()) * SIZE:
        raise ValueError("this is not a whole file of meanings")
    numbers = table.translate(bytes((at + _ZERO) % 256 for at in range(256)))
    packed = {}
    for at, stem in enumerate(words.decode().split()):
        lanes = bytearray(SIZE * _LANE)
        lanes[::_LANE] = numbers[at * SIZE : (at + 1) * SIZE]
        packed[stem] = int.from_bytes(lanes, "little")
    return Meanings(packed)


@lru_cache(maxsize=1)
def load_meanings() -> Meanings:
    """Read the meanings that come with Kith, once."""
    return read_meanings(files("bot.directory").joinpath("meanings.bin").read_bytes())
