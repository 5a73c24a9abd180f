"""What leaves a turn besides words: a page with its day on it, and a word about a place."""

from datetime import UTC, datetime

import pytest

from bot.engine.effects import Report, Say
from bot.engine.events import ChoicePicked, CommandGiven, Event, Opened
from bot.library import Library
from bot.pages.sheet import sheet
from bot.parcels import unpack_outgoing
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.test_follow_up import Person, finished


@pytest.fixture
def jo(store: Store, library: Library, clock: StoppedClock) -> Person:
    return Person(store, library, clock)


def test_the_letter_comes_as_a_page_to_whoever_wants_one(jo: Person) -> None:
    """With the steps and what could be instead, the person's own words, and the day."""
    finished(jo, letter="Yes, and a file to print")
    (page,) = jo.pages
    assert page.kind == "page"
    assert (page.holds["lang"], page.holds["date"]) == ("en", "2 November 2026")
    told = "\n".join(f"{part['heading']}: {part['text']}" for part in page.holds["parts"])
    assert "What could come next" in told
    assert "If there is no answer, then once more in a week" in told
    assert "Denise" not in told.partition("What could come next")[0]
    assert b"<h2>What could come next</h2>" in sheet(page.holds)
    with jo.turns.store.transaction() as tx:
        waiting = [unpack_outgoing(parcel.body).effect for parcel in tx.waiting("jo")]
    assert page in [each.enclosed for each in waiting if isinstance(each, Say)]
    assert "<h1" not in str(jo.session)


@pytest.mark.parametrize("letter", ["Yes, as a message", "yes", "No letter", "no", "skip"])
def test_nobody_gets_a_file_who_did_not_choose_it(jo: Person, letter: str) -> None:
    """A plain yes is a message, and stays in the chat."""
    finished(jo, letter=letter)
    assert jo.pages == []


def test_the_day_on_a_page_is_that_of_the_person(jo: Person) -> None:
    """Late in the evening in London it is tomorrow in Bucharest."""
    jo.clock.now = datetime(2026, 11, 2, 22, 30, tzinfo=UTC)
    jo.does(Opened(), CommandGiven("clock"), ChoicePicked("zone:Europe/Bucharest"))
    finished(jo, letter="page")
    assert [page.holds["date"] for page in jo.pages] == ["3 November 2026"]


def reported(store: Store) -> list[tuple[str, str, str, str, int]]:
    with store.transaction() as tx:
        found = tx.directory.reports()
    return [(one.source, one.id, one.verdict, one.day, one.how_many) for one in found]


CLOSED: list[Event] = [
    ChoicePicked("fell through"),
    ChoicePicked("place:resources/acas"),
    ChoicePicked("wrong number"),
]


def test_from_the_follow_up_it_is_three_taps_to_a_wrong_number(jo: Person, store: Store) -> None:
    """It didn't work out, which one, what was wrong: counted by day, with nobody's name."""
    finished(jo)
    jo.wakes("2026-11-09T12:00+00:00")
    jo.does(*CLOSED)
    assert [each for each in jo.effects if isinstance(each, Report)] == [
        Report("resources", "acas", "wrong number")
    ]
    assert reported(store) == [("resources", "acas", "wrong number", "2026-11-09", 1)]
    assert jo.screen == "finished"


def test_whoever_wipes_everything_takes_nothing_of_the_count_along(
    jo: Person, store: Store
) -> None:
    """There is nothing of theirs in it: it stays for whoever comes next."""
    finished(jo)
    jo.wakes("2026-11-09T12:00+00:00")
    jo.does(*CLOSED, CommandGiven("forget"), ChoicePicked("forget all"))
    assert len(reported(store)) == 1


def test_two_people_are_counted_together(
    jo: Person, store: Store, library: Library, clock: StoppedClock
) -> None:
    """A number that is wrong twice is wrong twice."""
    for person in (jo, Other(store, library, clock)):
        finished(person)
        person.does(CommandGiven("menu"), ChoicePicked("places"), *CLOSED[1:])
    assert [row[-1] for row in reported(store)] == [2]


class Other(Person):
    """Somebody else, with the same database."""

    name = "al"


def test_a_turn_that_was_taken_in_already_reports_nothing_more(
    jo: Person, store: Store, library: Library, clock: StoppedClock
) -> None:
    """What a channel delivers twice is counted once."""
    finished(jo)
    jo.does(CommandGiven("menu"), ChoicePicked("places"), *CLOSED[1:])
    again = Person(store, library, clock)
    again.turns = Turns(store, library, clock)
    again.count = jo.count - 1
    again.does(CLOSED[-1])
    assert [row[-1] for row in reported(store)] == [1]
