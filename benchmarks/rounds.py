"""Measuring several things in turn, round after round, on one core, with what they vary by."""

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from tqdm import tqdm

from benchmarks.running import Measured

ROUNDS: Final = 7
Works = Mapping[str, Callable[[], Measured]]


@dataclass(frozen=True, slots=True)
class Spread:
    """What came out of all rounds: the middle, the lowest, the highest."""

    middle: float
    lowest: float
    highest: float

    def written(self, digits: int = 0) -> str:
        """Write it as `middle (lowest to highest)`."""
        cells = (f"{each:,.{digits}f}" for each in (self.middle, self.lowest, self.highest))
        return "{} ({} to {})".format(*cells)


def spread(values: Sequence[float]) -> Spread:
    """Give the middle of some values and how far they lie apart."""
    return Spread(median(values), min(values), max(values))


def ratio(these: Sequence[float], those: Sequence[float]) -> Spread:
    """Give how many times those these are, compared within each round."""
    return spread([this / that for this, that in zip(these, those, strict=True)])


def pin() -> None:
    """Stay on the last core that this process may use, where the system lets one choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def interleaved(works: Works, rounds: int) -> dict[str, list[Measured]]:
    """Do everything once a round, so that what disturbs a round disturbs all of them alike."""
    found: dict[str, list[Measured]] = {name: [] for name in works}
    with tqdm(total=rounds * len(works), file=sys.stderr, unit="run") as bar:
        for number in range(rounds):
            for name, work in works.items():
                bar.set_description(f"round {number + 1}, {name}")
                gc.collect()
                found[name].append(work())
                bar.update()
    return found
