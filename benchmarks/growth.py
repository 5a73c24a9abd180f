"""What a turn costs when things have grown: steps, people, a person's past, turns altogether."""

import asyncio
import itertools
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tqdm import tqdm

from benchmarks.kith_engine import kept_in, kith, library_of, read_with_kith
from benchmarks.memory import apart
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
from bot.turned import turned
from storage.store import Stored

ROUNDS: Final = 5
TURNS: Final = (10_000, 100_000)
AT_A_TIME: Final = 1_000
KITH: Final = partial(kith, states=SMALLEST, full=False, safety=False)
TEXT: Final = """## When things have grown

How long half of the turns of Kith took at most, one person at a time (SQLite, synchronous=NORMAL), against the smallest row of each kind within the same round. People stored have sessions of about 1 KB, each sealed under a key of its own; {newcomers} newcomers, whose names fall anywhere among theirs, take {turns} turns each. Past events are turns that one person really took.

{machine} {rounds} rounds.

{growth}

Memory of the whole process, sixteen people at once:

{memory}
"""  # noqa: E501 - a paragraph is one line


@dataclass(frozen=True, slots=True)
class Size:
    """How far things grow, and how much is timed there.

    People walk scripts of so many `steps`; newcomers take their first turns where so many are
    `stored`; one person with so many turns in the `past` takes some later ones.
    """

    steps: Sequence[int] = (SMALLEST, 300, 3000)
    stored: Sequence[int] = (1_000, 100_000, 1_000_000)
    past: Sequence[int] = (10, 10_000)
    people: int = 40
    newcomers: int = 250
    their_turns: int = 6
    later: int = 300


WHOLE: Final = Size()


def main() -> None:
    """Measure and write the section of docs/benchmarks.md."""
    memory = apart(TURNS)
    pin()
    with tempfile.TemporaryDirectory() as folder:
        growth = grown(Path(folder), WHOLE, ROUNDS)
    put("growth", section(growth, memory, ROUNDS))


def section(growth: str, memory: str, rounds: int) -> str:
    """Give the section of docs/benchmarks.md."""
    return TEXT.format(
        growth=growth,
        memory=memory,
        rounds=rounds,
        machine=machine(),
        newcomers=WHOLE.newcomers,
        turns=WHOLE.their_turns,
    )


def grown(folder: Path, size: Size, rounds: int) -> str:
    """Measure all kinds of growth in interleaved rounds and give the table."""
    works: dict[str, Callable[[], Measured]] = {}
    kinds: list[list[str]] = []
    for kind, sizes, prepared in (
        ("steps", size.steps, _with_steps),
        ("people stored", size.stored, _with_people),
        ("past events of a person", size.past, _with_a_past),
    ):
        names = {f"{count:,} {kind}": count for count in sizes}
        kinds.append(list(names))
        for name, count in names.items():
            works[name] = prepared(folder / name.replace(" ", "-"), count, size)
    found = interleaved(works, rounds)
    halves = {name: [run.waited(50) for run in runs] for name, runs in found.items()}
    heads = ["grown", "half of the turns took at most, µs", "times the smallest"]
    lines = [
        [name, spread(halves[name]).written(), ratio(halves[name], halves[names[0]]).written(2)]
        for names in kinds
        for name in names
    ]
    return table(heads, lines)


def _with_steps(_: Path, steps: int, size: Size) -> Callable[[], Measured]:
    """Let people walk a dialogue of so many steps."""
    made = dialogue(steps)
    walks = numbered([read_with_kith(walk(made, person)) for person in range(size.people)])
    library_of(steps, safety=False)
    return partial(measure, partial(kith, states=steps, full=False, safety=False), walks, 1)


def _with_people(folder: Path, count: int, size: Size) -> Callable[[], Measured]:
    """Let newcomers begin among so many who are stored, other newcomers in each round."""
    folder.mkdir()
    _fill(folder, count)
    walks = [walk(dialogue(), person)[: size.their_turns] for person in range(size.newcomers)]
    begins = itertools.count(FIRST + count, size.newcomers)

    def work() -> Measured:
        return measure(KITH, dict(enumerate(walks, next(begins))), 1, folder)

    return work


def _fill(folder: Path, count: int) -> None:
    """Store so many people in the middle of the dialogue, as their turns would."""
    body = _middle()
    store = kept_in(folder, full=False)
    for first in tqdm(range(FIRST, FIRST + count, AT_A_TIME), desc=f"storing {count:,} people"):
        chats = range(first, min(first + AT_A_TIME, FIRST + count))
        people = {store.name("telegram", str(chat)): chat for chat in chats}
        rows = [
            Stored(person, pack({"channel": "telegram", "chat": chat}), body)
            for person, chat in people.items()
        ]
        with store.transaction() as tx:
            tx.ensure(people, 1.0)
            tx.save(rows, 1.0)
    store.close()
    os.sync()  # what is still on its way to the disk would disturb the rounds


def _middle() -> bytes:
    """Give the session of somebody who has come through most of the dialogue."""
    session, library, now = Session(), library_of(SMALLEST, safety=False), Clock()()
    for doing in walk(dialogue(), 0)[: ASKED - 4]:
        session = turned(library, session, TextReceived(doing.value), now).session
    return pack_session(session)


def _with_a_past(folder: Path, count: int, size: Size) -> Callable[[], Measured]:
    """Let one person go on who has taken so many turns before."""
    folder.mkdir()
    asyncio.run(_lives(folder, count, begins=True))
    return lambda: asyncio.run(_lives(folder, size.later))


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


if __name__ == "__main__":
    main()
