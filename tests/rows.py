"""Rows put into a database by a test, as a turn would have left them."""

import time
from collections.abc import Iterable, Sequence

from bot.arrivals import Arrival
from bot.engine.events import TimePassed
from bot.engine.retention import RETENTION
from storage.outbox import NOBODY, Lease, Letter
from storage.store import Stored, Transaction


def keep(tx: Transaction, row: Stored, now: float = 1.0) -> None:
    """Keep a session, new or not."""
    tx.ensure([row.person], now)
    tx.save([row], now)


def said_later(due: Iterable[Arrival]) -> list[Arrival]:
    """Give what is to be said to somebody, of all that is due; looks at what is kept say nothing."""
    return [each for each in due if each.event != TimePassed(RETENTION.due)]


def post(
    tx: Transaction, person: str, address: bytes, bodies: Sequence[bytes], lease: Lease = NOBODY
) -> list[int]:
    """Put effects in the outbox; give their ids."""
    letters = [Letter(person, address, body) for body in bodies]
    return [parcel.id for parcel in tx.post(letters, time.time(), lease)]
