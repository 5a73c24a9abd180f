"""One tap about a place that was suggested: it is counted, names nobody, and is asked for once."""

from datetime import date

import pytest

from bot.engine.effects import Report
from bot.engine.events import ChoicePicked, CommandGiven, Event, SuggestionsFound
from bot.engine.session import Detour, Session, dump, load
from bot.library import Library
from bot.speaking import suggested
from tests.fakes import Talk, catalogue_of, reloaded

TALK = """
id: talk
steps:
  - {id: name, say: Who?, ask: words}
  - {id: look, suggest: yes, answer: suggestions}
  - {id: last, say: Last?, ask: words, skip: Nothing}
  - {id: bye, say: Bye.}
"""
BENCH = {"part": "self", "kind": "place", "name": "The bench", "because": "", "carried": "shared"}
FOUND = (
    {**BENCH, "id": "a", "listed": True, "source": "resources", "ref": "bench"},
    {**BENCH, "id": "b", "name": "A line", "listed": True, "source": "town", "ref": "x/1:2"},
    {**BENCH, "id": "c", "name": "Anna", "listed": False, "source": "", "ref": ""},
)


@pytest.fixture
def talk() -> Talk:
    talk = Talk(catalogue_of(TALK))
    talk.opens()
    talk.says("Jo")
    talk.meets(SuggestionsFound(FOUND))
    talk.uses("skip")
    assert talk.session.status == "ended"
    return talk


def goes(talk: Talk, *events: Event) -> None:
    for event in events:
        talk.meets(event)


def reports(talk: Talk) -> list[Report]:
    return [effect for effect in talk.turn.effects if isinstance(effect, Report)]


def test_the_menu_leads_to_the_places_that_were_suggested(talk: Talk) -> None:
    """Only those out of a list; people are nobody's to report."""
    talk.uses("menu")
    assert "A place or a number was wrong" in talk.labels
    talk.picks("places")
    assert talk.labels == ["The bench", "A line", "None of these"]


def test_nothing_is_offered_where_nothing_was_suggested_or_it_is_too_early() -> None:
    """Nobody could have gone there yet while the questions still go on."""
    talk = Talk(catalogue_of(TALK))
    talk.opens()
    talk.says("Jo")
    talk.meets(SuggestionsFound(FOUND))
    talk.uses("menu")
    assert "A place or a number was wrong" not in talk.labels
    other = Talk(catalogue_of(TALK))
    other.opens()
    other.says("Jo")
    other.meets(SuggestionsFound((FOUND[2],)))
    other.uses("skip")
    other.uses("menu")
    assert "A place or a number was wrong" not in other.labels


@pytest.mark.parametrize("verdict", ["closed", "wrong number", "not for me", "helped"])
def test_two_taps_say_how_it_was(talk: Talk, verdict: str) -> None:
    """What goes out is the place and one of four words, nothing else."""
    goes(talk, CommandGiven("menu"), ChoicePicked("places"), ChoicePicked("place:town/x/1:2"))
    assert "A line." in talk.text
    assert len(talk.labels) == 5
    talk.picks(verdict)
    assert reports(talk) == [Report("town", "x/1:2", verdict)]
    assert "Nothing about you goes with it." in talk.text
    assert talk.step == ":finished"


def test_each_place_counts_once(talk: Talk) -> None:
    """What somebody has told is not asked again, and an old button reports nothing more."""
    goes(talk, ChoicePicked("places"), CommandGiven("menu"), ChoicePicked("places"))
    talk.picks("place:resources/bench")
    talk.picks("closed")
    goes(talk, CommandGiven("menu"), ChoicePicked("places"))
    assert talk.labels == ["A line", "None of these"]
    there = Detour("place", of="resources/bench")
    late = Talk(talk.catalogue, talk.session.but(detour=there))
    late.picks("helped")
    assert reports(late) == []


def test_leaving_it_reports_nothing(talk: Talk) -> None:
    """A look is no word about a place."""
    goes(talk, CommandGiven("menu"), ChoicePicked("places"), ChoicePicked("place:resources/bench"))
    talk.picks("go on")
    assert reports(talk) == []
    assert talk.session.reported == ()


def test_what_is_closed_is_not_suggested_to_them_again(library: Library) -> None:
    """Neither in this reflection nor in the next; everybody else is still sent there."""
    shut = Session(reported=("closed:resources/local-library", "helped:resources/acas"))
    assert reloaded(shut) == shut
    scope = {"adult": True, "weighs": ["alone"], "kind": "alone", "nation": "england"}
    before = suggested(library, {**scope, "services": True}, date(2026, 11, 2)).items
    listed = [item for item in before if item["listed"]]
    assert listed
    key = f"{listed[0]['source']}/{listed[0]['ref']}"
    after = suggested(
        library, {**scope, "services": True, "closed_places": [key]}, date(2026, 11, 2)
    ).items
    assert key not in [f"{item['source']}/{item['ref']}" for item in after]


def test_a_new_reflection_remembers_what_is_closed_and_nothing_else(talk: Talk) -> None:
    """What helped somebody is told once, and then it is gone."""
    for place, verdict in (("resources/bench", "closed"), ("town/x/1:2", "helped")):
        goes(talk, CommandGiven("menu"), ChoicePicked("places"), ChoicePicked(f"place:{place}"))
        talk.picks(verdict)
    goes(talk, CommandGiven("start"))
    assert talk.session.reported == ("closed:resources/bench",)
    talk.says("Jo")
    assert talk.turn.needs is not None
    assert talk.turn.needs.scope["closed_places"] == ["resources/bench"]  # type: ignore[union-attr]


def test_a_session_from_before_can_be_read() -> None:
    """What was stored without these fields has told nothing about any place."""
    old = dump(Session(detour=Detour("help", "", Detour("plan"))))
    del old["reported"]
    assert load(old) == Session(detour=Detour("help", "", Detour("plan")))
