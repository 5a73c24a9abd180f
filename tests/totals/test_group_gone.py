"""Nothing is told of a group that is gone by the end of the month, nor of who has left it."""

import json
from datetime import UTC, datetime

from bot.library import Library
from bot.totalling import work_out
from storage.store import Store
from tests.totals.town import CAFE, a_month, settled

AFTERWARDS = datetime(2020, 2, 10, tzinfo=UTC)
MONTH = "2020-01"


def told(store: Store, library: Library) -> dict[str, str]:
    work_out(store, library, AFTERWARDS, MONTH)
    with store.transaction() as tx:
        return tx.groups.totals.of(MONTH)


def test_a_group_that_is_there_is_told(store: Store, library: Library) -> None:
    settled(store, a_month(MONTH))
    assert told(store, library).keys() == {"", CAFE}


def test_a_group_that_kith_was_taken_out_of_is_not(store: Store, library: Library) -> None:
    """Else it would be told to whoever lets Kith in there again. Its people are counted still."""
    settled(store, a_month(MONTH))
    with store.transaction() as tx:
        tx.erase([CAFE], 0.0)
    assert told(store, library).keys() == {""}
    with store.transaction() as tx:
        assert json.loads(tx.groups.totals.of(MONTH)[""])["people"] == [20, 49]


def test_who_has_left_is_counted_for_nobody_there(store: Store, library: Library) -> None:
    """With four who are left, nothing is told of the group."""
    settled(store, a_month(MONTH))
    with store.transaction() as tx:
        for person in tx.groups.members(CAFE)[4:]:
            tx.groups.leave(person, CAFE)
    assert told(store, library).keys() == {""}
