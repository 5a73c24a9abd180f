"""When a place is open next, by the rules of its opening times (RFC 5545, python-dateutil)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from dateutil.rrule import rrulestr

from bot.directory.service import Hours

AHEAD: Final = timedelta(days=45)
"""What is not open so soon is not said to be open next."""


class Open(NamedTuple):
    """A day, and the time as `HH:MM`; no time where none is known."""

    day: date
    at: str


def next_open(hours: Iterable[Hours], today: date) -> Open | None:
    """Give the first day from today on; None where no rule says one within weeks."""
    found = [Open(day, each.opens) for each in hours if (day := _next_day(each, today))]
    return min(found, default=None)


def _next_day(hours: Hours, today: date) -> date | None:
    if not hours.rule:
        return None
    begins = date.fromisoformat(hours.begins) if hours.begins else today
    first = max(today, date.fromisoformat(hours.valid_from)) if hours.valid_from else today
    last = today + AHEAD
    if hours.valid_to:
        last = min(last, date.fromisoformat(hours.valid_to))
    try:
        rule = rrulestr(hours.rule, dtstart=_midnight(begins))
        days = rule.between(_midnight(first), _midnight(last), inc=True)
    except (ValueError, TypeError):  # what an importer of another day took for a rule
        return None
    return days[0].date() if days else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
