"""A slip of the thumb: a word that nobody knows is read as the one known word beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

_SHORTEST: Final = 5
"""Shorter words have too many neighbours."""


@dataclass(frozen=True, slots=True)
class NearWords:
    """Known words, found by what is left of them without one of their letters.

    Two words that differ by a letter more, less, other or exchanged with its neighbour have such a
    rest in common (Garbe 2012, symmetric delete spelling correction).
    """

    known: frozenset[str]
    rests: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rests: dict[str, str] = {}
        for word in sorted(self.known):
            for rest in set(_rests(word)):
                rests[rest] = f"{rests[rest]} {word}" if rest in rests else word
        object.__setattr__(self, "rests", rests)

    def read(self, words: Sequence[str]) -> list[str]:
        """Give the words, the unknown ones as the known one beside them where there is just one.

        Of several, the one that has the same letters is meant: thumbs mostly exchange two.
        """
        return [word if word in self.known else self._beside(word) for word in words]

    def _beside(self, word: str) -> str:
        if len(word) < _SHORTEST or not word.isalpha():
            return word
        beside = {each for rest in _rests(word) for each in self.rests.get(rest, "").split()}
        alike = {each for each in beside if sorted(each) == sorted(word)}
        likely = alike or beside
        return likely.pop() if len(likely) == 1 else word


def _rests(word: str) -> Iterable[str]:
    """Give a word and what is left of it without each of its letters."""
    if len(word) >= _SHORTEST:
        yield word
        for at in range(len(word)):
            yield word[:at] + word[at + 1 :]
