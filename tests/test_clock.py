"""Where somebody lives by another clock, and when Kith writes first."""

from datetime import UTC, datetime

import pytest

from bot.arrivals import Arrival
from bot.engine.effects import Say
from bot.engine.events import ChoicePicked, CommandGiven, Event, Opened, TextReceived
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.fakes import library_of
from tests.rows import said_later

SCRIPT = """
id: talk
steps:
  - {id: name, say: What shall I call you?, ask: words}
  - {id: follow_up, say: In a week., remind: 7}
  - {id: last, say: Last?, ask: words}
"""
ZONES = "Europe/London: London\nEurope/Bucharest: Bucharest\n"


@pytest.fixture
def turns(store: Store, clock: StoppedClock) -> Turns:
    return Turns(store, library_of(SCRIPT, zones=ZONES), clock)


class Person:
    """Somebody who hands events in, one after the other."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.count = 0

    def does(self, event: Event) -> str:
        self.count += 1
        arrival = Arrival("jo", {"chat": 1}, event, f"jo:{self.count}")
        (outcome,) = self.turns.take([arrival])
        assert outcome.failed == ""
        return "\n".join(each.text for each in outcome.effects if isinstance(each, Say))


def reminded(turns: Turns) -> Person:
    """Give somebody who has just been told that they will be written to in a week."""
    jo = Person(turns)
    jo.does(Opened())
    jo.does(TextReceived("Jo"))
    return jo


def due(turns: Turns) -> list[Arrival]:
    """Give what would be said first now, as a process that serves people asks for it."""
    with turns.store.transaction() as tx:
        return said_later(turns.due_in(tx))


def at(clock: StoppedClock, written: str) -> None:
    clock.now = datetime.fromisoformat(written).replace(tzinfo=UTC)


def test_a_city_with_the_same_time_can_be_named_and_the_question_waits(turns: Turns) -> None:
    """It takes one word and one tap, and leads back to where one was."""
    jo = Person(turns)
    jo.does(Opened())
    assert "has the same time as you?" in jo.does(CommandGiven("clock"))
    said = jo.does(ChoicePicked("zone:Europe/Bucharest"))
    assert "I'll go by the time there." in said
    assert "What shall I call you?" in said


def test_a_reminder_keeps_to_the_clock_of_whoever_asked(turns: Turns, clock: StoppedClock) -> None:
    """A week later at the same time of day, though the clocks have changed in between."""
    at(clock, "2026-10-20 10:30")
    reminded(turns)
    at(clock, "2026-10-27 11:29")
    assert due(turns) == []
    at(clock, "2026-10-27 11:30")
    assert [each.person for each in due(turns)] == ["jo"]


def test_whoever_moves_takes_their_reminders_along(turns: Turns, clock: StoppedClock) -> None:
    """What was to come at eleven comes at eleven, where they say that they are now."""
    at(clock, "2026-11-02 11:00")
    jo = reminded(turns)
    jo.does(CommandGiven("clock"))
    jo.does(ChoicePicked("zone:Europe/Bucharest"))
    at(clock, "2026-11-09 08:59")
    assert due(turns) == []
    at(clock, "2026-11-09 09:00")
    assert [each.person for each in due(turns)] == ["jo"]


def test_at_night_a_reminder_waits_for_the_morning(turns: Turns, clock: StoppedClock) -> None:
    """Who talked late is not written to late; and after downtime nobody is woken."""
    at(clock, "2026-11-02 22:15")
    reminded(turns)
    at(clock, "2026-11-09 22:16")
    assert due(turns) == []
    at(clock, "2026-11-10 08:59")
    assert due(turns) == []
    at(clock, "2026-11-10 09:00")
    (arrival,) = due(turns)
    assert turns.take([arrival])[0].turn is not None


def test_a_reminder_that_is_ignored_ends_itself(turns: Turns, clock: StoppedClock) -> None:
    """It comes once; whoever says nothing hears nothing more."""
    at(clock, "2026-11-02 12:00")
    reminded(turns)
    at(clock, "2026-11-09 12:00")
    (arrival,) = due(turns)
    (outcome,) = turns.take([arrival])
    assert any(isinstance(each, Say) for each in outcome.effects)
    at(clock, "2027-11-09 12:00")
    assert due(turns) == []
