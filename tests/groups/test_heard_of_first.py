"""A group becomes a supergroup, and its new chat is heard of before the move is."""

from bot.arrivals import Arrival
from bot.engine.events import GroupAsked, GroupMoved
from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import Circle


def test_it_is_one_group_all_the_same(store: Store, library: Library, clock: StoppedClock) -> None:
    """Two workers take in what Telegram sent in the same moment, in any order."""
    circle = Circle(Turns(store, library, clock), "Lee", "Ann")
    old, new = circle["Lee"].there.group, store.name("terminal-group", "moved")
    there: dict[str, object] = {"channel": "terminal", "chat": "moved"}
    cat = circle["Ann"]
    circle["Lee"].commands("round").picks("open round", "open round:check-in")
    asked = GroupAsked("round", "Ann", cat.person, "Tuesday", leads=True, anyone=True)
    circle.turns.take([Arrival(new, there, asked, "test:asked")])
    circle.turns.take([Arrival(old, there, GroupMoved(new, there), "test:moved")])
    with store.transaction() as tx:
        assert tx.groups.of([cat.person]) == {cat.person: {old: True}}
        assert new not in tx.sessions([old, new])
    circle.turns.take([Arrival(new, there, asked, "test:again")])
    with store.transaction() as tx:
        assert new not in tx.sessions([old, new])
        assert tx.groups.members(new) == []
