"""What opens with the key: everybody's session, read as Kith itself reads it."""

import re
from collections.abc import Iterable
from contextlib import closing

from tests.canary.marks import SHAPE, Told, chat_of, mark
from tests.databases import opened_store

_MARK = re.compile(SHAPE, re.IGNORECASE)


def broken_promises(url: str, people: Iterable[tuple[str, Told]]) -> list[str]:
    """Tell where what is kept is not what was promised, for each person by their channel.

    Every mark that was to be kept is there, no other is, and none is anybody else's.
    """
    wrong = []
    for (channel, told), body in zip(people, bodies(url, people), strict=True):
        who = f"{channel} {told.whose}"
        if body is None:
            wrong.append(f"{who}: nothing is kept")
            continue
        found = {each.lower() for each in _MARK.findall(body.decode())}
        own = {mark(told.whose, number + 1) for number in range(told.count)}
        wrong += [f"{who}: lost {each}: {told.why[each]}" for each in sorted(told.kept - found)]
        wrong += [
            f"{who}: still has {each}: {told.why[each]}" for each in sorted(told.gone & found)
        ]
        wrong += [f"{who}: somebody else's: {each}" for each in sorted(found - own)]
    return wrong


def bodies(url: str, people: Iterable[tuple[str, Told]]) -> list[bytes | None]:
    """Give the stored session of each, opened with the key; None where there is none."""
    with closing(opened_store(url)) as store, store.transaction() as tx:
        names = [store.name(channel, str(chat_of(told.whose))) for channel, told in people]
        rows = tx.sessions(names)
    return [rows[name].body if name in rows else None for name in names]
