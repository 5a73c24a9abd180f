"""A group that is led in private alone is in use, and whoever leads it need agree to nothing."""

import pytest

from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import AGREES, Circle


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    return Circle(Turns(store, library, clock), "Lee", "Ann")


def goes_by(circle: Circle, clock: StoppedClock, days: int) -> None:
    clock.wait(days=days)
    while due := circle.turns.due():
        circle.turns.take(due)


def test_whoever_opened_a_round_and_agreed_to_nothing_leads_it_on_the_next_days(
    circle: Circle, clock: StoppedClock
) -> None:
    """Nothing is kept of them after a day, but that they lead."""
    circle["Lee"].commands("round").picks("open round", "open round:check-in")
    goes_by(circle, clock, 2)
    lee = circle["Lee"].commands("round")
    assert "show round" in lee.options
    lee.picks("show round")
    assert "What was shared" in circle.board()


def test_whoever_came_by_a_link_and_agreed_to_nothing_is_in_no_group(
    circle: Circle, clock: StoppedClock
) -> None:
    goes_by(circle, clock, 2)
    with circle.turns.store.transaction() as tx:
        assert tx.groups.members(circle["Ann"].there.group) == []


def test_whoever_leads_is_forgotten_when_they_say_so(circle: Circle) -> None:
    lee = circle["Lee"].commands("round").picks("open round", "open round:check-in")
    lee.commands("withdraw").picks("forget all")
    with circle.turns.store.transaction() as tx:
        assert lee.person not in tx.groups.members(lee.there.group)


def test_a_group_whose_rounds_are_opened_in_private_is_in_use(
    circle: Circle, clock: StoppedClock
) -> None:
    """Nobody has to type anything in the group for a year."""
    lee = circle["Lee"].commands("start").picks("go on", *AGREES)
    for _ in range(14):
        lee.commands("round").picks("open round", "open round:check-in")
        lee.commands("round").picks("close round", "close round")
        goes_by(circle, clock, 29)
    assert "open round" in lee.commands("round").options


def test_a_round_whose_leader_is_gone_can_be_led_by_the_others(circle: Circle) -> None:
    """Where anyone may open one. Else it would stand still for a week."""
    circle["Lee"].commands("round").picks("open round", "open round:check-in")
    ann = circle["Ann"].commands("start").picks("go on", *AGREES).commands("round")
    assert ann.step != ":round"
    circle["Lee"].commands("round").picks("my group", "leave group", "left group")
    ann.commands("round").picks("close round", "close round")
    assert "check-in is closed" in circle.board()
