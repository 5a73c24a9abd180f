"""Where a turn of Kith's spends its time: its parts one by one, with the same inputs, and whole."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from telegram import Bot

from benchmarks.kith_engine import kept_in, kith, library_of, read_with_kith
from benchmarks.neutral.dialogue import SMALLEST, dialogue
from benchmarks.neutral.people import walk
from benchmarks.offline import AsShipped
from benchmarks.parts import Moment, moments_of, parts_of, stored, timed
from benchmarks.phones import FIRST, TOKEN, Phones
from benchmarks.report import machine, put, table
from benchmarks.rounds import ROUNDS, Spread, interleaved, pin, spread
from benchmarks.running import Measured, measure, numbered

GROUP: Final = 16
PEOPLE: Final = 32
TEXT: Final = """## Where a turn spends its time

Microseconds of processor time a turn, over a whole walk of the neutral dialogue with all safety phrases and synchronous=NORMAL. Each part was timed by itself on the inputs that it has in the walk; storage with one person in a transaction and with {group}. The whole was timed as it runs. What the parts don't explain is handing over between the loop and the writer, waking up, and Telegram's side of the harness.

{machine} {rounds} rounds.

{parts}
"""  # noqa: E501 - a paragraph is one line


def main() -> None:
    """Measure and write the section of docs/benchmarks.md."""
    pin()
    put("where", measured(PEOPLE, ROUNDS))


def measured(people: int, rounds: int) -> str:
    """Time the parts and the whole in interleaved rounds, and give the section."""
    library, phones = library_of(SMALLEST, safety=True), Phones([FIRST])
    bot = Bot(TOKEN, request=AsShipped(phones), get_updates_request=AsShipped(phones))
    with tempfile.TemporaryDirectory() as folder:
        store = kept_in(Path(folder), full=False)
        store.close()  # what it names people by is in memory
    moments = asyncio.run(moments_of(library, phones, bot, store.name))
    parts = parts_of(library, bot, moments, store.name)
    works: dict[str, Callable[[], Measured]] = {
        name: partial(timed, work, len(moments)) for name, work in parts.items()
    }
    phases: dict[int, dict[str, list[float]]] = {size: defaultdict(list) for size in (1, GROUP)}
    walks = numbered([read_with_kith(walk(dialogue(), person)) for person in range(people)])
    opened = partial(kith, states=SMALLEST, full=False, safety=True)
    for size, phase in phases.items():
        works[f"storage, {size}"] = partial(_stored, moments, size, phase)
        works[f"whole, {size}"] = partial(measure, opened, walks, size)
    found = {
        name: spread([run.cpu for run in runs]) for name, runs in interleaved(works, rounds).items()
    }
    rows = {name: (found[name], found[name]) for name in parts}
    rows |= {name: (spread(phases[1][name]), spread(phases[GROUP][name])) for name in phases[GROUP]}
    whole = (found["whole, 1"], found[f"whole, {GROUP}"])
    return TEXT.format(machine=machine(), rounds=rounds, group=GROUP, parts=_table(rows, whole))


def _stored(moments: Sequence[Moment], people: int, phases: dict[str, list[float]]) -> Measured:
    took = stored(moments, people)
    for name, each in took.items():
        phases[name].append(each)
    turns = len(moments) * people
    return Measured(turns, sum(took.values()) * turns / 1e6, 0)


def _table(rows: Mapping[str, tuple[Spread, Spread]], whole: tuple[Spread, Spread]) -> str:
    total = whole[1].middle
    rest = [
        all_of_it.middle - sum(row[place].middle for row in rows.values())
        for place, all_of_it in enumerate(whole)
    ]
    lines = [
        [name, one.written(), many.written(), f"{many.middle / total:.0%}"]
        for name, (one, many) in rows.items()
    ]
    unexplained = [f"{each:,.0f}" for each in rest]
    lines.append(["what the parts don't explain", *unexplained, f"{rest[1] / total:.0%}"])
    lines.append(["**whole**", whole[0].written(), whole[1].written(), "100%"])
    heads = ["part", "one at a time", f"{GROUP} at a time", f"share, {GROUP} at a time"]
    return table(heads, lines)


if __name__ == "__main__":
    main()
