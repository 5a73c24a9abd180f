"""What a turn costs when things have grown: steps, people, a person's past, turns altogether."""

import asyncio
import gc
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from sqlalchemy import insert
from tqdm import tqdm

from benchmarks.kith_engine import database, kith, library_of, read_with_kith
from benchmarks.neutral.dialogue import ASKED, SMALLEST, dialogue
from benchmarks.neutral.people import Doing, walk
from benchmarks.phones import FIRST, Phones
from benchmarks.report import machine, put, table
from benchmarks.rounds import interleaved, pin, ratio, spread
from benchmarks.running import Measured, measure, numbered, walked
from bot.clock import Clock
from bot.engine.events import TextReceived
from bot.engine.session import Session
from bot.parcels import pack, pack_session
from bot.turns import turned
from storage.store import Store
from storage.tables import sessions

ROUNDS: Final = 5
STEPS: Final = (SMALLEST, 300, 3000)
STORED: Final = (1_000, 100_000, 1_000_000)
PAST: Final = (10, 10_000)
TURNS: Final = (10_000, 100_000)
PEOPLE: Final = 40
NEWCOMERS: Final = 250
THEIR_TURNS: Final = 6
LATER: Final = 300
APART: Final = 1000
"""How far the numbers of stored people lie apart; those who come in the rounds lie between."""
AT_A_TIME: Final = 10_000
KITH: Final = partial(kith, states=SMALLEST, full=False, safety=False)
TEXT: Final = """## When things have grown

How long half of the turns of Kith took at most, one person at a time (SQLite, synchronous=NORMAL), against the smallest row of each kind within the same round. People stored have sessions of about 1 KB; {newcomers} newcomers spread among them take {turns} turns each. Past events are turns that one person really took.

{machine} {rounds} rounds.

{growth}

Memory of the whole process, sixteen people at once:

{memory}
"""  # noqa: E501 - a paragraph is one line


def main() -> None:
    """Measure and write the section of docs/benchmarks.md."""
    memory = apart(STEPS[0], TURNS)
    pin()
    with tempfile.TemporaryDirectory() as folder:
        growth = grown(Path(folder), STEPS, STORED, PAST, ROUNDS)
    put("growth", section(growth, memory, ROUNDS))


def section(growth: str, memory: str, rounds: int) -> str:
    """Give the section of docs/benchmarks.md."""
    return TEXT.format(
        growth=growth,
        memory=memory,
        rounds=rounds,
        machine=machine(),
        newcomers=NEWCOMERS,
        turns=THEIR_TURNS,
    )


def grown(
    folder: Path, steps: Sequence[int], stored: Sequence[int], past: Sequence[int], rounds: int
) -> str:
    """Measure all kinds of growth in interleaved rounds and give the table."""
    works: dict[str, Callable[[], Measured]] = {}
    kinds: list[list[str]] = []
    for kind, sizes, prepared in (
        ("steps", steps, _with_steps),
        ("people stored", stored, _with_people),
        ("past events of a person", past, _with_a_past),
    ):
        names = {f"{size:,} {kind}": size for size in sizes}
        kinds.append(list(names))
        works |= {name: prepared(folder / name.replace(" ", "-"), n) for name, n in names.items()}
    found = interleaved(works, rounds)
    halves = {name: [run.waited(50) for run in runs] for name, runs in found.items()}
    heads = ["grown", "half of the turns took at most, µs", "times the smallest"]
    lines = [
        [name, spread(halves[name]).written(), ratio(halves[name], halves[names[0]]).written(2)]
        for names in kinds
        for name in names
    ]
    return table(heads, lines)


def _with_steps(_: Path, steps: int) -> Callable[[], Measured]:
    """Let people walk a dialogue of so many steps."""
    walks = numbered([read_with_kith(walk(dialogue(steps), person)) for person in range(PEOPLE)])
    library_of(steps, safety=False)
    return partial(measure, partial(kith, states=steps, full=False, safety=False), walks, 1)


