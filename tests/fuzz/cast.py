"""Who is there: people that act, people that only stand by, and the word each alone uses."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from bot.arrivals import Arrival
from bot.engine.events import TextReceived
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
    with store.transaction() as tx:
        tx.sent([parcel.id for parcel in tx.waiting()])
    store.close()


def left(store: Store) -> Left:
    """Read what is there, opened, beside Kith."""
    chats = {store.name("telegram", str(chat)): chat for chat in WORDS}
    with store.transaction() as tx:
        sessions = tx.everyone("", 1000)
        parcels = tx.waiting()
        failed = tx._connection.scalars(select(ledger.c.failed).where(ledger.c.failed != "")).all()
    by_person: dict[int, list[str]] = {}
    for parcel in parcels:
        by_person.setdefault(chats[parcel.person], []).append(_plain(parcel.body))
    return Left(
        {chats[one.person]: _plain(one.body) + _plain(one.address) for one in sessions},
        by_person,
        list(failed),
    )


def strangers(chat: int) -> set[str]:
    """Give the words that this person never writes, and so must never read."""
    return {word for owner, word in WORDS.items() if owner != chat}


def _plain(body: bytes) -> str:
    return json.dumps(json.loads(body), ensure_ascii=False) if body else ""
