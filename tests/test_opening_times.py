"""Times, weekdays and texts as other people's files hold them."""

from datetime import date

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.cleaning import cleaned, date_of, number_of, parts, yes_or_no
from bot.directory.opening import clock_time, from_words, schedules, weekday
from bot.directory.service import Hours


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9am", "09:00"),
        ("9:00am", "09:00"),
        ("9:00a", "09:00"),
        ("830am", "08:30"),
        (" 7:30 am ", "07:30"),
        ("12:00am", "00:00"),
        ("12pm", "12:00"),
        ("5.30 p.m.", "17:30"),
        ("09:00:00", "09:00"),
        ("noon", "12:00"),
        ("8:00m", ""),
        ("25:00", ""),
        ("13pm", ""),
        ("9", ""),
        ("12:00pm (dispensing)", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_times_of_day(text: str | None, time: str) -> None:
    """A time is read where it is clear, and left out where it isn't."""
    assert clock_time(text) == time


@pytest.mark.parametrize(
    ("text", "rule", "opens", "closes"),
    [
        ("Mon-Fri 9am-5pm", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "09:00", "17:00"),
        ("Tue and Thu 2-4pm", "FREQ=WEEKLY;BYDAY=TU,TH", "14:00", "16:00"),
        ("Saturdays and Sundays 10-12", "FREQ=WEEKLY;BYDAY=SA,SU", "10:00", "12:00"),
        ("weekdays 09:00 to 17:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "09:00", "17:30"),
        ("daily 8am - 8pm", "FREQ=DAILY", "08:00", "20:00"),
        ("10:30am-12pm every 2nd Sunday of the month", "FREQ=MONTHLY;BYDAY=2SU", "10:30", "12:00"),
        ("Last Thursday of the month, 6pm-8pm", "FREQ=MONTHLY;BYDAY=-1TH", "18:00", "20:00"),
    ],
)
def test_hours_in_words(text: str, rule: str, opens: str, closes: str) -> None:
    """What people usually write becomes a rule that dateutil follows."""
    assert from_words(text) == (Hours(rule, opens=opens, closes=closes),)
    assert rrulestr(rule)[0]


@pytest.mark.parametrize(
    "text",
    ["Book a time", "Mon 9am-1pm and 2pm-5pm", "term time, Mon 9am-10am", "Tue 5pm-3pm", "Mo"],
)
def test_hours_that_no_rule_can_say(text: str) -> None:
    """Anything that isn't wholly understood stays as it was written."""
    assert from_words(text) == (Hours(words=text),)


@given(st.text(max_size=60))
def test_hours_of_any_text(text: str) -> None:
    """Whatever stands there is a rule that works or words, never an error."""
    for hours in from_words(text):
        assert hours.words or rrulestr(hours.rule)[0]


def test_weekdays_with_the_same_times_are_one_rule() -> None:
    """Rows of one day each, by name or number; what can't be read gives its own words, once."""
    rows = [
        {"weekday": "Monday", "opens_at": "9am", "closes_at": "5pm"},
        {"weekday": "3", "opens_at": "09:00:00", "closes_at": "17:00"},
        {"weekday": "Sat", "opens_at": "10:00", "closes_at": "noon"},
        {"weekday": "Sun", "opens_at": "", "closes_at": "", "original_text": "Sun: ask"},
        {"weekday": "Mon", "opens_at": "", "closes_at": "", "original_text": "Sun: ask"},
    ]
    first, second, third = schedules(rows)
    assert (first["byday"], first["opens_at"], first["closes_at"]) == ("MO,WE", "09:00", "17:00")
    assert (second["byday"], second["closes_at"]) == ("SA", "12:00")
    assert third == {"description": "Sun: ask"}
    assert (weekday("Thurs"), weekday("7"), weekday("never")) == (3, 6, None)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("A###COL### b\\n\\n###MON###", "A b"),
        ("the childGÇÖs GÇ£homeGÇ¥", "the child’s “home”"),
        ("C+íncer, Caf+¬, in-áAugust", "Cáncer, Café, in August"),
        ("Iâ€™m here, dÃ©jÃ vu, Â£5", "I’m here, déjÃ vu, £5"),
        ("Llŷn, naïve — “fine” £5", "Llŷn, naïve — “fine” £5"),
        ("  a\t b\r\n\n\n\nc\x00 ", "a b\n\nc"),
        ("NA", ""),
        ("n/a", ""),
        ("Nan's kitchen", "Nan's kitchen"),
        (None, ""),
    ],
)
def test_cleaning(text: str | None, clean: str) -> None:
    """Broken letters and inner marks go; what was right stays right."""
    assert cleaned(text) == clean


@given(st.text())
def test_cleaning_once_is_enough(text: str) -> None:
    """No character is left that a screen can't show, and what is empty stays empty."""
    once = cleaned(text)
    assert all(each.isprintable() or each == "\n" for each in once)
    assert once == once.strip()


def test_single_values() -> None:
    """Days, numbers, yes and no, lists: read where they are clear."""
    assert date_of("2026-11-02") == date_of("02/11/2026") == date_of("2 November 2026")
    assert date_of("2008-09-15T15:53:00Z") == date(2008, 9, 15)
    assert [date_of(text) for text in ("", "soon", "31/02/2026", None)] == [None] * 4
    assert [number_of(text) for text in ("16", "16.5", "adult", "-1", "999")] == [
        *(16.0, 16.5),
        *(None, None, None),
    ]
    assert [yes_or_no(text) for text in ("Yes", "FALSE", "perhaps")] == [True, False, None]
    assert parts("b; a ;; B|c") == ("b", "a", "c")
