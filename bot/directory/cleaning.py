"""Texts, dates and yes or no as other people's files hold them, made readable or left empty."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

_NOTHING: Final = frozenset({"na", "n/a", "n.a.", "null", "nil", "-", "--", "."})
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_MARKER: Final = re.compile(r"(?:#{2,}|^)[A-Z]{2,6}#{2,}", re.MULTILINE)
_SUSPECT: Final = re.compile(r"\\|##|  ")
_LATIN: Final = re.compile("[\u00c2\u00c3][\u0080-\u2122]|\u00e2[\u0080-\u2122]{2}")
"""What UTF-8 looks like where it was read as Windows text."""
_FLAT: Final = re.compile(r"(GÇ|(?<=\w)\+|-(?=[á«¬û]))([^\x00-\x7f])")
"""What UTF-8 looks like where it was read as DOS text and then pressed into Latin letters."""
_LEADS: Final = {"GÇ": b"\xe2\x80", "+": b"\xc3", "-": b"\xc2"}
_PRESSED: Final = {"¬": b"\xa9", "¦": b"\xb3"}
_DATES: Final = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y")


def cleaned(text: str | None) -> str:
    """Make a text readable: no markers, no broken letters, no stray space; empty for `NA`."""
    if not text:
        return ""
    if text.isascii() and text.isprintable() and not _SUSPECT.search(text):
        whole = text.strip()
        return "" if whole.casefold() in _NOTHING else whole
    plain = text.replace("\\n", "\n").replace("\\r", "").replace("\\t", " ")
    plain = _MARKER.sub("", plain)
    if not plain.isascii():
        plain = _FLAT.sub(_unpressed, _LATIN.sub(_reread, plain))
        plain = plain.replace("\u2010", "-").replace("\u2011", "-").replace("\xad", "")
        plain = unicodedata.normalize("NFC", plain)
    if not plain.isprintable():
        plain = "".join(each if each.isprintable() or each == "\n" else " " for each in plain)
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return "" if whole.casefold() in _NOTHING else whole


def line(text: str | None) -> str:
    """Make a text readable and put it on one line."""
    return " ".join(cleaned(text).split())


def parts(text: str | None, marks: str = ";\n|") -> tuple[str, ...]:
    """Take a list that stands in one field apart, at these marks; each part once."""
    return once(re.split(f"[{re.escape(marks)}]", cleaned(text)))


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Give each text once, whatever its capitals, in order, without empty ones."""
    kept: dict[str, str] = {}
    for text in texts:
        if said := line(text):
            kept.setdefault(said.casefold(), said)
    return tuple(kept.values())


def date_of(text: str | None) -> date | None:
    """Read a day as 2026-11-02, 02/11/2026 (the day first) or 2 November 2026; None for no day."""
    said = line(text)
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        pass
    for shape in _DATES:
        try:
            return datetime.strptime(said, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def number_of(text: str | None) -> float | None:
    """Read a number of years; None for anything else, and for what nobody can be."""
    try:
        number = float(line(text))
    except ValueError:
        return None
    return number if 0 <= number <= 130 else None  # noqa: PLR2004 - nobody was ever older


def yes_or_no(text: str | None) -> bool | None:
    """Read yes, true, 1 or no, false, 0; None for anything else."""
    said = line(text).casefold()
    return True if said in _YES else False if said in _NO else None


def _reread(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return found[0]


def _unpressed(found: re.Match[str]) -> str:
    last = found[2]
    try:
        return (_LEADS[found[1]] + (_PRESSED.get(last) or last.encode("cp437"))).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return found[0]
