"""The help numbers that come with Kith: who sees which, and what has to be known beforehand."""

import pytest

from bot.engine.catalogue import UK
from bot.library import Library
from bot.safety.concern import CLASSES
from tests.fakes import Talk

NATIONS = {"england": "England", "scotland": "Scotland", "wales": "Wales"}
NATIONS |= {"northern-ireland": "Northern Ireland"}


@pytest.fixture
def talk(library: Library) -> Talk:
    talk = Talk(library.catalogue)
    talk.opens()
    return talk


@pytest.mark.parametrize("kind", CLASSES)
def test_without_a_nation_a_line_is_for_everybody_or_names_its_nation(
    library: Library, kind: str
) -> None:
    """Nobody rings a number that does not serve them, thinking that it does.

    Only for abuse are lines of one nation shown, each with its name: without them somebody who is
    afraid at home would be left with 999, a line for men, and Samaritans.
    """
    for number in library.catalogue.fitting(kind, ""):
        if not number.nations >= UK:
            assert kind == "abuse"
            (nation,) = number.nations
            assert NATIONS[nation] in number.line


def test_a_line_says_what_it_can_not_work_without(library: Library) -> None:
    """Text 999 names the registering, Silent Solution the mobile, the 55, and who comes."""
    by_id = {number.id: number for number in library.catalogue.numbers}
    assert "only works if you registered" in by_id["text-999"].line
    silent = by_id["silent-solution"].line
    assert "999" in silent
    assert all(words in silent for words in ("on a mobile", "press 55", "police only"))


def test_what_has_to_be_known_is_two_taps_from_help(talk: Talk, library: Library) -> None:
    """Behind a person and "How these numbers work" stands every precondition of a line that help shows."""
    talk.uses("help")
    shown = talk.text
    talk.taps("I'd like a person")
    talk.taps("How these numbers work")
    needing = [
        number
        for number in library.catalogue.numbers
        if number.precondition and number.line in shown
    ]
    assert {"text-999", "silent-solution"} <= {number.id for number in needing}
    for number in needing:
        assert f"{number.name}: {number.precondition}" in talk.text
    assert talk.labels == ["Help now", "Back to where I was"]


def test_there_is_a_way_back_from_how_numbers_work(talk: Talk) -> None:
    """Whoever has read it is where they were."""
    asked, place = talk.question.text, talk.session.place
    talk.uses("help")
    talk.taps("I'd like a person")
    talk.taps("How these numbers work")
    talk.taps("Back to where I was")
    assert (talk.text, talk.session.place) == (asked, place)
