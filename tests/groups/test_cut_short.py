"""Forgetting that a fault cut short: the group as well reads nothing more of whoever it was."""

from contextlib import closing, suppress

import pytest

from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.groups.circle import Circle

WORDS = "the line of ann"


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    """Give a group in which Ann's line stands, whose forgetting is then cut short."""
    circle = Circle(Turns(store, library, clock), "Lee", "Ann")
    circle["Lee"].commands("round").picks("open round", "open round:check-in")
    circle["Ann"].agrees().joins("Ann").says(WORDS).picks("named")
    circle["Lee"].commands("round").picks("show round")
    assert WORDS in circle.board()
    with suppress(InterruptedError), store.transaction() as tx:
        tx.erase([circle["Ann"].person], 1.0)
        raise InterruptedError
    return circle


def test_when_they_come_back_their_words_go_from_the_group(circle: Circle) -> None:
    """Whoever asks to be forgotten once more is forgotten in the group as well."""
    circle["Ann"].says("forget everything")
    assert WORDS not in circle.board()


@pytest.mark.usefixtures("circle")
def test_at_the_next_start_their_words_go_from_the_group(
    url: str, library: Library, clock: StoppedClock
) -> None:
    """Without their coming back: with the first thing that anybody in the group does."""
    with closing(opened_store(url)) as again:
        after = Circle(Turns(again, library, clock), "Lee")
        after["Lee"].says("hello")
        assert WORDS not in after.board()
