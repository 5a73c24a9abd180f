"""The time on a person's wall: their own zone, its daylight saving, and the hours of quiet."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Hours:
    """In which zone people are unless they say otherwise, and when nobody is written to.

    Quiet hours that begin and end at the same time are none.
    """

    zone: str = "Europe/London"
    quiet_from: time = time(21)
    quiet_to: time = time(9)

    def zone_of(self, zone: str) -> ZoneInfo:
        """Give a person's zone; where they named none, or one that is unknown today, ours."""
        return known_zone(zone) or known_zone(self.zone) or ZoneInfo("UTC")


@cache
def known_zone(name: str) -> ZoneInfo | None:
    """Give a zone of the IANA database by its name, or None."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def quiet_hours(written: str) -> tuple[time, time] | None:
    """Read hours such as 21:00-09:00, None where they mean nothing."""
    if not (found := _HOURS.fullmatch(written)):
        return None
    one, two, three, four = map(int, found.groups())
    return time(one, two), time(three, four)


def wall_after(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Give what a wall in this zone shows so many days on, at the same time of day; no zone."""
    return now.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)


def instant(wall: datetime, zone: ZoneInfo) -> float:
    """Give when a wall shows this, in seconds since 1970.

    A time that the clocks skip in spring comes as much later; of one that comes twice in autumn
    it is the first (PEP 495, fold=0).
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC).timestamp()


def quiet_until(now: datetime, zone: ZoneInfo, hours: Hours) -> float | None:
    """Give when the quiet hours end, in seconds since 1970; None outside of them."""
    here = now.astimezone(zone)
    start, end, clock = hours.quiet_from, hours.quiet_to, here.time()
    if start == end:
        return None
    over_midnight = start > end
    if over_midnight:
        if end <= clock < start:
            return None
        day = here.date() + timedelta(days=1 if clock >= start else 0)
    else:
        if not start <= clock < end:
            return None
        day = here.date()
    return instant(datetime.combine(day, end), zone)
