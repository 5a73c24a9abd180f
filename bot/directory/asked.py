"""What somebody asks for: the needs in a sentence, the words that are left, and for whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Final

from bot.directory.said import Ear
from bot.directory.sentence import About, Sentence, sentence_of
from bot.directory.stems import DULL

_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Sought:
    """Something to search for, how much of it was said, and in which words."""

    key: int
    strength: float
    said: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is in a sentence: needs by their number, rows of words by theirs, other stems."""

    needs: tuple[Sought, ...]
    rows: tuple[tuple[int, str], ...]
    words: tuple[tuple[str, str], ...]
    about: About


def asked_in(ear: Ear, text: str, corrected: Callable[[str], str]) -> Asked:
    """Read what is asked for. A need of several words takes their place.

    `corrected` gives the stem that is meant where one is mistyped.
    """
    vocabulary = ear.vocabulary
    sentence = sentence_of(text, vocabulary)
    stems = tuple(map(corrected, sentence.stems))
    if stems != sentence.stems:
        words = tuple(map(vocabulary.meant, stems))
        sentence = replace(sentence, stems=stems, words=words)
    heard = ear.hear(sentence)
    taken = {at for each in heard if len(each.held) > 1 for at in each.held}
    free = {
        at
        for at, word in enumerate(stems)
        if at not in taken and word not in DULL and sentence.words[at] not in vocabulary.kin
    }
    rows: dict[int, str] = {}
    in_rows: set[int] = set()
    for begin, end, row in vocabulary.rows.within(stems):
        if not free.isdisjoint(range(begin, end)):
            rows.setdefault(row, _quoted(text, sentence, range(begin, end)))
            in_rows |= set(range(begin, end))
    left = {stems[at]: _quoted(text, sentence, (at,)) for at in sorted(free - in_rows)}
    needs = (Sought(each.need, each.strength, _quoted(text, sentence, each.held)) for each in heard)
    return Asked(tuple(needs), tuple(rows.items()), tuple(left.items()), sentence.about)


def _quoted(text: str, sentence: Sentence, held: Iterable[int]) -> str:
    """Give the words of the text from the first to the last that was held."""
    spans = [sentence.spans[at] for at in held]
    words = text[min(begin for begin, _ in spans) : max(end for _, end in spans)]
    return shorten(words, _LONGEST, placeholder=" ...")
