"""Letting people walk the neutral dialogue on an engine, so many of them at a time."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final, Protocol

from benchmarks.neutral.people import Doing
from benchmarks.phones import Phones

CHECKED_PEOPLE: Final = 9
"""How many people's texts are compared with the oracle before anything is timed."""


class Engine(Protocol):
    """Something that answers updates."""

    async def take(self, raw: bytes) -> None:
        """Take one update; the answer may come later."""

    async def rest(self) -> None:
        """Wait until nothing is left to do, marks and all."""


Opened = Callable[[Phones, Path], AbstractAsyncContextManager[Engine]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run took: processor time of all threads, time on the clock, each turn's wait."""

    turns: int
    cpu_seconds: float
    wall_seconds: float
    waits: list[float]

    @property
    def cpu(self) -> float:
        """Microseconds of processor time a turn."""
        return self.cpu_seconds / self.turns * 1e6

    @property
    def rate(self) -> float:
        """Turns a second on the clock."""
        return self.turns / self.wall_seconds


def check(opened: Opened, walks: Sequence[Sequence[Doing]], at_once: int) -> None:
    """Compare every text that people read with the oracle. Raises AssertionError."""
    phones = Phones(len(walks))
    asyncio.run(_run(opened, phones, walks, at_once))
    for person, walk in enumerate(walks):
        due = [text for doing in walk for text in doing.read]
        for read, expected in zip(phones.read(person), due, strict=True):
            assert read == expected, f"person {person} read {read!r} instead of {expected!r}"


def measure(opened: Opened, walks: Sequence[Sequence[Doing]], at_once: int) -> Measured:
    """Time all the walks together, `at_once` people at a time, on an engine that starts afresh."""
    return asyncio.run(_run(opened, Phones(len(walks)), walks, at_once))


async def _run(
    opened: Opened, phones: Phones, walks: Sequence[Sequence[Doing]], at_once: int
) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(phones, Path(folder)) as engine:
            waits: list[float] = []
            due = [list(accumulate(len(doing.read) for doing in walk)) for walk in walks]
            gc.collect()
            wall, cpu = time.perf_counter(), time.process_time()
            lanes = [range(lane, len(walks), at_once) for lane in range(min(at_once, len(walks)))]
            await asyncio.gather(*(_lane(engine, phones, walks, due, lane, waits) for lane in lanes))
            await engine.rest()
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Measured(len(waits), cpu, wall, waits)


async def _lane(
    engine: Engine,
    phones: Phones,
    walks: Sequence[Sequence[Doing]],
    due: Sequence[Sequence[int]],
    people: range,
    waits: list[float],
) -> None:
    """Let some people take turns: everybody's first, then everybody's second, and so on.

    `due` is how many texts each of them has read after each turn.
    """
    for turn in range(max(len(walks[person]) for person in people)):
        for person in people:
            doing = walks[person][turn]
            raw = update(phones, person, doing)
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
