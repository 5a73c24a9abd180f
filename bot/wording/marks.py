"""Marks around sample words in a rendering, so that what isn't Kith's own can be left out."""

import re
from collections.abc import Iterable
from typing import Final

START: Final = "\ue000"
END: Final = "\ue001"
STAND_IN: Final = "\ufffc"
"""One sign in place of somebody's words, a name or a quotation; it counts as one word."""
_MARKED: Final = re.compile(f"{START}[^{START}{END}]*{END}")
_QUOTED: Final = re.compile(r"“[^“”\n]*”|(?<!\w)\"[^\"\n]*\"(?!\w)")


def marked(words: str) -> str:
    """Mark sample words as not Kith's own; the empty text stays empty."""
    bare = unmarked(words)
    return f"{START}{bare}{END}" if bare else ""


def unmarked(text: str) -> str:
    """Give the text as a person would see it."""
    return text.replace(START, "").replace(END, "")


def own_words(text: str, names: re.Pattern[str] | None = None) -> str:
    """Give what Kith itself says: names, a person's words and quotations become one sign each.

    `names` finds the names of organisations that an author wrote out.
    """
    bare = _QUOTED.sub(STAND_IN, _MARKED.sub(STAND_IN, text))
    return names.sub(STAND_IN, bare) if names else bare


def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Give what finds these names in a text, as they are written; None where there are none."""
    listed = sorted({name.strip() for name in names} - {""}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)") if listed else None
