"""How old a check is, in words that staff and people read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.freshness import checked
from bot.engine.ages import freshness

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("assured", "state", "words"),
    [
        (date(2026, 11, 23), "fresh", "checked this month"),
        (date(2026, 8, 2), "fresh", "checked in August"),
        (date(2026, 5, 24), "fresh", "checked in May"),
        (date(2026, 5, 23), "grey", "last checked 6 months ago: ring first"),
        (date(2026, 3, 1), "grey", "last checked 8 months ago: ring first"),
        (date(2025, 11, 24), "grey", "last checked 11 months ago: ring first"),
        (date(2025, 11, 23), "gone", "last checked more than a year ago"),
        (date(2018, 7, 1), "gone", "last checked more than 8 years ago"),
        (None, "grey", "nobody here has checked this yet"),
        (date(2027, 1, 1), "fresh", "checked this month"),
    ],
)
def test_age_of_a_check(assured: date | None, state: str, words: str) -> None:
    """Fresh for six months, grey for six more or never checked, then gone."""
    assert freshness(assured, TODAY) == state
    assert checked(assured, TODAY) == words


@given(st.integers(0, 3000), st.integers(0, 400))
def test_a_check_only_ages(days: int, more: int) -> None:
    """What was checked longer ago is never fresher."""
    order = ("fresh", "grey", "gone")
    newer = freshness(TODAY - timedelta(days=days), TODAY)
    older = freshness(TODAY - timedelta(days=days + more), TODAY)
    assert order.index(newer) <= order.index(older)
