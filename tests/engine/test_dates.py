"""Days as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.dates import read_date

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-11-02"),
        ("Tomorrow", "2026-11-03"),
        ("on Friday", "2026-11-06"),
        ("fri", "2026-11-06"),
        ("next tuesday", "2026-11-03"),
        ("this Sunday", "2026-11-08"),
        ("monday", "2026-11-09"),
        ("in a week", "2026-11-09"),
        ("in two weeks", "2026-11-16"),
        ("in 10 days", "2026-11-12"),
        ("12 May", "2027-05-12"),
        ("12th of May", "2027-05-12"),
        ("1st December", "2026-12-01"),
        ("3 Sept 2027", "2027-09-03"),
        ("12 May, 2027", "2027-05-12"),
        ("12/5/2027", "2027-05-12"),
        ("12.5.27", "2027-05-12"),
        ("5/12", "2026-12-05"),
        ("2027-05-12", "2027-05-12"),
        ("  TODAY  ", "2026-11-02"),
    ],
)
def test_a_day_is_read_as_it_was_meant(words: str, day: str):
    """Ordinary ways to name a day are understood, the British order first."""
    assert read_date(words, MONDAY) == date.fromisoformat(day)


def test_a_day_without_a_year_is_the_next_to_come():
    """A day that has passed this year means next year's; today's own date means today."""
    assert read_date("1 November", MONDAY) == date(2027, 11, 1)
    assert read_date("2 November", MONDAY) == MONDAY


@pytest.mark.parametrize(
    ("today", "next_one"), [("2026-11-02", "2028-02-29"), ("2028-03-01", "2032-02-29")]
)
def test_the_leap_day_without_a_year_is_the_next_leap_day(today: str, next_one: str):
    """The 29th of February means the next one that there is."""
    assert read_date("29 Feb", date.fromisoformat(today)) == date.fromisoformat(next_one)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "soon",
        "31 Feb",
        "31/11",
        "0/0",
        "12/13/2027",
        "00-00-00",
        "99 May",
        "May",
        "m",
        "5",
        "🌞",
        "0000-01-01",
        "12 Maybe",
        "the other day",
        "غدا",
    ],
)
def test_what_names_no_day_is_not_taken_for_one(words: str):
    """Where no day is named, none is invented."""
    assert read_date(words, MONDAY) is None


@given(st.text(max_size=30), st.dates(date(2000, 1, 1), date(9990, 1, 1)))
def test_no_text_breaks_the_reading_of_days(words: str, today: date):
    """Whatever a person writes, it is a day or it is not."""
    found = read_date(words, today)
    assert found is None or isinstance(found, date)


@given(
    st.dates(date(2000, 1, 1), date(2999, 12, 31)), st.dates(date(2000, 1, 1), date(2999, 12, 1))
)
def test_a_day_written_in_full_is_that_day(day: date, today: date):
    """A full date means the same on any day it is read."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d of %B %Y"):
        assert read_date(day.strftime(form), today) == day


@given(
    st.sampled_from(["monday", "wed", "Sunday", "on sat"]),
    st.dates(date(2000, 1, 1), date(2999, 1, 1)),
)
def test_a_weekday_lies_within_the_week_to_come(words: str, today: date):
    """A weekday is the next of its name, never today and never more than a week away."""
    found = read_date(words, today)
    assert found is not None
    assert today < found <= today + timedelta(days=7)
