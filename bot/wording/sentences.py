"""Sentences, words and questions in a text, and how hard they are to read."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bot.wording.marks import STAND_IN

_CLOSING: Final = "\"'”’)]"
_BOUNDARY: Final = re.compile(
    rf"(?<=[.?!…])[{re.escape(_CLOSING)}]*\s+(?=[\"'“‘(\[{STAND_IN}]*[^\W_a-zß-öø-ÿ]|{STAND_IN})"
)
_BULLET: Final = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_GOES_ON: Final = re.compile(r"(?<![.?!…:\s])[ \t]*\n[ \t]*(?=[a-zß-öø-ÿ])")
_WORD: Final = re.compile(rf"{STAND_IN}|[^\W_]+(?:['’-][^\W_]+)*")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(r"(?:[^laeiouycgszxh]es|(?<![dtei])ed|[^laeiouy]e|[aeiouy]les?)$")
_APART: Final = re.compile(
    r"ia(?!l|n|ge)|io(?!n|us)|ua(?!r)|uou|uie|iu|yi|scie|crea(?=t)|[aeiou]ing$"
)
_SWALLOWED: Final = re.compile(
    r"busi|^(?:some|every|where|there|home|care|safe|like)(?=[^aeiouyr])"
)


@lru_cache(maxsize=8192)
def sentences_in(text: str) -> tuple[str, ...]:
    """Cut a text into sentences; a new paragraph or list item begins a new one."""
    lines = _GOES_ON.sub(" ", text).split("\n")
    stripped = (_BULLET.sub("", line).strip() for line in lines)
    cuts = (each.strip() for line in stripped for each in _BOUNDARY.split(line))
    return tuple(filter(None, cuts))


def words_in(text: str) -> list[str]:
    """Give the words of a text; whatever is marked as somebody else's counts as one."""
    return _WORD.findall(text)


def is_question(sentence: str) -> bool:
    """Say whether a sentence asks something."""
    return sentence.rstrip(_CLOSING + " ").endswith("?")


def is_statement(sentence: str) -> bool:
    """Say whether a sentence tells something."""
    return not is_question(sentence) and bool(words_in(sentence))


def syllables_in(word: str) -> int:
    """Count the syllables of an English word: its groups of vowels, less a silent ending.

    An ending in -e, -es or -ed is silent except behind l, or behind d and t (`little`, `wanted`),
    and so is the first part's in a compound (`someone`). Two vowels that are spoken apart count as
    two (`quiet`, `going`). Every word has at least one.
    """
    letters = re.sub(r"[^a-z]", "", word.lower().split("'")[0].split("’")[0])
    groups = len(_VOWELS.findall(letters)) + len(_APART.findall(letters))
    silent = bool(_SILENT.search(letters)) + bool(_SWALLOWED.search(letters))
    return max(1, groups - silent)


def grade_of(sentences: Iterable[str]) -> float:
    """Give the Flesch-Kincaid grade: the school year in which an English text can be read.

    0.39 words a sentence + 11.8 syllables a word - 15.59, after Kincaid, Fishburne, Rogers and
    Chissom (1975), "Derivation of new readability formulas", Research Branch Report 8-75. Words
    that aren't Kith's own are left out.
    """
    counted = [[word for word in words_in(each) if word != STAND_IN] for each in sentences]
    spoken = [words for words in counted if words]
    total = sum(map(len, spoken))
    if not total:
        return 0.0
    syllables = sum(syllables_in(word) for words in spoken for word in words)
    return 0.39 * total / len(spoken) + 11.8 * syllables / total - 15.59
