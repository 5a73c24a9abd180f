"""A sentence that comes in two messages: read as one, for a moment, and for one person only."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.arrivals import Arrival
from bot.engine.events import ConcernRaised, TextReceived
from bot.library import Library
from bot.turns import Turns
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.safety.opinion import SILENT


@pytest.fixture
def turns(tmp_path: Path, library: Library, clock: StoppedClock) -> Iterator[Turns]:
    store = opened_store(f"sqlite:///{tmp_path}/kith.db")
    yield Turns(store, replace(library, opinion=SILENT), clock)
    store.close()


def heard(turns: Turns, person: str, words: str) -> object:
    """Give what a message is taken for."""
    return turns.screened(Arrival(person, {}, TextReceived(words), words)).event


def test_two_halves_of_a_sentence_are_read_as_one(turns: Turns) -> None:
    """Whoever cuts the sentence in two is heard all the same, by the rules alone."""
    assert isinstance(heard(turns, "jo", "I've been told to"), TextReceived)
    assert isinstance(heard(turns, "jo", "wait for the bus"), TextReceived)
    assert isinstance(heard(turns, "jo", "he says he will"), TextReceived)
    assert isinstance(heard(turns, "jo", "kill me"), ConcernRaised)


def test_after_a_moment_they_are_two_messages(turns: Turns, clock: StoppedClock) -> None:
    """What was written a while ago is not held to be looked at again."""
    heard(turns, "jo", "he says he will")
    clock.wait(minutes=3)
    assert isinstance(heard(turns, "jo", "kill me"), TextReceived)


def test_two_people_never_make_one_sentence(turns: Turns) -> None:
    """What one person wrote is never read together with what another writes."""
    heard(turns, "jo", "he says he will")
    assert isinstance(heard(turns, "mo", "kill me"), TextReceived)