def _with_people(folder: Path, count: int) -> Callable[[], Measured]:
    """Let newcomers begin among so many who are stored, other newcomers in each round."""
    folder.mkdir()
    _fill(folder, count)
    stride = max(1, count // NEWCOMERS) * APART
    walks = [walk(dialogue(), person)[:THEIR_TURNS] for person in range(min(count, NEWCOMERS))]
    rounds = iter(range(1, APART))

    def work() -> Measured:
        begin = FIRST + next(rounds)
        come = {begin + place * stride: each for place, each in enumerate(walks)}
        return measure(KITH, come, 1, folder)

    return work


def _fill(folder: Path, count: int) -> None:
    """Store so many people in the middle of the dialogue."""
    body = _middle()
    engine = database(folder, full=False)
    with engine.begin() as connection:
        for first in tqdm(range(0, count, AT_A_TIME), desc=f"storing {count:,} people"):
            numbers = range(first, min(first + AT_A_TIME, count))
            rows = [
                {
                    "person": f"telegram:{FIRST + number * APART}",
                    "address": pack({"channel": "telegram", "chat": FIRST + number * APART}),
                    "body": body,
                    "touched": 1.0,
                }
                for number in numbers
            ]
            connection.execute(insert(sessions), rows)
    Store(engine).close()


def _middle() -> bytes:
    """Give the session of somebody who has come through most of the dialogue."""
    session, library, now = Session(), library_of(SMALLEST, safety=False), Clock()()
    for doing in walk(dialogue(), 0)[: ASKED - 4]:
        session = turned(library, session, TextReceived(doing.value), now).session
    return pack_session(session)


def _with_a_past(folder: Path, count: int) -> Callable[[], Measured]:
    """Let one person go on who has taken so many turns before."""
    folder.mkdir()
    asyncio.run(_lives(folder, count, begins=True))
    return lambda: asyncio.run(_lives(folder, LATER))


async def _lives(folder: Path, turns: int, *, begins: bool = False) -> Measured:
    """Let one person go to and fro between the first two questions."""
    phones = Phones([FIRST])
    first, second = walk(dialogue(), 0)[:2]
    back = Doing("write", "back", first.read)
    doings = [first, second] if begins else []
    doings += [back if place % 2 == 0 else second for place in range(turns - len(doings))]
    waits: list[float] = []
    async with KITH(phones, folder) as engine:
        await walked(engine, phones, {FIRST: doings}, 1, waits)
    return Measured(len(waits), 0, sum(waits), waits)


def apart(states: int, turns: Sequence[int]) -> str:
    """Measure memory in a process that does nothing else, and give the table."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(remembered, states, turns).result()
    (_, least), *_ = found
    heads = ["turns since the start", "MB", "more than in the first row, MB"]
    return table(heads, [[f"{n:,}", f"{mb:.1f}", f"{mb - least:.1f}"] for n, mb in found])


def remembered(states: int, turns: Sequence[int]) -> list[tuple[int, float]]:
    """Give how many megabytes this process holds after so many turns, or a few more."""
    pin()
    return asyncio.run(_remembered(states, turns))


async def _remembered(states: int, turns: Sequence[int]) -> list[tuple[int, float]]:
    walks = [read_with_kith(walk(dialogue(states), person)) for person in range(PEOPLE)]
    people = max(1, -(-turns[0] // len(walks[0])))
    found: list[tuple[int, float]] = []
    phones, done, first = Phones([]), 0, FIRST
    opened = partial(kith, states=states, full=False, safety=False)
    with tempfile.TemporaryDirectory() as folder, tqdm(total=turns[-1], unit="turn") as bar:
        async with opened(phones, Path(folder)) as engine:
            for count in turns:
                while done < count:
                    come = {first + place: walks[place % PEOPLE] for place in range(people)}
                    phones.pass_on(come)
                    waits: list[float] = []
                    await walked(engine, phones, come, 16, waits)
                    done, first = done + len(waits), first + people
                    bar.update(len(waits))
                gc.collect()
                found.append((count, _megabytes()))
    return found


def _megabytes() -> float:
    """Give how much memory this process holds now."""
    statm = Path("/proc/self/statm")
    if not statm.is_file():
        sys.exit("memory can be measured on Linux only")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
