"""Emoji in a text: small pictures that a screen reader, or another culture, may read otherwise."""

import re
from typing import Final

_EMOJI: Final = re.compile(
    "(?:[0-9#*]\ufe0f?\u20e3|[\U0001f000-\U0001faff\u2600-\u27bf\u2b05-\u2b55\u23e9-\u23fa\u231a\u231b]"
    "[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*)"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def emoji_alone(text: str, little: frozenset[str]) -> str:
    """Give the emoji of a text that says nothing, or hardly anything, without them.

    `little` are the words that mean little alone. Empty where words carry the meaning.
    """
    found = _EMOJI.findall(text)
    if not found:
        return ""
    words = [word.lower() for word in _WORD.findall(_EMOJI.sub(" ", text))]
    return "".join(found) if little.issuperset(words) else ""
