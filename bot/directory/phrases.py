"""Many phrases looked for in one text at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.directory.stems import NOT

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Phrases(Generic[K]):
    """Phrases as rows of stems with all that each stands for, by their first stem and length."""

    lengths: Mapping[str, Sequence[int]]
    known: Mapping[tuple[str, ...], Sequence[K]]

    def within(self, words: Sequence[str]) -> Iterator[tuple[int, int, K]]:
        """Give each phrase that stands there word by word: from where, to where, and what it is."""
        for at, word in enumerate(words):
            for length in self.lengths.get(word, ()):
                if at + length > len(words):
                    continue
                for key in self.known.get(tuple(words[at : at + length]), ()):
                    yield at, at + length, key


def phrases_of(pairs: Iterable[tuple[Sequence[str], K]]) -> Phrases[K]:
    """Sort phrases by their first stem; those without any word that says something are left out."""
    lengths: dict[str, set[int]] = {}
    known: dict[tuple[str, ...], list[K]] = {}
    for stems, key in pairs:
        if set(stems) - {NOT}:
            lengths.setdefault(stems[0], set()).add(len(stems))
            known.setdefault(tuple(stems), []).append(key)
    return Phrases({word: sorted(each) for word, each in lengths.items()}, known)
