"""Somebody is not well, and a round of their group is open: the numbers stay in view."""

import pytest

from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import Circle, Member

HEAVY = "I want to kill myself tonight"


@pytest.fixture
def ann(store: Store, library: Library, clock: StoppedClock) -> Member:
    circle = Circle(Turns(store, library, clock), "Lee", "Ann")
    circle["Lee"].commands("round").picks("open round", "open round:check-in")
    return circle["Ann"].agrees().says(HEAVY)


def test_asking_for_the_round_leads_past_no_numbers(ann: Member) -> None:
    assert ann.step == ":concern suicide"
    ann.commands("round")
    assert ann.step == ":concern suicide"
    assert "999" in ann.texts()


def test_neither_does_a_button_in_the_group(ann: Member) -> None:
    with ann.circle.turns.store.transaction() as tx:
        code = tx.groups.links(ann.there.group)["round"]
    ann.there.followed(code)
    assert ann.step == ":concern suicide"
