"""Kith keeps to the time on a person's wall: no message at night, and clocks that change."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.wall import Hours, instant, known_zone, quiet_hours, quiet_until, wall_after

LONDON, KOLKATA, LISBON = map(ZoneInfo, ("Europe/London", "Asia/Kolkata", "Europe/Lisbon"))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "then"),
    [
        ("2026-06-01 09:30", LONDON, "2026-06-08 09:30"),
        ("2026-10-20 09:30", LONDON, "2026-10-27 10:30"),
        ("2026-03-24 10:30", LONDON, "2026-03-31 09:30"),
        ("2026-10-20 09:30", KOLKATA, "2026-10-27 09:30"),
    ],
    ids=["summer", "clocks go back", "clocks go forward", "no daylight saving"],
)
def test_a_week_later_is_the_same_time_on_the_wall(now: str, zone: ZoneInfo, then: str):
    """Who spoke at half past ten is written to at half past ten, whatever the clocks did."""
    wall = wall_after(at(now), 7, zone)
    assert instant(wall, zone) == at(then).timestamp()


def test_a_time_that_the_clocks_skip_comes_later_and_one_that_comes_twice_comes_first():
    """Nothing is lost in the hour that isn't there, and nothing happens twice."""
    assert instant(datetime(2026, 3, 29, 1, 30), LONDON) == at("2026-03-29 01:30").timestamp()  # noqa: DTZ001
    assert instant(datetime(2026, 10, 25, 1, 30), LONDON) == at("2026-10-25 00:30").timestamp()  # noqa: DTZ001


@pytest.mark.parametrize(
    ("now", "zone", "until"),
    [
        ("2026-06-01 19:59", LONDON, None),
        ("2026-06-01 20:00", LONDON, "2026-06-02 08:00"),
        ("2026-06-02 07:59", LONDON, "2026-06-02 08:00"),
        ("2026-06-02 08:00", LONDON, None),
        ("2026-10-24 22:00", LONDON, "2026-10-25 09:00"),
        ("2026-06-01 15:30", KOLKATA, "2026-06-02 03:30"),
        ("2026-06-01 04:00", KOLKATA, None),
    ],
)
def test_nobody_is_written_to_at_night(now: str, zone: ZoneInfo, until: str | None):
    """What falls into the night waits for the morning, where the person is."""
    expected = at(until).timestamp() if until else None
    assert quiet_until(at(now), zone, Hours()) == expected


def test_quiet_hours_can_lie_within_a_day_or_be_none():
    """A service may be quiet over midday, or never."""
    midday = Hours(quiet_from=time(12), quiet_to=time(14))
    assert quiet_until(at("2026-01-05 13:00"), LONDON, midday) == at("2026-01-05 14:00").timestamp()
    assert quiet_until(at("2026-01-05 14:00"), LONDON, midday) is None
    assert quiet_until(at("2026-01-05 03:00"), LONDON, Hours(quiet_to=time(21))) is None


def test_what_means_nothing_is_not_guessed():
    """An unknown zone falls back on the service's, hours that can't be read are refused."""
    assert known_zone("Mars/Olympus") is None
    assert known_zone("../../etc/passwd") is None
    assert Hours().zone_of("Mars/Olympus") == LONDON
    assert Hours().zone_of("Europe/Lisbon") == LISBON
    assert quiet_hours("21:00-09:00") == (time(21), time(9))
    assert [quiet_hours(each) for each in ("", "9-5", "24:00-09:00", "night")] == [None] * 4
