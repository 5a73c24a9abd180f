"""How long a whole committed turn of the shipped reflection takes, alone and in company."""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bot.clock import Clock
from bot.engine.events import Event, Opened, TextReceived
from bot.library import load_library
from bot.transcripts import read_transcript
from bot.turns import Arrival, Turns
from tests.databases import opened_store

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
COMPANY = (1, 16)


def main() -> None:
    """Measure and print a table in Markdown."""
    library = load_library(ROOT / "dialogues")
    chat = (ROOT / "dialogues/transcripts/bullied-at-work-it-is-happening.txt").read_text("utf-8")
    events = [Opened(), *map(TextReceived, read_transcript(chat).said)]
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, SQLite with synchronous=FULL\n")
    print("| people at once | turns a second, median | lowest | highest | ms a turn |")
    print("|---|---|---|---|---|")
    for people in COMPANY:
        rates = []
        for number in range(ROUNDS):
            sys.stderr.write(f"\r{people} at once, round {number + 1} of {ROUNDS} ")
            with tempfile.TemporaryDirectory() as folder:
                store = opened_store(f"sqlite:///{folder}/kith.db")
                rates.append(turns_a_second(Turns(store, library, Clock()), events, people))
                store.close()
        middle = median(rates)
        row = [str(people), *(f"{rate:.0f}" for rate in (middle, min(rates), max(rates)))]
        print(f"| {' | '.join(row)} | {1000 / middle:.2f} |")
    sys.stderr.write("\n")


def turns_a_second(turns: Turns, events: Sequence[Event], people: int) -> float:
    """Let some people have the same conversation side by side, one transaction for each round."""
    began = time.perf_counter()
    for number, event in enumerate(events):
        turns.take(
            [
                turns.screened(Arrival(f"p{who}", {"chat": who}, event, f"{who}:{number}"))
                for who in range(people)
            ]
        )
    return len(events) * people / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
