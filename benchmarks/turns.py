"""What a whole committed turn of the shipped reflection takes, and what of that is sealing."""

import gc
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tqdm import tqdm

from benchmarks.kith_engine import kept_in
from benchmarks.report import machine, put, table
from benchmarks.rounds import pin, ratio, spread
from benchmarks.running import Measured
from benchmarks.unsealed import UnsealedStore
from bot.arrivals import Arrival
from bot.clock import Clock
from bot.engine.events import Event, Opened, TextReceived
from bot.library import Library, load_library
from bot.transcripts import read_transcript
from bot.turns import Turns
from storage.showing import Sent

ROOT: Final = Path(__file__).resolve().parent.parent
ROUNDS: Final = 11
COMPANY: Final = (1, 16)
SEALED: Final = "sealed"
OPEN: Final = "nothing sealed"
TEXT: Final = """## Whole turns, and what sealing costs

A turn of the shipped reflection: read, decided, written and committed, and what went out for the turn before marked (SQLite, synchronous=FULL; no Telegram). `{open}` is the same store with a sealer that gives back what it gets: no keys looked up, no names hashed. The two take every turn one right after the other, by turns first; a round is a whole conversation of {turns} turns each. Microseconds of processor time a turn; a cell gives the middle of {rounds} rounds and, in brackets, the lowest and the highest; what sealing costs is compared within a round. Other work kept the machine busy.

{machine}

{rows}
"""  # noqa: E501 - a paragraph is one line


@dataclass(slots=True)
class Talk:
    """Some people having the same conversation side by side, with one store."""

    turns: Turns
    people: int
    taken: int = 0
    cpu: float = 0.0
    wall: float = 0.0
    sent: list[Sent] = field(default_factory=list)

    def take(self, event: Event, number: int) -> None:
        """Commit this turn of everybody in one transaction, and take the time."""
        cpu, wall = time.process_time(), time.perf_counter()
        arrivals = [
            self.turns.screened(
                Arrival(
                    self.turns.store.name("telegram", str(who)),
                    {"channel": "telegram", "chat": who},
                    event,
                    f"telegram:{number}:{who}",
                )
            )
            for who in range(self.people)
        ]
        outcomes = self.turns.take(arrivals, self.sent)
        self.sent = [Sent(parcel.id) for each in outcomes for parcel in each.parcels]
        self.cpu += time.process_time() - cpu
        self.wall += time.perf_counter() - wall
        self.taken += len(arrivals)
        assert all(each.turn and not each.failed for each in outcomes), "a turn was not taken"


def main() -> None:
    """Measure and write the section of docs/benchmarks.md."""
    pin()
    put("turns", measured(ROUNDS))


def measured(rounds: int, most: int | None = None) -> str:
    """Measure some rounds of the first `most` turns, or of all, and give the section."""
    said, library = conversation()[:most], load_library(ROOT / "dialogues")
    by_turns(library, said, 1)  # what is compiled at its first use
    found: dict[int, list[Mapping[str, Measured]]] = {people: [] for people in COMPANY}
    with tqdm(total=rounds * len(COMPANY), file=sys.stderr, unit="round") as bar:
        for _ in range(rounds):
            for people, all_rounds in found.items():
                all_rounds.append(by_turns(library, said, people))
                bar.update()
    rows = [_row(people, all_rounds) for people, all_rounds in found.items()]
    heads = [
        "turns in a transaction",
        SEALED,
        OPEN,
        "sealing, µs",
        "times",
        "sealed, turns a second",
    ]
    return TEXT.format(
        open=OPEN, rounds=rounds, turns=len(said), machine=machine(), rows=table(heads, rows)
    )


def conversation() -> list[Event]:
    """Give what somebody does who goes through the reflection."""
    chat = (ROOT / "dialogues/transcripts/bullied-at-work-it-is-happening.txt").read_text("utf-8")
    return [Opened(), *map(TextReceived, read_transcript(chat).said)]


def by_turns(library: Library, said: Sequence[Event], people: int) -> Mapping[str, Measured]:
    """Let people have a conversation on both stores, turn by turn."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        sealed, beside = kept_in(Path(one), full=True), kept_in(Path(other), full=True)
        stores = {SEALED: sealed, OPEN: UnsealedStore(beside.engine, beside.keys)}
        talks = {
            name: Talk(Turns(store, library, Clock(), "bench"), people)
            for name, store in stores.items()
        }
        gc.collect()
        for number, event in enumerate(said):
            for talk in list(talks.values())[:: 1 if number % 2 else -1]:
                talk.take(event, number)
        for store in stores.values():
            store.close()
    return {name: Measured(talk.taken, talk.cpu, talk.wall) for name, talk in talks.items()}


def _row(people: int, found: Sequence[Mapping[str, Measured]]) -> list[str]:
    sealed, beside = ([each[name].cpu for each in found] for name in (SEALED, OPEN))
    more = [this - that for this, that in zip(sealed, beside, strict=True)]
    return [
        str(people),
        spread(sealed).written(),
        spread(beside).written(),
        spread(more).written(),
        ratio(sealed, beside).written(2),
        spread([each[SEALED].rate for each in found]).written(),
    ]


if __name__ == "__main__":
    main()
