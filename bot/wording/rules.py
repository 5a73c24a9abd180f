"""The wording rules of one language, as staff write them down in a file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.engine.reading import Reader
from bot.engine.source import Node
from bot.wording.marks import STAND_IN

LISTS: Final[Mapping[str, str]] = {
    "praise": "praise",
    "formulas": "formula",
    "diagnostic words": "diagnostic-word",
    "blaming words": "blaming-word",
    "commanding words": "commanding-word",
}
"""Each list of phrases, by its name in the file, with the code of its findings."""
NUMBERS: Final = (
    "longest sentence",
    "reading grade",
    "shortest stretch",
    "questions in a message",
    "questions in a row",
    "own words back",
    "most buttons",
    "longest button",
    "longest message",
)
_LITTLE: Final = "words that mean little alone"
_JOINING: Final = "joining words"
_GAP: Final = rf"(?:[\s,]+[\w'{STAND_IN}-]+){{0,2}}?[\s,]+"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that Kith doesn't use, and what could be said instead.

    `core` stands in every text, written small, that `pattern` can be found in.
    """

    words: str
    instead: str
    pattern: re.Pattern[str]
    core: str


@dataclass(frozen=True, slots=True)
class PhraseList:
    """Phrases that are found under one code. Within the text of an `exception` none counts."""

    code: str
    phrases: tuple[Phrase, ...]
    exceptions: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The rules of one language. A number that is missing from the file turns its rule off.

    `joining` are words that, before the Other's name, bring the two together.
    """

    language: str
    numbers: Mapping[str, float]
    lists: tuple[PhraseList, ...]
    little: frozenset[str]
    joining: tuple[str, ...] = ()

    def limit(self, name: str) -> float:
        """Give the number of that name; without one there is no limit."""
        return self.numbers.get(name, float("inf"))


def read_wording(reader: Reader, node: Node | None) -> Wording:
    """Read the rules of one language; what is wrong with them goes to the reader."""
    pairs = reader.pairs(node)
    if node and pairs:
        reader.known_keys(node, ("language", *NUMBERS, *LISTS, _LITTLE, _JOINING))
    numbers = {name: reader.number(pairs[name]) for name in NUMBERS if name in pairs}
    return Wording(
        language=reader.text(pairs.get("language")),
        numbers={name: number for name, number in numbers.items() if number is not None},
        lists=tuple(
            _list(reader, pairs[name], code) for name, code in LISTS.items() if name in pairs
        ),
        little=frozenset(reader.text(item).lower() for item in reader.items(pairs.get(_LITTLE))),
        joining=tuple(reader.text(item) for item in reader.items(pairs.get(_JOINING))),
    )


def _list(reader: Reader, node: Node, code: str) -> PhraseList:
    reader.known_keys(node, ("instead", "except"))
    listed = node.get("instead")
    phrases = [
        Phrase(words, reader.text(instead), pattern_of(words), _core(words))
        for words, instead in reader.pairs(listed).items()
        if _holds_words(reader, reader.key_of(listed or node, words) or instead, words)
    ]
    exceptions = [
        pattern_of(reader.text(item))
        for item in reader.items(node.get("except"))
        if _holds_words(reader, item, reader.text(item))
    ]
    return PhraseList(code, tuple(phrases), tuple(exceptions))


def _holds_words(reader: Reader, node: Node, phrase: str) -> bool:
    if not _core(phrase):
        message, fix = f"'{phrase}' holds no words to look for", "write the words that are meant"
        reader.complain(node, "not-a-text", message, fix)
    return bool(_core(phrase))


def pattern_of(phrase: str) -> re.Pattern[str]:
    """Give what finds a phrase in a text, whatever its capitals, spaces and apostrophes.

    A `*` stands for the rest of a word, ` ... ` for up to two words between.
    """
    parts = [part.split() for part in phrase.replace("’", "'").split("...")]
    runs = [r"\s+".join(map(_word, part)) for part in parts if part]
    return re.compile(rf"(?<![\w'-]){_GAP.join(runs)}(?![\w'-])", re.IGNORECASE)


def _word(word: str) -> str:
    return re.escape(word).replace("'", "['’]").replace(r"\*", r"[\w'-]*")


def _core(phrase: str) -> str:
    return max(re.findall(r"[^\W_]+", phrase.lower()), key=len, default="")
