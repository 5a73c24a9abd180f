"""A text as the stems of its words, the same for what is asked and for what is listed."""

import re
from functools import lru_cache
from typing import Final

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

NOT: Final = "not"
_SHORT: Final = {
    "cant": "can not",
    "dont": "do not",
    "wont": "will not",
    "isnt": "is not",
    "arent": "are not",
    "wasnt": "was not",
    "doesnt": "does not",
    "didnt": "did not",
    "havent": "have not",
    "hasnt": "has not",
    "couldnt": "could not",
    "wouldnt": "would not",
    "cannot": "can not",
    "im": "i am",
    "ive": "i have",
    "nobody": "not anyone",
    "noone": "not anyone",
    "anybody": "anyone",
    "somebody": "someone",
    "nowhere": "not anywhere",
    "nothing": "not anything",
    "none": "not any",
    "no": "not",
    "never": "not",
    "without": "not",
}
"""Short forms and ways to say no, as plain words: what is not there is said in many ways."""
_QUOTES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})
_ENDS: Final = re.compile(r"'(?:s|m|re|ve|ll|d)\b")
_NO_ONE: Final = re.compile(r"\bno[ -]one\b")
_WORD: Final = re.compile(r"[^\W_]+")
LIGHT: Final = frozenset(
    "a an the and or but i me my mine myself we us our ours ourselves you your yours he him his she "
    "her hers they them their theirs it its this that these those there here to of in on at for by "
    "from with into up out off about as so just very really quite too also than then if is am are "
    "was were be been being do does did doing have has had having will would can could may might "
    "shall should must get gets got getting any some s t m d ll re ve who which what when where why "
    "how all".split()
)
"""Words that carry no meaning by themselves; phrases are compared without them."""


def plain_words(text: str) -> list[str]:
    """Give the words of a text in small letters, short forms and ways to say no written out."""
    lowered = text.translate(_QUOTES).casefold().replace("can't", "can not")
    lowered = lowered.replace("won't", "will not").replace("n't", " not")
    told = _NO_ONE.sub("nobody", _ENDS.sub("", lowered))
    return [part for word in _WORD.findall(told) for part in _SHORT.get(word, word).split()]


@lru_cache(maxsize=1)
def _analyzer() -> TextAnalyzer:
    made = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.ascii_fold())
    return made.filter(Filter.stemmer("english")).build()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give the stem of one word in small letters (Snowball, English)."""
    found = _analyzer().analyze(word)
    return found[0] if found else word


def stems(text: str) -> list[str]:
    """Give the stems of all words that carry meaning, in their order."""
    return [stem(word) for word in plain_words(text) if word not in LIGHT]


FILLER: Final = frozenset(
    stem(word)
    for word in (
        "want need help know feel like think find look since after before much many more time year "
        "day week month thing people come go keep make take try tell say said ask always ever old "
        "new good bad still again now tonight today anyone anything anywhere someone something "
        "everyone everything give let out around away back down over even one two lot bit "
        "own first last other another each every only because while until too well".split()
    )
)
"""Stems that stand in most sentences, whatever is asked for; they are not searched by themselves."""
