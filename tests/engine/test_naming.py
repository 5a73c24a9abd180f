"""Whether a name or a text tells of somebody: rather too often than once too seldom."""

import pytest

from bot.engine.naming import is_in_id, names, same_person
from bot.engine.values import naming, without


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dee", "my boss Dee", True),
        ("my boss Dee", "Dee from work", True),
        ("my boss", "the boss", True),
        ("dee", "Dee", True),
        ("عمر", "my friend عمر", True),
        ("my boss", "my sister", False),
        ("Dee", "Dee's sister", False),
        ("Ann", "Anna", False),
        ("", "Dee", False),
    ],
)
def test_two_names_may_mean_one_person(one: str, other: str, *, same: bool) -> None:
    """Whichever of them comes first."""
    assert same_person(one, other) is same
    assert same_person(other, one) is same


@pytest.mark.parametrize(
    ("text", "someone", "named"),
    [
        ("Dee's café", "my boss Dee", True),
        ("walking past dee’s house", "Dee", True),
        ("with my mum in the kitchen", "my mum", True),
        ("the choir", "Dee", False),
        ("I sing indeed", "Dee", False),
        ("by the sea", "my mum", False),
    ],
)
def test_a_text_names_somebody(text: str, someone: str, *, named: bool) -> None:
    """In any form, and only as whole words."""
    assert names(text, someone) is named
    assert naming(text, [someone]) is named


def test_who_is_known_by_an_id_alone_is_found_in_a_text() -> None:
    """Of people feared in an earlier reflection nothing else is kept."""
    assert is_in_id("Talking to Anna", ["mysisteranna"])
    assert not is_in_id("Talking to Bo", ["mysisteranna"])
    assert not is_in_id("Talking to nobody", ["mysisteranna"])


def test_a_list_is_without_somebody_in_any_form() -> None:
    """Whoever is to be left out by their name is left out under a longer one too."""
    people = [{"id": "mysisteranna", "name": "my sister Anna"}, {"id": "raj", "name": "Raj"}]
    assert without(people, [{"id": "anna", "name": "Anna"}]) == people[1:]
    assert without(people, {"id": "raj", "name": "Raj"}) == people[:1]
