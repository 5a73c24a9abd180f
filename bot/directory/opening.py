"""When somebody is there, read from times, weekdays and words as people write them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from bot.directory.cleaning import cleaned, line
from bot.directory.service import Hours

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES: Final = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}
_NUMBERS: Final = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6, "0": 6}
_TIME: Final = re.compile(
    r"(\d{1,2})(?:[:.]?(\d{2}))?(?::\d{2})?\s*(a\.?m?\.?|p\.?m?\.?)?", re.IGNORECASE
)
_DAY: Final = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)[a-z]*"
_NTH: Final = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4}
_NTH_NAMES: Final = {"fourth": 4, "last": -1}
_CLOCK: Final = r"\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?|noon|midday"
_SPAN: Final = re.compile(rf"({_CLOCK})\s*(?:-|–|—|to|until)\s*({_CLOCK})", re.IGNORECASE)


def clock_time(text: str | None) -> str:
    """Read a time of day as `HH:MM`: 9am, 09:00:00, 5.30 pm, noon; empty for anything else."""
    said = line(text)
    if said.casefold() in {"noon", "midday"}:
        return "12:00"
    found = _TIME.fullmatch(said)
    if not found or (found[2] is None and not found[3]):
        return ""
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or " ")[0].casefold()
    if half in "ap":
        if not 1 <= hour <= 12:  # noqa: PLR2004 - as on a clock
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""  # noqa: PLR2004


def weekly(days: Iterable[int]) -> str:
    """Give the rule of these days of every week, Monday being 0."""
    return "FREQ=WEEKLY;BYDAY=" + ",".join(DAYS[day] for day in sorted(set(days)))


def weekday(text: str | None) -> int | None:
    """Read a day of the week by name or number, Monday being 1; gives 0 to 6, or None."""
    said = line(text).casefold()
    return _NUMBERS[said] if said in _NUMBERS else _NAMES.get(said[:2])


def schedules(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Turn rows of one weekday each, as in HSDS 1, into schedules as in HSDS 3.

    Days with the same times become one; a row that can't be read gives its own words instead.
    """
    days: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    said: dict[str, None] = {}
    for row in rows:
        day = weekday(row.get("weekday"))
        opens, closes = clock_time(row.get("opens_at")), clock_time(row.get("closes_at"))
        if day is not None and opens and closes:
            days[(opens, closes, row.get("valid_from", ""), row.get("valid_to", ""))].append(day)
        elif unread := row.get("original_text") or _row_in_words(row):
            said[unread] = None
    rules = [
        {
            "freq": "WEEKLY",
            "byday": ",".join(DAYS[day] for day in sorted(set(on))),
            "opens_at": opens,
            "closes_at": closes,
            "valid_from": first,
            "valid_to": last,
        }
        for (opens, closes, first, last), on in days.items()
    ]
    return [*rules, *({"description": each} for each in said)]


def from_words(text: str | None) -> tuple[Hours, ...]:
    """Read hours as people write them: `Mon-Fri 9am-5pm; first Tuesday of the month 2pm-4pm`."""
    pieces = re.split(r"[;\n]", cleaned(text))
    return tuple(_piece(piece.strip()) for piece in pieces if piece.strip())


def _piece(piece: str) -> Hours:
    spans = list(_SPAN.finditer(piece))
    if len(spans) != 1:
        return Hours(words=piece)
    opens, closes = _span(spans[0][1], spans[0][2])
    rule = _days(f"{piece[: spans[0].start()]} {piece[spans[0].end() :]}")
    return Hours(rule, opens=opens, closes=closes) if rule and opens else Hours(words=piece)


def _span(first: str, last: str) -> tuple[str, str]:
    """Read both times; `9-5pm` and `10-12` say am or pm once or not at all."""
    closes = clock_time(last) or clock_time(f"{last}:00")
    half = last.strip()[-2:].casefold()
    opens = clock_time(first) or clock_time(f"{first}:00")
    if half == "pm" and not re.search(r"[ap]m", first, re.IGNORECASE):
        later = clock_time(f"{first}pm")
        opens = later if later and later < closes else opens
    return (opens, closes) if opens and closes and opens < closes else ("", "")


def _days(text: str) -> str:
    """Read which days are meant; empty where anything is left that isn't understood."""
    said = " ".join(
        re.sub(r"[,.:&()]|\b(?:and|every|each|on|from|open)\b", " ", text.casefold()).split()
    )
    if said in {"daily", "day", "days", "7 days a week", "all week"}:
        return "FREQ=DAILY"
    if said in {"weekdays", "weekday"}:
        return weekly(range(5))
    if said in {"weekends", "weekend"}:
        return weekly((5, 6))
    nth = {**_NTH, **_NTH_NAMES}
    monthly = re.fullmatch(
        rf"(?:the )?({'|'.join(nth)}) ({_DAY})(?: (?:of|in) (?:the|a)? ?month| monthly)", said
    )
    if monthly:
        return f"FREQ=MONTHLY;BYDAY={nth[monthly[1]]}{DAYS[_NAMES[monthly[2][:2]]]}"
    days: list[int] = []
    for piece in re.findall(rf"{_DAY}\s*(?:-|–|to|until)\s*{_DAY}|\S+", said):
        names = re.findall(_DAY, piece)
        if not names or re.sub(rf"{_DAY}|to|until|[-–\s]", "", piece):
            return ""
        first, last = _NAMES[names[0][:2]], _NAMES[names[-1][:2]]
        days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return weekly(days) if days else ""


def _row_in_words(row: Mapping[str, str]) -> str:
    told = [line(row.get(name)) for name in ("weekday", "opens_at", "closes_at")]
    return " ".join(each for each in told if each) if any(told[1:]) else ""
