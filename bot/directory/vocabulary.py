"""The words of the file of needs, made ready to be looked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.directory.needs import Need, Needs
from bot.directory.phrases import Phrases, phrases_of
from bot.directory.stems import plain_words, stem, stems


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Needs, and rows of words with one meaning; `kin` are the words for somebody dear.

    `rows` has the number of every row that a word or a phrase stands in. `same` gives one name to
    the single words of a row, and to those for one kind of kin, so that "my lad" is "my son".
    """

    needs: tuple[Need, ...]
    words: tuple[tuple[str, ...], ...]
    rows: Phrases[int]
    same: Mapping[str, str]
    kin: frozenset[str]

    def meant(self, word: str) -> str:
        """Give the one name of all words that mean the same as this stem."""
        return self.same.get(word, word)


def vocabulary_of(needs: Needs) -> Vocabulary:
    """Make the file of needs ready; of several rows, the first one that has a word names it."""
    rows = [(stems(member), at) for at, row in enumerate(needs.words) for member in row]
    same: dict[str, str] = {}
    kin: set[str] = set()
    for row in needs.others:
        named = [words[0] for member in row if len(words := _stemmed(member)) == 1]
        for word in named:
            same.setdefault(word, f"@{named[0]}")
            kin |= {word, same[word]}
    for words, at in rows:
        if len(words) == 1:
            same.setdefault(words[0], f"={at}")
    return Vocabulary(needs.needs, needs.words, phrases_of(rows), same, frozenset(kin))


def _stemmed(text: str) -> list[str]:
    return [stem(word) for word in plain_words(text)]
