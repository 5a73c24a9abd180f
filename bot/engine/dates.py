"""Reading a day that a person wrote: "tomorrow", "Friday", "12 May", "12/5/2027", "2027-05-12"."""

import re
from datetime import date, timedelta
from typing import Final

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?")
_NAMED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})(?: (\d{4}))?")
_AHEAD: Final = re.compile(r"in (a|one|two|three|four|\d{1,2}) (day|week)s?")
_SHORTEST_DAY, _SHORT_YEAR = 3, 2
LEAP_CYCLE: Final = 9
_COUNTS: Final = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}


def read_date(text: str, today: date) -> date | None:
    """Give the day that is meant, in British order; one without a year is the next to come."""
    words = " ".join(text.lower().replace(",", " ").split())
    words = words.removeprefix("on ").removeprefix("next ").removeprefix("this ")
    if words in ("today", "now"):
        return today
    if words == "tomorrow":
        return today + timedelta(days=1)
    if words in _DAYS or (
        len(words) >= _SHORTEST_DAY and any(day.startswith(words) for day in _DAYS)
    ):
        wanted = next(index for index, day in enumerate(_DAYS) if day.startswith(words))
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    if ahead := _AHEAD.fullmatch(words):
        number, unit = ahead.groups()
        days = _COUNTS.get(number) or int(number)
        return today + timedelta(days=days * (7 if unit == "week" else 1))
    return _written_out(words, today)


def _written_out(words: str, today: date) -> date | None:
    if iso := _ISO.fullmatch(words):
        year, month, day = iso.groups()
        return _real(int(year), int(month), int(day))
    if slashed := _SLASHED.fullmatch(words):
        day, month, written = slashed.groups()
        return _coming(int(day), int(month), written, today)
    if named := _NAMED.fullmatch(words):
        month = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(named[2])]
        return _coming(int(named[1]), month[0], named[3], today) if month else None
    return None


def _coming(day: int, month: int, written: str | None, today: date) -> date | None:
    if written:
        return _real(int(written) + (2000 if len(written) == _SHORT_YEAR else 0), month, day)
    years = range(today.year, today.year + LEAP_CYCLE)
    days = (_real(year, month, day) for year in years)
    return next((found for found in days if found and found >= today), None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
