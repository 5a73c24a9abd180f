"""Reading single values of records that anybody may have written: never an exception."""

import html
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from bot.engine.outcode import without_postcodes

Record = Mapping[str, Any]
_LONGEST: Final = 4000
_HIDDEN: Final = re.compile(r"<(script|style)\b.{0,4000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAK: Final = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|table)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)
# Control characters, halves of characters, and marks that turn the direction of a line unseen.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_ENDS_LIKE_POSTCODE: Final = re.compile(r"[0-9][A-Za-z]{2}(?![A-Za-z0-9])")
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r"\s*\n\s*")


def words(value: object, longest: int = _LONGEST) -> str:
    """Return a text or number as plain words; anything else is empty.

    Mark-up, unseen characters and the second halves of postcodes are gone; what is longer than
    `longest` characters ends in "…".
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = _plain(value) if isinstance(value, str) else _number_words(value)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _plain(text: str) -> str:
    # A text is cut before the patterns see it: nobody reads more, and they stay fast.
    text = text[: _LONGEST * 5]
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", _HIDDEN.sub("", text)))
    if "&" in text:
        text = html.unescape(text)
    # Most texts are plain already, and the patterns are what takes time with 10,000 records.
    if "  " in text or not text.isprintable():
        text = _LINES.sub("\n", _SPACES.sub(" ", _UNSEEN.sub("", text)))
    text = text.strip()
    return without_postcodes(text) if _ENDS_LIKE_POSTCODE.search(text) else text


def _number_words(value: float) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    return f"{value:g}" if abs(value) < 1e15 else ""  # noqa: PLR2004 - longer is no amount


def identity(value: object) -> str:
    """Return a foreign id as text, or empty: it is kept as it came, short of unseen characters."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**30 else ""
    if not isinstance(value, str) or len(value) > 300:  # noqa: PLR2004 - longer is no id
        return ""
    return _UNSEEN.sub("", value).strip()


def number(value: object) -> float | None:
    """Return a finite number, also where it was written as a text; None if it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def day(value: object) -> date | None:
    """Return the day of an ISO 8601 date or time; None if it is none."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    # Fractions of a second of any length are fine, and nothing here needs them.
    try:
        return datetime.fromisoformat(re.sub(r"\.\d+", "", text)).date()
    except ValueError:
        return None


def objects(record: Record, *names: str) -> Iterator[Record]:
    """Give every object in the lists of these names; what is no object is passed over."""
    for name in names:
        found = record.get(name)
        for each in found if isinstance(found, list) else [found]:
            if isinstance(each, Mapping):
                yield each


def inside(record: Record, name: str) -> Record:
    """Return the object of this name; an empty one where there is none."""
    found = record.get(name)
    return found if isinstance(found, Mapping) else {}
