"""A few places, searched as they are told: too few to weigh their words against each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.directory.asked import Asked, asked_in
from bot.directory.phrases import phrases_of
from bot.directory.said import Ear
from bot.directory.sentence import sentence_of
from bot.directory.stems import stems

BESIDE: Final = 0.8
"""What a word is worth beside a need, as in the search of the directory."""


@dataclass(frozen=True, slots=True)
class Near:
    """One of the texts by its number, and what of the words that were said it came up by."""

    number: int
    said: str


def near_in(texts: Sequence[str], words: str, ear: Ear) -> list[Near]:
    """Give which of these texts speak of what somebody said, the best first; none where none does.

    A need counts where a text speaks of it as people do, or names it as directories do.
    """
    asked = asked_in(ear, words, str)
    wanted = {each.key: each for each in asked.needs}
    needs = ear.vocabulary.needs
    named = phrases_of((stems(text), key) for key in wanted for text in needs[key].found)
    found: list[tuple[float, Near]] = []
    for number, text in enumerate(texts):
        read = stems(text)
        heard = {each.need for each in ear.hear(sentence_of(text, ear.vocabulary))}
        spoken = wanted.keys() & (heard | {key for _, _, key in named.within(read)})
        worth = {wanted[key].said: wanted[key].strength for key in sorted(spoken)}
        for said in _said_too(read, asked, ear):
            worth.setdefault(said, BESIDE)
        if worth:
            most = max(worth, key=lambda said: worth[said])
            found.append((sum(worth.values()), Near(number, most)))
    return [near for _, near in sorted(found, key=lambda each: -each[0])]


def _said_too(read: Sequence[str], asked: Asked, ear: Ear) -> Iterator[str]:
    """Give the other words that were said and stand in a text, or mean what stands there."""
    rows = {row for _, _, row in ear.vocabulary.rows.within(read)}
    yield from (said for row, said in asked.rows if row in rows)
    yield from (said for word, said in asked.words if word in read)
