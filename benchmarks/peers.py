"""Kith beside other engines on one neutral dialogue, and beside the bare commits under it."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Final

from benchmarks.conversation_handler import conversation_handler
from benchmarks.floors import GROUP, grouped, single_commits
from benchmarks.kith_engine import kith, read_with_kith
from benchmarks.neutral.dialogue import SMALLEST, dialogue
from benchmarks.neutral.people import Doing, walk
from benchmarks.report import machine, put, table
from benchmarks.rounds import ROUNDS, interleaved, pin, ratio, spread
from benchmarks.running import Measured, Opened, check, measure, numbered

PEOPLE: Final = 100
CHECKED_PEOPLE: Final = 9
"""How many people's texts are compared with the oracle before anything is timed."""
BASE: Final = "ConversationHandler, in memory"
RAW: Final = "sqlite3, one by one, NORMAL"
GROUPED: Final = f"Kith's store, {GROUP} at a time, FULL"
TEXT: Final = """## Beside other engines

Everybody walks the same dialogue: 42 questions, of which each person is asked 30, half of them with buttons; one wrong answer; each question repeats two earlier answers; 32 turns. A turn lasts from the update as JSON until an offline Bot API has accepted the answer and its own answer has been read. Kith commits each turn before it answers, and a mark that the answer went out after it; a run is over when everything is marked.

Before anything is timed, every text that {checked} people read is compared with the oracle. Two texts are Kith's own, and part of the comparison: the question stands once more under the sentence about a wrong answer, and the end is followed by the screen of a finished dialogue. Kith also puts its freedoms under each question, three or four buttons more than the others write, send and read.

Processor time is that of all threads. Each round measures every row once, on one core. A cell gives the middle of {rounds} rounds and, in brackets, the lowest and the highest; the third column compares within each round. NORMAL keeps a turn when the program dies; FULL, which is how Kith is served, also when the power fails.

{machine} {people} people, {rounds} rounds.

{engines}

The bare commits below a turn: a session of 1 KB, a row in the ledger, a row in the outbox. Kith's store also reads the session and the ledger, and marks what went out.

{floors}
"""  # noqa: E501 - a paragraph is one line


@dataclass(frozen=True, slots=True)
class Row:
    """One engine as it is measured: how many people at once, and what share of everybody walks."""

    opened: Opened
    read: Callable[[Sequence[Doing]], Sequence[Doing]] = list
    at_once: int = 1
    share: float = 1


def main(asked: Sequence[str] | None = None) -> None:
    """Measure and write the section of docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--people", type=int, default=PEOPLE)
    given = parser.parse_args(asked)
    pin()
    put("peers", measured(rows(), given.people, given.rounds))


def rows() -> dict[str, Row]:
    """Give everything that is measured, by its name; what isn't installed is left out."""
    made = {BASE: Row(partial(conversation_handler, dialogue()))}
    if find_spec("aiogram_dialog"):
        from benchmarks.aiogram_dialog_engine import aiogram_dialog  # noqa: PLC0415

        made["aiogram-dialog, in memory"] = Row(partial(aiogram_dialog, dialogue()))
    for name, full in (("NORMAL", False), ("FULL", True)):
        for at_once in (1, 16, 64):
            share = 0.25 if full and at_once == 1 else 1
            made[f"Kith, {name}, {at_once} at once"] = ours(full=full, at_once=at_once, share=share)
        made[f"Kith, {name}, 16 at once, all safety phrases"] = ours(full=full, safety=True)
    return made


def ours(*, full: bool, safety: bool = False, at_once: int = 16, share: float = 1) -> Row:
    """Give Kith as it is measured."""
    opened = partial(kith, states=SMALLEST, full=full, safety=safety)
    return Row(opened, read_with_kith, at_once, share)


def measured(made: dict[str, Row], people: int, rounds: int) -> str:
    """Compare all texts with the oracle, measure, and give the section."""
    walks = [walk(dialogue(), person) for person in range(people)]
    works: dict[str, Callable[[], Measured]] = {}
    for name, row in made.items():
        all_walks = [row.read(each) for each in walks]
        check(row.opened, numbered(all_walks[:CHECKED_PEOPLE]), row.at_once)
        some = numbered(all_walks[: max(row.at_once, round(people * row.share))])
        works[name] = partial(measure, row.opened, some, row.at_once)
    turns = people * len(walks[0])
    works |= {RAW: partial(single_commits, turns), GROUPED: partial(grouped, turns)}
    found = interleaved(works, rounds)
    return TEXT.format(
        checked=min(people, CHECKED_PEOPLE),
        rounds=rounds,
        people=people,
        machine=machine(),
        engines=_engines({name: found[name] for name in made}),
        floors=_floors(found[RAW], found[GROUPED]),
    )


def _engines(found: dict[str, list[Measured]]) -> str:
    heads = ["engine", "processor time a turn, µs", f"times {BASE}", "turns a second"]
    heads += ["half of the turns took at most, ms", "99 of 100, ms"]
    base = [run.cpu for run in found[BASE]]
    lines = [
        [
            name,
            spread([run.cpu for run in runs]).written(),
            ratio([run.cpu for run in runs], base).written(2),
            spread([run.rate for run in runs]).written(),
            *(f"{spread([r.waited(n) for r in runs]).middle / 1000:.2f}" for n in (50, 99)),
        ]
        for name, runs in found.items()
    ]
    return table(heads, lines)


def _floors(raw: list[Measured], grouped: list[Measured]) -> str:
    heads = ["commits", "processor time a turn, µs", "turns a second", "times the first row's"]
    base = [run.rate for run in raw]
    lines = [
        [
            name,
            spread([run.cpu for run in runs]).written(),
            spread([run.rate for run in runs]).written(),
            ratio([run.rate for run in runs], base).written(2),
        ]
        for name, runs in ((RAW, raw), (GROUPED, grouped))
    ]
    return table(heads, lines)


if __name__ == "__main__":
    main()
