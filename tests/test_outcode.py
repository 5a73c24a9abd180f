"""Promises of the outcode: of a postcode only the first half is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.outcode import outcode_of, without_postcodes


@pytest.mark.parametrize(
    ("text", "outcode"),
    [
        ("SW1A 1AA", "SW1A"),
        ("sw1a1aa", "SW1A"),
        ("  m32 0ab ", "M32"),
        ("M1\u00a01AE", "M1"),
        ("B33-8TH", "B33"),
        ("CR2 6", "CR2"),
        ("ec1a", "EC1A"),
        ("DN55 1PT", "DN55"),
        ("W1A 0AX", "W1A"),
        ("", ""),
        ("ABC 1234", ""),
        ("33143", ""),
        ("Leeds", ""),
        ("M32 0AB and more", ""),
    ],
)
def test_first_half(text: str, outcode: str) -> None:
    """A postcode in any common spelling gives its first half; anything else gives nothing."""
    assert outcode_of(text) == outcode


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Come to 5 High Street, Leeds LS1 4AB.", "Come to 5 High Street, Leeds LS1."),
        ("ls14ab", "ls1"),
        ("(SE10 9XX)", "(SE10)"),
        ("LS1\n4AB", "LS1"),
        ("from M1 1AE to M32 0JG", "from M1 to M32"),
        ("Postcode:EC1A1BB", "Postcode:EC1A"),
        ("Room B1 2nd floor", "Room B1 2nd floor"),
        ("Take the A6 9am bus", "Take the A6 9am bus"),
        ("ring 0161 496 0000", "ring 0161 496 0000"),
        ("the M60 and the M62", "the M60 and the M62"),
    ],
)
def test_free_text(text: str, left: str) -> None:
    """A whole postcode inside a text is cut, and what only looks a little like one stays."""
    assert without_postcodes(text) == left


@given(
    st.lists(st.sampled_from(["LS1", "4AB", " ", "m1", "1ae", "M32", "0JG", "-", "x", "2nd"])).map(
        "".join
    )
)
def test_nothing_is_left_to_cut(text: str) -> None:
    """What was cut once holds nothing more to cut."""
    once = without_postcodes(text)
    assert without_postcodes(once) == once
