"""Many phrases looked for in one text at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.directory.stems import NOT

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Phrases(Generic[K]):
    """Phrases as rows of stems, by their first one, each with what it stands for."""

    begin: Mapping[str, Sequence[tuple[tuple[str, ...], K]]]

    def within(self, words: Sequence[str]) -> Iterator[tuple[int, int, K]]:
        """Give each phrase that stands there word by word: from where, to where, and what it is."""
        for at, word in enumerate(words):
            for phrase, key in self.begin.get(word, ()):
                end = at + len(phrase)
                if tuple(words[at:end]) == phrase:
                    yield at, end, key


def phrases_of(pairs: Iterable[tuple[Sequence[str], K]]) -> Phrases[K]:
    """Sort phrases by their first stem; those without any word that says something are left out."""
    begin: dict[str, list[tuple[tuple[str, ...], K]]] = {}
    for stems, key in pairs:
        if set(stems) - {NOT}:
            begin.setdefault(stems[0], []).append((tuple(stems), key))
    return Phrases(begin)
