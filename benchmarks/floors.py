"""How fast rows can be committed: SQLite by itself one by one, and Kith's store in groups."""

import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.kith_engine import kept_in
from benchmarks.running import Measured
from storage.outbox import Lease, Letter
from storage.store import Store, Stored

GROUP: Final = 16
BODY: Final = b"s" * 1024
"""As large as a session in the middle of the reflection."""
ANSWER: Final = b"a" * 600
"""As large as a question with its buttons."""
ADDRESS: Final = b'{"channel":"telegram","chat":1000}'
_TABLES: Final = """
create table sessions(person text primary key, body blob) without rowid;
create table ledger(event text primary key, seen real) without rowid;
create table outbox(id integer primary key, person text, body blob);
"""


def single_commits(count: int) -> Measured:
    """Commit turns one by one with sqlite3, synchronous=NORMAL: a session, two further rows."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.executescript(_TABLES)
        with _timed(count) as timed:
            for number in range(count):
                person = f"telegram:{number % 100}"
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(
                    "insert into sessions values(?, ?)"
                    " on conflict(person) do update set body = excluded.body",
                    (person, BODY),
                )
                connection.execute("insert into ledger values(?, ?)", (f"e:{number}", 1.0))
                connection.execute(
                    "insert into outbox(person, body) values(?, ?)", (person, ANSWER)
                )
                connection.execute("COMMIT")
        connection.close()
    return timed[0]


def grouped(count: int) -> Measured:
    """Commit turns through Kith's store, full flushes, sixteen at a time.

    All that a turn reads and writes is in it; what went out is marked with the next group.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = kept_in(Path(folder), full=True)
        went_out: Sequence[int] = ()
        with _timed(count) as timed:
            for first in range(0, count, GROUP):
                went_out = _group(store, range(first, min(first + GROUP, count)), went_out)
            with store.transaction() as tx:
                tx.sent(went_out)
        store.close()
    return timed[0]


def _group(store: Store, numbers: Sequence[int], went_out: Sequence[int]) -> list[int]:
    people = [f"telegram:{number % 100}" for number in numbers]
    rows = [Stored(person, ADDRESS, BODY) for person in people]
    letters = [Letter(person, ADDRESS, ANSWER) for person in people]
    with store.transaction() as tx:
        tx.sent(went_out)
        tx.ensure(people, 1.0)
        tx.sessions(people)
        tx.seen(f"e:{number}" for number in numbers)
        tx.save(rows, 1.0)
        tx.note({f"e:{number}": "" for number in numbers}, 1.0)
        return [parcel.id for parcel in tx.post(letters, 1.0, Lease("bench", 30.0))]


@contextmanager
def _timed(count: int) -> Iterator[list[Measured]]:
    """Time what is inside; what was measured is there once it is over."""
    found: list[Measured] = []
    wall, cpu = time.perf_counter(), time.process_time()
    yield found
    found.append(Measured(count, time.process_time() - cpu, time.perf_counter() - wall))
