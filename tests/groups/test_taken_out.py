"""Kith is taken out of a group in the middle of a round."""

import pytest

from bot.arrivals import Arrival
from bot.engine.events import GroupGone
from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import Circle


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    return Circle(Turns(store, library, clock), "Lee", "Ann", "Ben")


def test_whoever_was_answering_is_told_that_there_is_no_more_of_it(circle: Circle) -> None:
    """Else they would go on writing for people who never read it. Nobody else is told."""
    circle["Lee"].commands("round").picks("open round", "open round:check-in")
    circle["Ann"].agrees().joins("Ann").says("a line")
    circle["Ben"].commands("round")
    heard = {}
    for name in ("Lee", "Ann", "Ben"):
        circle[name].seat.shown()
    group = circle["Lee"].there.group
    circle.turns.take([Arrival(group, {}, GroupGone(), "test:gone", only_known=True)])
    for name in ("Lee", "Ann", "Ben"):
        heard[name] = [parcel.effect.text for parcel in circle[name].seat.collect()]
    assert len(heard.pop("Ann")) == 1
    assert heard == {"Lee": [], "Ben": []}
