"""A text as the stems of its words, the same for what is asked and for what is listed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from snowballstemmer import stemmer

NOT: Final = "not"
_WRITTEN_OUT: Final = {
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "won't": "will not",
    "wont": "will not",
    "dont": "do not",
    "isnt": "is not",
    "doesnt": "does not",
    "didnt": "did not",
    "havent": "have not",
    "hasnt": "has not",
    "im": "i am",
    "ive": "i have",
    "nobody": "not anyone",
    "noone": "not anyone",
    "no one": "not anyone",
    "no-one": "not anyone",
    "anybody": "anyone",
    "somebody": "someone",
    "nowhere": "not anywhere",
    "nothing": "not anything",
    "none": "not any",
    "no": "not",
    "never": "not",
    "without": "not",
}
"""Short forms and ways to say no as plain words: what is not there is said in many ways."""
_QUOTES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})
_ENDING: Final = re.compile(r"'(?:s|m|re|ve|ll|d)?$")
_WORD: Final = re.compile(r"\bno[ -]one\b|[^\W_]+(?:'[^\W_]+)*")
_LIGHT: Final = """
a an the and or but i me my mine myself we us our ours ourselves you your yours he him his she her
hers they them their theirs its it this that these those there here to of in on at for by from with
into up out off about as so just very really quite too also than then if is am are was were be been
being do does did doing have has had having will would can could may might shall should must get
gets got getting any some s t m d ll re ve who which what when where why how all
"""
_DULL: Final = """
want need help know feel like think find look since after before much many more time year day week
month thing people come go keep make take try tell say said ask always ever old new good bad still
again now tonight today anyone anything anywhere someone something somewhere everyone everything
give let around away back down over even one two lot bit support own first last other another each
every only because while until well
"""
LIGHT: Final = frozenset(_LIGHT.split())
"""Words that carry no meaning by themselves; phrases are first compared without them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in small letters, and where it stands in the text."""

    plain: str
    begin: int
    end: int


def words_in(text: str) -> Iterator[Word]:
    """Give the words of a text, short forms and ways to say no written out."""
    for found in _WORD.finditer(text.translate(_QUOTES)):
        word = found.group().casefold()
        told = _WRITTEN_OUT.get(word)
        if told is None:
            told = f"{word[:-3]} not" if word.endswith("n't") else _ENDING.sub("", word)
        for plain in _WRITTEN_OUT.get(told, told).replace("'", " ").split():
            yield Word(plain, found.start(), found.end())


def plain_words(text: str) -> list[str]:
    """Give the words of a text in small letters, short forms and ways to say no written out."""
    return [word.plain for word in words_in(text)]


_ENGLISH: Final = stemmer("english")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Give the stem of one word in small letters, without accents (Snowball, English)."""
    if not word.isascii():
        word = "".join(each for each in normalize("NFKD", word) if not combining(each))
    return str(_ENGLISH.stemWord(word))


def stems(text: str) -> list[str]:
    """Give the stems of all words that carry meaning, in their order."""
    return [stem(word) for word in plain_words(text) if word not in LIGHT]


DULL: Final = frozenset(map(stem, _DULL.split())) | {NOT}
"""Stems that stand in sentences of every kind, so that none of them alone leads anywhere."""
