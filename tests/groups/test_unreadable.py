"""A row that can't be read, as a newer Kith beside this one writes it: everybody else goes on."""

import pytest

from bot.arrivals import Arrival
from bot.engine.events import ChoicePicked, TextReceived
from bot.library import Library
from bot.parcels import pack, unpack
from bot.turns import Turns
from storage.store import Store, Stored
from tests.conftest import StoppedClock
from tests.groups.circle import Circle


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    here = Circle(Turns(store, library, clock), "Lee", "Ann", "Ben")
    here["Lee"].commands("round").picks("open round", "open round:check-in")
    for name in ("Ann", "Ben"):
        here[name].agrees().joins(name).says(f"a line of {name}").picks("named")
    return here


def is_of_another_time(circle: Circle, name: str) -> None:
    """Let a row say that it was written by a program that is newer than this one."""
    with circle.turns.store.transaction() as tx:
        row = tx.sessions([name])[name]
        tx.save([Stored(name, row.address, pack({**unpack(row.body), "format": 99}))], 0.0)


def test_a_member_who_can_not_be_read_holds_up_nobody(circle: Circle) -> None:
    """What is not known to be shared is not shown; the round goes on."""
    is_of_another_time(circle, circle["Ann"].person)
    lee = circle["Lee"].commands("round")
    assert not lee.seat.hand_in(ChoicePicked("show round")).failed
    assert "Ben: a line of Ben" in circle.board()
    assert "a line of Ann" not in circle.board()


def test_a_group_that_can_not_be_read_holds_up_no_member(circle: Circle) -> None:
    """What they write is taken in, or said to have failed; it does not come for ever."""
    is_of_another_time(circle, circle["Ann"].there.group)
    ann = circle["Ann"].commands("help")
    assert "999" in ann.texts()
    again = Arrival(ann.person, {}, TextReceived("hello"), "test:hello")
    assert circle.turns.fail([again], "Fault")[0].failed
