"""When a place is open next: said from its rule, and not said where no rule says it soon."""

from datetime import date

import pytest

from bot.directory.next_open import next_open
from bot.directory.service import Hours

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("rule", "more", "day"),
    [
        ("FREQ=WEEKLY;BYDAY=WE", {}, date(2026, 11, 4)),
        ("FREQ=WEEKLY;BYDAY=MO", {}, MONDAY),
        ("FREQ=MONTHLY;BYDAY=2SU", {}, date(2026, 11, 8)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", {"begins": "2026-10-26"}, date(2026, 11, 9)),
        ("FREQ=WEEKLY;BYDAY=WE", {"valid_from": "2026-11-20"}, date(2026, 11, 25)),
        ("FREQ=WEEKLY;BYDAY=WE", {"valid_to": "2026-11-03"}, None),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", {}, None),
        ("", {"words": "by arrangement"}, None),
        ("nonsense", {}, None),
    ],
)
def test_the_next_day_is_that_of_the_rule(rule: str, more: dict[str, str], day: date | None):
    """Fortnights count from where they began; what is over or far away is not said."""
    found = next_open([Hours(rule=rule, opens="10:00", **more)], MONDAY)
    assert (found and found.day) == day


def test_of_several_rules_the_first_day_counts():
    """Tuesdays come before Thursdays, and the earlier hour before the later one."""
    hours = [
        Hours(rule="FREQ=WEEKLY;BYDAY=TH", opens="09:00"),
        Hours(rule="FREQ=WEEKLY;BYDAY=TU", opens="14:00"),
        Hours(rule="FREQ=WEEKLY;BYDAY=TU", opens="10:00"),
    ]
    assert next_open(hours, MONDAY) == (date(2026, 11, 3), "10:00")
