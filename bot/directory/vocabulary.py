"""The words staff wrote in the file of needs, made ready to be looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.directory.needs import Need, Needs
from bot.directory.phrases import Phrases, phrases_of
from bot.directory.stems import plain_words, stem, stems


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Needs by their phrases, over stems in which words of one meaning are one."""

    needs: tuple[Need, ...]
    same: Phrases[str]
    others: frozenset[str]

    def read(self, text: str) -> list[str]:
        """Give the stems of a text, words of one meaning as one."""
        return self.joined(stems(text))

    def joined(self, found: Sequence[str]) -> list[str]:
        """Put the one stem for each group of words in the place of any of them."""
        instead: dict[int, tuple[int, str]] = {}
        for begin, end, name in self.same.within(found):
            if end > instead.get(begin, (0, ""))[0]:
                instead[begin] = (end, name)
        result: list[str] = []
        at = 0
        while at < len(found):
            at, word = instead.get(at, (at + 1, found[at]))
            result.append(word)
        return result


def vocabulary_of(needs: Needs) -> Vocabulary:
    """Make the words of the file of needs ready; the first group that has a word keeps it."""
    known: dict[tuple[str, ...], str] = {}
    for at, group in enumerate(needs.words):
        for member in group:
            known.setdefault(tuple(stems(member)), f"={at}")
    others = frozenset(stem(word) for each in needs.others for word in plain_words(each))
    return Vocabulary(needs.needs, phrases_of(known.items()), others)


def by_need(
    vocabulary: Vocabulary, texts: Mapping[int, Sequence[str]]
) -> Phrases[tuple[int, str]]:
    """Give the phrases of each need, by its number, with the phrase as it was written."""
    return phrases_of(
        (vocabulary.read(text), (number, text)) for number, each in texts.items() for text in each
    )
