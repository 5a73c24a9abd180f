"""A slip of the thumb is read as the word that was meant, where there is only one."""

import pytest

from bot.safety.near_words import NearWords

NEAR = NearWords(frozenset({"frightened", "tablets", "swallowed", "hospital", "sister", "sitter"}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("frigthened", "frightened"),
        ("frighened", "frightened"),
        ("tablests", "tablets"),
        ("swalloved", "swallowed"),
        ("hopsital", "hospital"),
    ],
)
def test_a_slip_is_read_as_what_was_meant(typed: str, meant: str):
    """Two letters exchanged, one too few, one too many, or one beside."""
    assert NEAR.read([typed]) == [meant]


@pytest.mark.parametrize(
    "typed", ["sister", "siter", "denise", "he", "tab", "x1y2z3w4", "hospitality"]
)
def test_what_is_known_or_could_be_several_things_stays(typed: str):
    """A name, a short word, a word that is known, and one with two neighbours stay as they are."""
    assert NEAR.read([typed]) == [typed]


def test_each_word_keeps_its_place():
    """Only the slip changes."""
    assert NEAR.read(["my", "sister", "swallowde", "it"]) == ["my", "sister", "swallowed", "it"]
