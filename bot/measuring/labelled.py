"""Texts that somebody has read and labelled, from a CSV file."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.safety.concern import CLASSES

OTHER: Final = "class not told"
"""What a crisis is counted under whose reader named no class that is known here."""
_BEGINNINGS: Final[Mapping[str, str]] = {
    **{name: name for name in CLASSES},
    "suicid": "suicide",
    "self harm": "self-harm",
    "selfharm": "self-harm",
    "risk-to-others": "others",
    "harm-to-others": "others",
}
_YES: Final = frozenset({"1", "1.0", "crisis", "yes", "true"})
_LONGEST: Final = 10_000_000
"""A field may have so many characters; of a text only the first 4,096 are read."""


class NotLabelled(ValueError):
    """A file that can't be scored; its text says why in one line, without what is in it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text with what its reader said of it: a class, or None for no crisis.

    `plain` is an explicit statement of the first person in the present: none may be missed.
    """

    text: str
    kind: str | None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a file holds: its clear rows, and of how many its reader was unsure."""

    rows: tuple[Row, ...]
    unsure: int


def read_labelled(file: Path) -> Labelled:
    """Read a CSV file with a column `text`, and `label` and `category` (or `class`) where known.

    Without `label`, a row is a crisis where its category names one; without either, every row is
    ordinary. Rows with a yes under `borderline` are only counted; one under `plain` marks plain
    statements. Raises NotLabelled, and OSError.
    """
    usual = csv.field_size_limit(_LONGEST)  # for all of this process, so it is put back
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if "text" not in (reader.fieldnames or ()):
                message = "its first line names no column 'text'"
                raise NotLabelled(message)
            told = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        message = "it is no CSV file in UTF-8"
        raise NotLabelled(message) from error
    finally:
        csv.field_size_limit(usual)
    clear = [row for row in told if not _yes(row.get("borderline"))]
    if not clear:
        message = "it has no row that is clear"
        raise NotLabelled(message)
    rows = tuple(Row(row["text"] or "", _kind(row), _yes(row.get("plain"))) for row in clear)
    return Labelled(rows, len(told) - len(clear))


def _kind(row: Mapping[str, str | None]) -> str | None:
    named = _class_of(row.get("category") or row.get("class") or "")
    if "label" not in row:
        return named
    return (named or OTHER) if _yes(row["label"]) else None


def _class_of(category: str) -> str | None:
    plain = category.strip().lower()
    begun = (kind for beginning, kind in _BEGINNINGS.items() if plain.startswith(beginning))
    return next(begun, None)


def _yes(said: str | None) -> bool:
    return (said or "").strip().lower() in _YES
