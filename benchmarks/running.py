"""Letting people walk the neutral dialogue on an engine, so many of them at a time."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from typing import Final, Protocol

from benchmarks.neutral.people import Doing
from benchmarks.phones import FIRST, Phones

LONGEST_SILENCE: Final = 30
"""After so many seconds without any answer a run is given up."""


class Engine(Protocol):
    """Something that answers updates."""

    async def take(self, raw: bytes) -> None:
        """Take one update; the answer may come later."""

    async def rest(self) -> None:
        """Wait until nothing is left to do, marks and all."""


Opened = Callable[[Phones, Path], AbstractAsyncContextManager[Engine]]
Walks = Mapping[int, Sequence[Doing]]
"""What each person does, by the number of their chat."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run took: processor time of all threads, time on the clock, each turn's wait."""

    turns: int
    cpu_seconds: float
    wall_seconds: float
    waits: Sequence[float] = ()

    @property
    def cpu(self) -> float:
        """Microseconds of processor time a turn."""
        return self.cpu_seconds / self.turns * 1e6

    @property
    def rate(self) -> float:
        """Turns a second on the clock."""
        return self.turns / self.wall_seconds

    def waited(self, percent: int) -> float:
        """Give how many microseconds so many percent of the turns took at most."""
        return quantiles(self.waits, n=100)[percent - 1] * 1e6


def numbered(walks: Sequence[Sequence[Doing]]) -> Walks:
    """Give each walk to a person."""
    return dict(enumerate(walks, start=FIRST))


def check(opened: Opened, walks: Walks, at_once: int) -> None:
    """Compare every text that people read with the oracle. Raises AssertionError."""
    phones = Phones(walks, keeps=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_run(opened, phones, walks, at_once, Path(folder)))
    for person, walk in walks.items():
        due = [text for doing in walk for text in doing.read]
        assert phones.texts(person) == due, f"person {person} read something else"


def measure(opened: Opened, walks: Walks, at_once: int, folder: Path | None = None) -> Measured:
    """Time all the walks together, `at_once` people at a time.

    The engine starts afresh, unless something lies in `folder`.
    """
    if folder:
        return asyncio.run(_run(opened, Phones(walks), walks, at_once, folder))
    with tempfile.TemporaryDirectory() as empty:
        return asyncio.run(_run(opened, Phones(walks), walks, at_once, Path(empty)))


async def _run(
    opened: Opened, phones: Phones, walks: Walks, at_once: int, folder: Path
) -> Measured:
    async with opened(phones, folder) as engine:
        gc.collect()
        waits: list[float] = []
        wall, cpu = time.perf_counter(), time.process_time()
        await walked(engine, phones, walks, at_once, waits)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Measured(len(waits), cpu, wall, waits)


async def walked(
    engine: Engine, phones: Phones, walks: Walks, at_once: int, waits: list[float]
) -> None:
    """Let everybody walk to the end, and the engine come to rest."""
    people = list(walks)
    lanes = [people[lane::at_once] for lane in range(min(at_once, len(people)))]
    walking = asyncio.gather(*(_lane(engine, phones, walks, lane, waits) for lane in lanes))
    while not walking.done():
        answered = len(waits)
        await asyncio.wait([walking], timeout=LONGEST_SILENCE)
        assert walking.done() or len(waits) > answered, "somebody was never answered"
    walking.result()
    await engine.rest()


async def _lane(
    engine: Engine, phones: Phones, walks: Walks, people: Sequence[int], waits: list[float]
) -> None:
    """Let some people take turns: everybody's first, then everybody's second, and so on."""
    due = {p: list(accumulate(len(doing.read) for doing in walks[p])) for p in people}
    for turn in range(max(map(len, due.values()))):
        for person in people:
            raw = update(phones, person, walks[person][turn])
            began = time.perf_counter()
            await engine.take(raw)
            await phones.reads(person, due[person][turn])
            waits.append(time.perf_counter() - began)


def update(phones: Phones, person: int, doing: Doing) -> bytes:
    """Give the update that something which somebody does arrives as."""
    match doing.kind:
        case "begin":
            return phones.begins(person)
        case "write":
            return phones.writes(person, doing.value)
        case "tap":
            return phones.taps(person, doing.value)
