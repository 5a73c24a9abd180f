"""A place that somebody put forward, and whom they called unsafe only after that."""

import pytest

from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import AGREES, Circle, Member

TEA = ("Denise's tea house", "High Street 1", "Denise", "a quiet hour")


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    here = Circle(Turns(store, library, clock), "Ann", "Ben")
    for name in ("Ann", "Ben"):
        here[name].commands("start").picks("go on", *AGREES)
    here["Ann"].commands("places").picks("propose place").says(*TEA).picks("yes")
    return here


def calls_unsafe(member: Member) -> None:
    member.commands("map").picks("quick").says("Denise").picks("inner", "draining", "unsafe")


def listed(member: Member) -> list[str]:
    member.commands("places")
    return [each for each in member.options if each.startswith("group place:")]


def test_it_goes_while_nobody_has_confirmed_it(circle: Circle) -> None:
    """It is still theirs, and nothing of theirs names to the group whom they are afraid of."""
    assert listed(circle["Ben"])
    calls_unsafe(circle["Ann"])
    assert not listed(circle["Ben"])


def test_it_stays_where_somebody_else_knows_it(circle: Circle) -> None:
    """It is the group's then; were it to go, it would be known that somebody is afraid."""
    ben = circle["Ben"]
    ben.picks(listed(ben)[0]).picks("place good")
    calls_unsafe(circle["Ann"])
    assert listed(ben)
