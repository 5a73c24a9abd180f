"""How well is noticed what should be: `python -m benchmarks.noticing.evaluate`. Never a text."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Final

from tqdm import tqdm

from benchmarks.noticing.rows import (
    BESIDE,
    HERE,
    SEED,
    Row,
    RowsMissing,
    read_rows,
    shipped_families,
)
from bot.measuring.scoring import wilson
from bot.opinion import load_opinion
from bot.safety.concern import CLASSES, Concern
from bot.safety.notice import notice, notice_or_ask
from bot.safety.second_opinion import second_opinion

Reader = Callable[[str], Concern | None]
LONG: Final = 12
"""So many ordinary messages make one long text."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one reader made of the texts; counts and seconds only."""

    name: str
    noticed: Counter[str]
    of: Counter[str]
    right_kind: int
    alarms: Counter[str]
    ordinary: int
    hard: int
    seconds: list[float]

    def row(self) -> str:
        """Give the line of the table."""
        found, of = sum(self.noticed.values()), sum(self.of.values())
        classes = " | ".join(f"{self.noticed[kind]}/{self.of[kind]}" for kind in CLASSES)
        either = self.alarms.total()
        return (
            f"| {self.name} | {classes} | {found}/{of} = {share(found, of)} "
            f"| {per_thousand(self.alarms['explicit'], self.ordinary)} "
            f"| {per_thousand(either, self.ordinary)} | {self.hard} |"
        )

    def speed(self) -> str:
        """Give how long a message takes, in milliseconds."""
        cuts = quantiles(self.seconds, n=100)
        middle, most, nearly = (1000 * cuts[place] for place in (49, 94, 98))
        return f"| {self.name} | {middle:.2f} | {most:.2f} | {nearly:.2f} |"


def share(found: int, of: int) -> str:
    """Write a share with its interval."""
    low, high = wilson(found, of)
    return f"{found / of:.3f} ({low:.3f} to {high:.3f})"


def per_thousand(found: int, of: int) -> str:
    """Write a rate in 1,000 with its interval."""
    low, high = wilson(found, of)
    return f"{1000 * found / of:.1f} ({1000 * low:.1f} to {1000 * high:.1f})"


def keyword(phrases: Sequence[str], text: str) -> Concern | None:
    """Notice a text as a list of phrases would."""
    small = text.casefold().replace("\u2019", "'")
    found = any(phrase in small for phrase in phrases)
    return Concern("suicide", "explicit", "keyword", "me") if found else None


def measured(name: str, reader: Reader, gold: Sequence[Row], ordinary: Sequence[Row]) -> Result:
    """Let a reader read everything, and count."""
    noticed, of, alarms = Counter[str](), Counter[str](), Counter[str]()
    right, hard = 0, 0
    for row in tqdm(gold, desc=name, leave=False):
        concern = reader(row.text)
        of[row.kind] += bool(row.kind)
        noticed[row.kind] += bool(row.kind and concern)
        right += bool(concern and concern.kind == row.kind)
        hard += bool(concern and not row.kind)
    seconds = []
    for row in tqdm(ordinary, desc=name, leave=False):
        began = time.perf_counter()
        concern = reader(row.text)
        seconds.append(time.perf_counter() - began)
        if concern:
            alarms[concern.tier] += 1
    return Result(name, noticed, +of, right, alarms, len(ordinary), hard, seconds)


def long_texts(reader: Reader, gold: Sequence[Row], ordinary: Sequence[Row]) -> str:
    """Hide each crisis among ordinary messages, and say how many are still noticed."""
    chance = Random(SEED)
    calm = [row.text for row in ordinary if reader(row.text) is None]
    crisis = [row.text for row in gold if row.kind and reader(row.text)]
    filled = [chance.sample(calm, LONG) for _ in crisis]
    alone = sum(reader(". ".join(texts)) is not None for texts in filled)
    hidden = 0
    for text, texts in zip(crisis, filled, strict=True):
        at = chance.randrange(LONG)
        hidden += reader(". ".join([*texts[:at], text, *texts[at:]])) is not None
    return (
        f"Of {len(crisis)} noticed alone, {hidden} are noticed among {LONG} ordinary messages in "
        f"one text; {alone} of {len(filled)} such texts without them raise a question."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; exit code 2 where the texts are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=BESIDE, help="the folder with labelled texts")
    asked = parser.parse_args(arguments)
    try:
        gold = read_rows(asked.data, "gold_dev.csv")
        ordinary = read_rows(asked.data, "ordinary_dev.csv")
    except RowsMissing as missing:
        sys.stderr.write(f"evaluate: {missing} -> give their folder with --data\n")
        return 2
    families, opinion = shipped_families(), load_opinion()
    listed = (HERE / "keywords.txt").read_text(encoding="utf-8").splitlines()
    phrases = [line for line in listed if line and not line.startswith("#")]
    readers: dict[str, Reader] = {
        f"{len(phrases)} keywords": partial(keyword, phrases),
        "rules": partial(notice, families),
        "second opinion": partial(second_opinion, opinion),
        "both": partial(notice_or_ask, families, opinion),
    }
    results = [measured(name, reader, gold, ordinary) for name, reader in readers.items()]
    calm = sum(not row.kind for row in gold)
    print(
        f"| reader | {' | '.join(CLASSES)} | recall, either tier | explicit in 1,000 ordinary "
        f"| either in 1,000 ordinary | of {calm} hard ones |"
    )
    print("|---" * (5 + len(CLASSES)) + "|")
    for result in results:
        print(result.row())
    print("\n| reader | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|")
    for result in results:
        print(result.speed())
    print()
    for result in results[1:]:
        print(
            f"{result.name}: {result.right_kind} of {result.noticed.total()} with the right class."
        )
    print(long_texts(readers["both"], gold, ordinary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
