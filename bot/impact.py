"""What a release does to people who are in the middle: counted by step, never told by person."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.engine.catalogue import Catalogue
from bot.engine.question import digest_of
from bot.engine.replay import open_step, renamed_place, settled
from bot.engine.scope import item_id, key_of, scope_of
from bot.engine.session import Frame, Session
from bot.engine.walk import EndlessLoop, walk
from bot.parcels import unpack_session
from storage.store import Store

What = Literal[
    "as before", "asked again", "renamed", "gone", "asked first", "passed by", "ends", "stuck"
]
SENTENCES: Final[Mapping[What, str]] = {
    "as before": "goes on as before",
    "asked again": "same question, worded differently: asked again",
    "renamed": "renamed: goes on at '{to}'",
    "gone": "the step is gone: goes on at '{to}' with one sentence",
    "asked first": "asked first now: '{to}'",
    "passed by": "not asked on this way any more: goes on at '{to}' with one sentence",
    "ends": "ends",
    "stuck": "stuck: the script goes round without a question",
}
MOST: Final = 500
"""So many sessions are in memory at a time, unless somebody wants fewer."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What a release does to one session; `to` is the step where it goes on, if another."""

    what: What
    to: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """So many people wait at one step, and this is what the release does to them."""

    script: str
    step: str
    waiting: int
    what: What
    to: str

    def __str__(self) -> str:
        sentence = SENTENCES[self.what].format(to=self.to)
        return f"{self.waiting:>7}  {self.script}: {self.step}  {sentence}"


@dataclass(frozen=True, slots=True)
class Impact:
    """How many are in the middle, how many of them met these scripts before, and the rest by step.

    `unreadable` counts sessions that can't be read; their people are told so when they write.
    """

    waiting: int
    already: int
    unreadable: int
    rows: tuple[Row, ...]


def fate(catalogue: Catalogue, session: Session) -> Fate:
    """Say what today's scripts do to a session that waits. Raises EndlessLoop, as a turn would."""
    found = settled(catalogue, session)
    rested = walk(catalogue, found) if _asks_nothing(catalogue, found) else None
    here = rested.session if rested else found
    if here.status == "ended":
        return Fate("ends")
    stood, to = renamed_place(catalogue, session.place), here.place[-1].step
    if here.place != stood:
        if not _is_there(catalogue, here, stood):
            return Fate("gone", to)
        earlier = _rank(catalogue, here, here.place) < _rank(catalogue, here, stood)
        return Fate("asked first" if earlier else "passed by", to)
    asked = open_step(catalogue, here)
    doubted = asked is not None and key_of(here.place, asked) in here.doubts
    if asked and session.digest and not doubted and digest_of(asked) != session.digest:
        return Fate("asked again", to if stood != session.place else "")
    return Fate("renamed", to) if stood != session.place else Fate("as before")


def impact(catalogue: Catalogue, bodies: Iterable[bytes]) -> Impact:
    """Count what a release does to sessions as they are stored; one at a time, all forgotten."""
    counted: Counter[tuple[str, str, Fate]] = Counter()
    waiting = already = unreadable = 0
    for body in bodies:
        try:
            session = unpack_session(body)
            if not session.begun or session.status == "ended":
                continue
            place = session.place[-1]
            known = session.release == catalogue.release
            became = None if known else _fate_or_stuck(catalogue, session)
        except Exception:  # noqa: BLE001 - whatever is wrong with one session, the others are counted
            unreadable += 1
            continue
        waiting += 1
        if became is None:
            already += 1
        else:
            counted[place.script, place.step, became] += 1
    rows = [
        Row(script, step, people, became.what, became.to)
        for (script, step, became), people in counted.items()
    ]
    rows.sort(key=lambda row: (-row.waiting, row.script, row.step, row.what, row.to))
    return Impact(waiting, already, unreadable, tuple(rows))


CLOSED: Final = b"closed"
"""Stands for a session that can't be opened, and can't be read either."""


def bodies_in(store: Store, most: int = MOST) -> Iterator[bytes]:
    """Give every stored session; `most` at a time are read, so that nobody waits for long."""
    after = ""
    while True:
        with store.transaction() as tx:
            some = tx.everyone(after, most)
        yield from (CLOSED if stored.trouble else stored.body for stored in some)
        if len(some) < most:
            return
        after = some[-1].person


def as_table(found: Impact) -> str:
    """Write the counts for people: how many there are, then one line a step and what becomes."""
    one = found.waiting == 1
    who = "One person is" if one else f"{found.waiting} people are"
    lines = [f"{who} in the middle of a conversation"]
    if found.already:
        lines.append(f"already with these dialogues: {found.already}")
    if found.unreadable:
        lines.append(f"sessions that can't be read: {found.unreadable}")
    return "\n".join([*lines, *map(str, found.rows)]) + "\n"


def _fate_or_stuck(catalogue: Catalogue, session: Session) -> Fate:
    """Look at a session along the dialogue that it was begun with."""
    begun = session.place[0].script
    root = begun if begun in catalogue.scripts else catalogue.root
    try:
        return fate(replace(catalogue, root=root), session)
    except EndlessLoop:
        return Fate("stuck")


def _asks_nothing(catalogue: Catalogue, session: Session) -> bool:
    step = open_step(catalogue, session)
    return session.status != "ended" and (step is None or step.ask is None)


def _is_there(catalogue: Catalogue, session: Session, place: tuple[Frame, ...]) -> bool:
    """Say whether a place still exists: its steps, the calls between them, and its list items."""
    for depth, frame in enumerate(place):
        compiled = catalogue.scripts.get(frame.script)
        step = compiled.script.steps.get(frame.step) if compiled else None
        if step is None:
            return False
        inner = place[depth + 1 :]
        if inner and (step.call is None or step.call.script != inner[0].script):
            return False
        if frame.item is not None and frame.item not in _items(catalogue, session, place, depth):
            return False
    return True


def _rank(
    catalogue: Catalogue, session: Session, place: tuple[Frame, ...]
) -> list[tuple[int, int]]:
    """Give how far into the scripts a place lies, by the order of steps and of list items."""
    ranks = []
    for depth, frame in enumerate(place):
        order = list(catalogue.scripts[frame.script].script.steps)
        items = _items(catalogue, session, place, depth) if frame.item is not None else []
        item = items.index(frame.item) if frame.item in items else 0
        ranks.append((order.index(frame.step), item))
    return ranks


def _items(
    catalogue: Catalogue, session: Session, place: tuple[Frame, ...], depth: int
) -> list[str]:
    """Give the ids of the items that the loop at this depth of a place goes through."""
    whole = (*place[:depth], replace(place[depth], item=None))
    step = catalogue.scripts[whole[-1].script].script.steps[whole[-1].step]
    if step.call is None or step.call.each is None:
        return []
    items = step.call.each.value(scope_of(catalogue, session, whole))
    return [item_id(item) for item in items] if isinstance(items, list | tuple) else []
