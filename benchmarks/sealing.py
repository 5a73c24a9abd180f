"""What keys cost besides turns: made, destroyed, wrapped anew, and gone over at a start."""

import gc
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.kith_engine import kept_in
from benchmarks.report import machine, put, table
from benchmarks.rounds import interleaved, pin, spread
from benchmarks.running import Measured
from storage.sealing.rotation import rotate
from storage.store import Store, Stored

ROUNDS: Final = 7
AT_A_TIME: Final = 1_000
ADDRESS: Final = b'{"channel":"telegram","chat":1000}'
BODY: Final = b"s" * 1024
"""As large as a session in the middle of the reflection."""
TEXT: Final = """## Keys

What keys cost where they are not only looked up: SQLite, synchronous=FULL, {people:,} people of whom each has a session of 1 KB. A new person is somebody's row, key and first session, alone in a transaction: two databases are flushed. Forgetting is one person at a time, with the line in the list, the key, the rows, and both logs emptied. Opening lays the list of {forgotten:,} who were forgotten, and of those of the rounds before, over both databases. Milliseconds; the middle of {rounds} rounds and, in brackets, the lowest and the highest. On the clock it is the disk that counts, and other work kept the machine busy.

{machine}

{rows}
"""  # noqa: E501 - a paragraph is one line


@dataclass(frozen=True, slots=True)
class Size:
    """How many people have a key, how many were forgotten, how many come and go in a round."""

    people: int = 10_000
    forgotten: int = 1_000
    come: int = 50


WHOLE: Final = Size()


def main() -> None:
    """Measure and write the section of docs/benchmarks.md."""
    pin()
    put("sealing", measured(WHOLE, ROUNDS))


def measured(size: Size, rounds: int) -> str:
    """Measure everything in interleaved rounds and give the section."""
    with tempfile.TemporaryDirectory() as name, _filled(Path(name), size) as store:
        newcomers = (store.name("bench", str(number)) for number in itertools.count(size.people))
        here: list[str] = []
        works: dict[str, Callable[[], Measured]] = {
            "a new person": lambda: _come(store, newcomers, here, size.come),
            "forgetting a person": lambda: _go(store, here),
            f"rotating {size.people:,} keys, altogether": lambda: _rotated(store, size.people),
            f"opening with {size.people:,} people and {size.forgotten:,} forgotten": lambda: (
                _opened(Path(name), store)
            ),
        }
        found = interleaved(works, rounds)
    heads = ["what", "processor time, ms", "on the clock, ms"]
    lines = [
        [
            what,
            spread([1e3 * run.cpu_seconds / run.turns for run in runs]).written(2),
            spread([1e3 * run.wall_seconds / run.turns for run in runs]).written(2),
        ]
        for what, runs in found.items()
    ]
    return TEXT.format(
        people=size.people,
        forgotten=size.forgotten,
        rounds=rounds,
        machine=machine(),
        rows=table(heads, lines),
    )


def fill(store: Store, people: Sequence[str], body: bytes = BODY) -> None:
    """Store the sessions of people, each under a key of their own."""
    for first in range(0, len(people), AT_A_TIME):
        some = people[first : first + AT_A_TIME]
        with store.transaction() as tx:
            tx.ensure(some, 1.0)
            tx.save([Stored(person, ADDRESS, body) for person in some], 1.0)


@contextmanager
def _filled(folder: Path, size: Size) -> Iterator[Store]:
    """Open a store where so many people are, and so many others were."""
    store = kept_in(folder, full=True)
    gone = [store.name("gone", str(number)) for number in range(size.forgotten)]
    fill(store, [*gone, *(store.name("bench", str(number)) for number in range(size.people))])
    with store.transaction() as tx:
        tx.erase(gone, 1.0)
    try:
        yield store
    finally:
        store.close()


def _come(store: Store, newcomers: Iterator[str], here: list[str], count: int) -> Measured:
    here += itertools.islice(newcomers, count)

    def work() -> None:
        for person in here:
            fill(store, [person])

    return _timed(count, work)


def _go(store: Store, here: list[str]) -> Measured:
    def work() -> None:
        for person in here:
            with store.transaction() as tx:
                tx.erase([person], 1.0)

    found = _timed(len(here), work)
    here.clear()
    return found


def _rotated(store: Store, people: int) -> Measured:
    def work() -> None:
        assert rotate(store.keys).wrapped == people, "not every key was wrapped anew"

    return _timed(1, work)


def _opened(folder: Path, store: Store) -> Measured:
    store.engine.dispose()
    store.keys.engine.dispose()
    return _timed(1, lambda: kept_in(folder, full=True).close())


def _timed(count: int, work: Callable[[], object]) -> Measured:
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Measured(count, time.process_time() - cpu, time.perf_counter() - wall)


if __name__ == "__main__":
    main()
