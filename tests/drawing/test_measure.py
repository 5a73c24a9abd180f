"""Texts are measured so that they fit in any common font."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drawing.measure import CODE, NAME, SMALL, STRONG, TEXT, TITLE, Font, width, wrap

REAL = [
    ("Which nation are you in? It decides which lines fit.", TEXT, 301.4),
    ("around_kinds", NAME, 97.8),
    ('only if other_is in ["died", "nobody"]', CODE, 251.7),
    ("The dialogue begins; ill will, still little", STRONG, 234.5),
    ("WWW MMM @@@ 100%", TITLE, 268.6),
]
"""Texts with their true widths in DejaVu Sans, which is about the widest of the common fonts."""


@pytest.mark.parametrize(("text", "font", "true"), REAL)
def test_no_text_is_wider_than_it_is_taken_for(text: str, font: Font, true: float) -> None:
    """The measure is on the safe side, and not by so much that room is wasted."""
    assert true <= width(text, font) <= 1.2 * true


@given(st.text(max_size=200), st.integers(30, 300), st.integers(1, 4))
def test_lines_fit_whatever_is_written(text: str, room: int, most: int) -> None:
    """No line is wider than its room, nor are there more lines than asked for."""
    lines = wrap(text, room, SMALL, most=most)
    assert 1 <= len(lines) <= most
    assert all(width(line, SMALL) <= room for line in lines)


def test_what_is_cut_says_so() -> None:
    """A shortened text ends in an ellipsis, at a whole word where it can."""
    assert wrap("one two three four", 60, SMALL, most=1) == ("one two…",)
    assert wrap("one two", 60, SMALL, most=1) == ("one two",)
    assert wrap("W" * 9, 40, SMALL, most=2) == ("WWW", "WW…")


@given(st.lists(st.sampled_from(["a", "bb", "ccc"]), max_size=30))
def test_nothing_is_lost_where_there_is_room(words: list[str]) -> None:
    """All words come back in their order."""
    assert " ".join(wrap(" ".join(words), 50, SMALL, most=99)) == " ".join(words)
