"""Opening times of a record as a rule that python-dateutil follows; what it can't, as words."""

import re
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Final

from dateutil.rrule import rrulestr

from bot.directory.given import Record, day, words
from bot.directory.service import Hours

_HOW_OFTEN: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY: Final = re.compile(r"(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)")
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}")
_TIME: Final = re.compile(r"(?:\d{4}-\d\d-\d\dT)?([01]?\d|2[0-4]):([0-5]\d)(?::\d\d.*)?(?:Z)?")
# RFC 5545 allows these only here, but for days of the month in a week, which publishers write.
_ALLOWED: Final = {"bymonthday": _HOW_OFTEN, "byyearday": ("YEARLY",), "byweekno": ("YEARLY",)}
_SOME_DAY: Final = date(2001, 1, 1)
_YEARS: Final = range(1901, 2100)
_LAST_START: Final = date.max.year - 9
_LONGEST_INTERVAL: Final = 366


def read_hours(schedule: Record) -> Hours | None:
    """Read a schedule of HSDS or Open Referral UK; None where it says nothing.

    The rule is empty where there is none, where python-dateutil doesn't follow it, or where no
    day fits it; then only the words that came with it stay.
    """
    opens, closes = _time(schedule.get("opens_at")), _time(schedule.get("closes_at"))
    begins = day(schedule.get("dtstart"))
    first, last = day(schedule.get("valid_from")), day(schedule.get("valid_to"))
    said = [words(schedule.get(name), 1000) for name in ("description", "notes")]
    for name, time in (("opens_at", opens), ("closes_at", closes)):
        if not time and (given := words(schedule.get(name), 60)):
            said.append(f"{'opens' if name == 'opens_at' else 'closes'} {given}")
    hours = Hours(
        rule=_rule(schedule, begins or first),
        begins=_iso(begins),
        opens=opens,
        closes=closes,
        valid_from=_iso(first),
        valid_to=_iso(last),
        words="\n".join(dict.fromkeys(filter(None, said))),
    )
    return hours if hours.rule or hours.words or hours.opens or hours.closes else None


@lru_cache(4096)
def rule_works(rule: str, begins: date | None) -> bool:
    """Tell whether python-dateutil follows a rule, and finds a day for it within nine years."""
    start = begins or _SOME_DAY
    if start.year not in _YEARS:
        return False
    # It follows a rule that fits no day to the end of the calendar, for seconds. So the rule is
    # tried there: in these years the calendar comes back every 28 years, day for day.
    shift = (_LAST_START - start.year) // 28 * 28
    until = re.search(r"UNTIL=(\d{4})", rule)
    if until:
        moved = int(until[1]) + shift
        end = f"UNTIL={min(moved, date.max.year)}"
        rule = rule.replace(until[0], end)
    try:
        begin = datetime(start.year + shift, start.month, start.day)  # noqa: DTZ001 - no zone in it
        return bool(list(islice(rrulestr(rule, dtstart=begin), 1)))
    except (ValueError, TypeError, OverflowError, ArithmeticError):
        return False


def _rule(schedule: Record, begins: date | None) -> str:
    often = words(schedule.get("freq"), 20).upper()
    days = _days(schedule)
    if not often and days and all(each in _DAYS for each in days):
        often = "WEEKLY"
    if often not in _HOW_OFTEN:
        return ""
    parts = [f"FREQ={often}"]
    interval = words(schedule.get("interval"), 10)
    if interval:
        if not interval.isdecimal() or not 1 <= int(interval) <= _LONGEST_INTERVAL:
            return ""
        parts += [f"INTERVAL={int(interval)}"] if int(interval) > 1 else []
    if days:
        if not all(_BY_DAY.fullmatch(each) for each in days):
            return ""
        parts.append(f"BYDAY={','.join(days)}")
    for name in _ALLOWED:
        numbers = _listed(schedule.get(name))
        if not all(_NUMBER.fullmatch(each) for each in numbers):
            return ""
        if numbers and often not in _ALLOWED[name]:
            return ""
        parts += [f"{name.upper()}={','.join(numbers)}"] if numbers else []
    parts += _week_and_end(schedule)
    rule = ";".join(parts)
    return rule if rule_works(rule, begins) else ""


def _week_and_end(schedule: Record) -> list[str]:
    week = words(schedule.get("wkst"), 20).upper()[:2]
    parts = [f"WKST={week}"] if week in _DAYS else []
    until, count = day(schedule.get("until")), words(schedule.get("count"), 6)
    # RFC 5545 allows only one of both; a day is the surer end.
    if until:
        return [*parts, f"UNTIL={until:%Y%m%d}"]
    return [*parts, f"COUNT={int(count)}"] if count.isdecimal() and int(count) else parts


def _days(schedule: Record) -> tuple[str, ...]:
    given = _listed(schedule.get("byday")) or _listed(schedule.get("weekday"))
    return tuple(each[:2] if each.isalpha() and each.endswith("DAY") else each for each in given)


def _listed(value: object) -> list[str]:
    """Return "TH,FR", ["TH", "FR"] or 2 as its parts in capitals."""
    given = value if isinstance(value, list) else [value]
    parts = [part for each in given[:50] for part in words(each, 300).upper().split(",")]
    return [part.strip() for part in parts if part.strip()]


def _time(value: object) -> str:
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{int(found[1]) % 24:02}:{found[2]}" if found else ""


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""
