"""Who is there: people that act, people that only stand by, a group, and the word each uses."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from bot.arrivals import Arrival
from bot.engine.events import (
    ChoicePicked,
    CommandGiven,
    Event,
    GroupAsked,
    LinkFollowed,
    TextReceived,
)
from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from storage.tables import ledger
from tests.databases import opened_store
from tests.telegram.talk import TO_PERSON, TO_PLACE, TO_QUOTED, TO_SEVERAL, TO_STONES, TO_WORDS

ACTING: Final = {
    11: (),
    12: TO_QUOTED,
    13: TO_SEVERAL,
    14: TO_STONES,
    15: TO_QUOTED,
    16: TO_PERSON,
}
"""Who acts, and what each has said before."""
STANDING_BY: Final = {21: (*TO_WORDS, "kranich"), 22: TO_PLACE}
WORDS: Final = {
    11: "zaunkoenig",
    12: "rotkehlchen",
    13: "goldammer",
    14: "wiedehopf",
    15: "nachtigall",
    16: "pirol",
    21: "kranich",
    22: "eisvogel",
}
"""The word that this person alone writes, in everything they write."""
GROUP: Final = -1_000_000_000_031
ELSEWHERE: Final = 0
"""Stands for any other group that an update tells of."""
UNHEARD: Final = "habicht"
"""The word that is in all that anybody says in the group: it comes to nobody, and is not kept."""
MEETING: Final = {12: "named", 16: "keep"}
"""Who takes part in a round of the group, the first of them as who leads it, and how they share."""


@dataclass(frozen=True, slots=True)
class Left:
    """What lies in the database, as text, by person; and the codes of turns that failed."""

    sessions: dict[int, str]
    waiting: dict[int, list[str]]
    failed: list[str]


def prepared(file: Path, library: Library, clock: Callable[[], datetime]) -> None:
    """Make a database in which everybody is somewhere."""
    store = opened_store(f"sqlite:///{file}")
    turns = Turns(store, library, clock)
    for chat, lines in (ACTING | STANDING_BY).items():
        for place, line in enumerate(lines):
            address = {"channel": "telegram", "chat": chat}
            event = TextReceived(line)
            who = store.name("telegram", str(chat))
            turns.take([Arrival(who, address, event, f"before:{chat}:{place}")])
    _met(store, turns)
    with store.transaction() as tx:
        tx.sent([parcel.id for parcel in tx.waiting()])
    store.close()


def _met(store: Store, turns: Turns) -> None:
    """Let some of them be in the middle of a round."""
    name, here = store.name("telegram-group", str(GROUP)), {"channel": "telegram", "chat": GROUP}
    leader, *_ = MEETING
    asked = GroupAsked("round", str(leader), store.name("telegram", str(leader)), leads=True)
    turns.take([Arrival(name, {**here, "thread": 0}, asked, "before:group")])
    with store.transaction() as tx:
        code = tx.groups.links(name)["round"]
    opens = [CommandGiven("round"), ChoicePicked("open round"), ChoicePicked("open round:check-in")]
    for chat, how in MEETING.items():
        comes: list[Event] = [LinkFollowed()]
        if chat == leader:
            comes = [*opens, ChoicePicked("take part")]
        said = TextReceived(f"a line of mine, {WORDS[chat]}")
        who, address = store.name("telegram", str(chat)), {"channel": "telegram", "chat": chat}
        for place, event in enumerate(
            [*comes, ChoicePicked("yes"), TextReceived(f"N{chat}"), said, ChoicePicked(how)]
        ):
            followed = code if event == LinkFollowed() else ""
            arrival = Arrival(who, address, event, f"before:{chat}:met:{place}", code=followed)
            (came,) = turns.take([arrival])
            assert came.turn, "a repeat"
            assert came.turn.accepted, event


def left(store: Store) -> Left:
    """Read what is there, opened, beside Kith."""
    chats = {store.name("telegram", str(chat)): chat for chat in WORDS}
    chats[store.name("telegram-group", str(GROUP))] = GROUP
    with store.transaction() as tx:
        sessions = tx.everyone("", 1000)
        parcels = tx.waiting()
        failed = tx._connection.scalars(select(ledger.c.failed).where(ledger.c.failed != "")).all()
    waiting: defaultdict[int, list[str]] = defaultdict(list)
    for parcel in parcels:
        waiting[chats.get(parcel.person, ELSEWHERE)].append(_plain(parcel.body))
    rows: defaultdict[int, str] = defaultdict(str)
    for one in sessions:
        rows[chats.get(one.person, ELSEWHERE)] += _plain(one.body) + _plain(one.address)
    return Left(dict(rows), dict(waiting), list(failed))


def strangers(chat: int) -> set[str]:
    """Give the words that come neither from this person nor to them, nor from those they met."""
    own = {*MEETING} if chat in (GROUP, ELSEWHERE) else {chat}
    return {UNHEARD, *(word for owner, word in WORDS.items() if owner not in own)}


def _plain(body: bytes) -> str:
    return json.dumps(json.loads(body), ensure_ascii=False) if body else ""
