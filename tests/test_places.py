"""Places near by in a conversation: asked for by half a postcode, found by what was said."""

import json
from dataclasses import fields
from datetime import date

import pytest

from bot.demo import in_demo_town
from bot.directory.search import Index
from bot.directory.service import Service
from bot.engine.events import Opened
from bot.engine.session import Session, dump
from bot.library import Library
from bot.places import Places
from bot.speaking import suggested
from tests.conftest import NOON, ROOT
from tests.safety.test_every_step import SAID
from tests.test_bad_days import Person

TODAY = NOON.date()
ASKED = {
    "adult": True,
    "kind": "care",
    "doorway": "caring",
    "brings": "I look after my mum and I never get a break",
    "other_is": "one",
    "other": {"id": "mum", "name": "my mum"},
    "safe": "safe",
    "near": "CA25",
    "people": [],
    "concerns": [],
}


@pytest.fixture(scope="module")
def town(library: Library) -> Library:
    return in_demo_town(library, ROOT / "dialogues")


def near(library: Library, scope: dict[str, object], today: date = TODAY) -> list[str]:
    found = suggested(library, scope, today).items
    return [str(item["name"]) for item in found if item["near"]]


def up_to_near(library: Library, *, safe: str = "No, it is safe") -> Person:
    """Somebody who goes the short way to the question of where they are, or past it."""
    person = Person(library)
    person.meets(Opened())
    person.says("Yes", "No, only me", "Yes, go on")
    person.says("I look after my mum and never get a break", "Caring for someone", "I look after")
    person.says("The short way", "skip", "skip", "One person", "Pete", safe)
    while person.step not in ("near", "look", "pick", ":finished"):
        person.says("skip")
    return person


def test_what_is_near_is_found_by_what_somebody_said(town: Library):
    """In their own words, with the words themselves as the reason, and how to begin."""
    (item,) = [each for each in suggested(town, ASKED, TODAY).items if each["near"]][:1]
    assert item["name"] == "Cuppa for Carers"
    assert item["because"] == "you said “I look after my mum and I never get a break”"
    assert "You could ring" in item["more"]
    assert (item["source"], item["checked"]) == ("demo-town", "fresh")


def test_where_nothing_is_listed_nobody_is_asked_where_they_are(library: Library):
    """Without a directory the question makes no sense, and it isn't put."""
    assert up_to_near(library).step != "near"


def test_a_whole_postcode_is_cut_to_its_first_half_at_once(town: Library):
    """The rest is in no answer, and the first half goes when the reflection is over."""
    person = up_to_near(town)
    assert person.step == "near"
    person.says("ca25 5aa")
    assert person.session.answers["near"].value == "CA25"
    assert "5aa" not in json.dumps(dump(person.session)).casefold()
    while person.step != ":finished":
        person.says("skip")
    assert person.session.answers["near"].standing == "unkept"
    assert "CA25" not in json.dumps(dump(person.session))


@pytest.mark.parametrize("kind", SAID)
def test_from_there_a_plain_word_reaches_the_numbers_and_leads_back(town: Library, kind: str):
    """As from every other step: the right numbers in one message, and the same question again."""
    person = up_to_near(town)
    lines = town.catalogue.lines(kind, "")
    assert any(line in person.says(SAID[kind]) for line in lines)
    person.says("I have seen this")
    while person.step != "near":
        person.says("Yes, go on" if person.step == ":safe enough" else "go on")
    assert person.session.answers.get("near") is None


def test_what_is_no_postcode_is_asked_for_again_and_can_be_left_out(town: Library):
    """A town's name is not understood, and says so without blame."""
    person = up_to_near(town)
    assert "first half of its postcode" in person.says("Wrenmouth")
    person.says("Leave that out")
    assert person.step != "near"


def test_with_an_other_who_is_not_safe_nothing_is_searched_for(town: Library):
    """Neither by what somebody wrote nor by the rules; and nobody is asked where they live."""
    for safe in ("unsafe", "unsure", None):
        assert near(town, {**ASKED, "safe": safe}) == []
    assert up_to_near(town, safe="Yes").step != "near"


def test_after_a_concern_nothing_that_was_written_is_searched_for(town: Library):
    """Only words that stand in the rules themselves, whatever the concern was."""
    asked: list[str] = []

    class Listening(Index):  # type: ignore[misc]
        def find(self, wanted):  # type: ignore[no-untyped-def]
            asked.append(wanted.text)
            return super().find(wanted)

    index = town.places.index
    hearing = Listening(*(getattr(index, each.name) for each in fields(index)))
    listening = town.around(Places(index.services, town.needs, _made=[hearing]))
    near(listening, ASKED)
    assert any("my mum" in text for text in asked)
    asked.clear()
    for kind in ("suicide", "self-harm", "abuse", "child", "others", "medical"):
        near(listening, {**ASKED, "concerns": [kind]})
    assert not any("my mum" in text for text in asked)


def test_what_was_told_as_closed_is_not_shown_to_them_again(town: Library):
    """By source and id; the next one takes its place."""
    first = near(town, ASKED)[0]
    closed = {**ASKED, "closed_places": ["demo-town/carers-coffee"]}
    assert first == "Cuppa for Carers"
    assert first not in near(town, closed)


def test_what_was_checked_long_ago_says_so_and_then_goes(library: Library):
    """Grey from half a year on, gone after a year; never checked is shown with that word."""
    made = {"organisation": "", "kind": "group", "says": ("never get a break",)}
    for assured, told in (
        (date(2026, 9, 1), "fresh"),
        (date(2026, 3, 1), "grey"),
        (None, "never"),
        (date(2025, 10, 1), "gone"),
    ):
        group = Service(
            "here", "one", "Tea for carers", what="A break for carers.", assured=assured, **made
        )
        here = library.around(Places((group,), library.needs))
        found = [each["checked"] for each in suggested(here, ASKED, TODAY).items if each["near"]]
        assert found == ([] if told == "gone" else [told])


def test_where_nothing_fits_it_is_said(library: Library):
    """No padding: an honest line, and people and general lines instead."""
    shop = Service("here", "one", "Bicycle repairs", what="Punctures mended.", kind="service")
    person = up_to_near(library.around(Places((shop,), library.needs)))
    assert "nothing near that fits well" in person.says("CA25")


def test_a_session_that_began_without_a_directory_goes_on_with_one(library: Library, town: Library):
    """An import in the middle of a reflection asks one question more, and strands nobody."""
    person = up_to_near(library)
    later = Person(town, person.session)
    later.says("back", "skip")
    assert later.step
    assert isinstance(later.session, Session)
