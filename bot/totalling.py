"""Working out what may be told of a month once it is over, and keeping that for good."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.groups.names import is_group
from bot.library import Library
from bot.parcels import unpack_session
from bot.totals.counting import counted_in, month_of
from bot.totals.questions import splits_of
from bot.totals.report import bodies
from bot.totals.telling import Counted, released
from storage.store import Store, Stored

MOST: Final = 500
"""So many sessions are read at a time, so that nobody waits for long."""


def last_month(now: datetime) -> str:
    """Give the last month that is over, as 2026-10. Days of a yes are counted in UTC, like this."""
    return (now.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def work_out(store: Store, library: Library, now: datetime, wanted: str = "") -> int:
    """Work out the last month, and any earlier one in which somebody said yes, that wasn't yet.

    A month that is worked out stays as it is, whoever is counted or forgotten after that. With
    `wanted`, a month that is over is worked out also where nobody is counted in it. Reads all
    sessions, in short transactions; gives how many of them can't be read.
    """
    over = last_month(now)
    with store.transaction() as tx:
        done = {*tx.groups.totals.months()}
    if {over, wanted or over} <= done:
        return 0
    counted: dict[str, list[Counted]] = defaultdict(list, {over: [], wanted or over: []})
    unreadable = 0
    for stored, groups in _people_in(store):
        try:
            session = unpack_session(stored.body)
            month = month_of(session)
            if month and month <= over and month not in done:
                one = counted_in(library.totals, session)
                counted[month].append(one if one.group in groups else replace(one, group=""))
        except Exception:  # noqa: BLE001 - whatever is wrong with one session, the others are counted
            unreadable += 1
            continue
        unreadable += bool(stored.trouble)
    least, splits = library.catalogue.terms.least_counted, splits_of(library.totals)
    for month in sorted(counted.keys() - done):
        may_be_told = bodies(released(counted[month], splits, least), least)
        with store.transaction() as tx:
            tx.groups.totals.tell(month, may_be_told, now.timestamp())
    return unreadable


def _people_in(store: Store) -> Iterator[tuple[Stored, Collection[str]]]:
    """Give everybody's row, with the groups that they are in by now."""
    after = ""
    while True:
        with store.transaction() as tx:
            some = tx.everyone(after, MOST)
            groups = tx.groups.of(each.person for each in some)
        for stored in some:
            if not is_group(stored.person):
                yield stored, groups.get(stored.person, {})
        if len(some) < MOST:
            return
        after = some[-1].person
