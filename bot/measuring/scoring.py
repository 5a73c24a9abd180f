"""What became of labelled texts: counts for each class, and the time a message took."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

from bot.measuring.labelled import Row
from bot.safety.concern import Concern

Notice = Callable[[str], Concern | None]
_95_PERCENT: Final = 1.959964


@dataclass(slots=True)
class Tally:
    """Of texts alike: how many there are, and what was noticed in them."""

    rows: int = 0
    explicit: int = 0
    unclear: int = 0
    right_class: int = 0
    plain: int = 0
    plain_missed: int = 0

    @property
    def noticed(self) -> int:
        """How many led to help or to a question."""
        return self.explicit + self.unclear


@dataclass(slots=True)
class Score:
    """The tallies by class (None: no crisis), and the seconds of each message, shortest first."""

    tallies: dict[str | None, Tally] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    """Which rule fired how often where there was no crisis; a name of a rule holds no text."""


def score(notice: Notice, rows: Iterable[Row]) -> Score:
    """Let every text be noticed, and count; the texts are not kept."""
    found = Score()
    for row in rows:
        began = time.perf_counter()
        concern = notice(row.text)
        found.seconds.append(time.perf_counter() - began)
        tally = found.tallies.setdefault(row.kind, Tally())
        tally.rows += 1
        tally.plain += row.plain
        if concern is None:
            tally.plain_missed += row.plain
            continue
        tally.explicit += concern.tier == "explicit"
        tally.unclear += concern.tier == "unclear"
        tally.right_class += concern.kind == row.kind
        if row.kind is None:
            found.rules[concern.rule] += 1
    found.seconds.sort()
    return found


def together(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    sum_of = Tally()
    for each in tallies:
        sum_of.rows += each.rows
        sum_of.explicit += each.explicit
        sum_of.unclear += each.unclear
        sum_of.right_class += each.right_class
        sum_of.plain += each.plain
        sum_of.plain_missed += each.plain_missed
    return sum_of


def wilson(hits: int, rows: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927), which holds for small numbers too."""
    if not rows:
        return 0.0, 1.0
    share, square = hits / rows, _95_PERCENT**2
    middle = share + square / (2 * rows)
    spread = _95_PERCENT * sqrt(share * (1 - share) / rows + square / (4 * rows * rows))
    whole = 1 + square / rows
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def percentile(ordered: list[float], share: float) -> float:
    """Give the value that this share of the values does not exceed (nearest rank)."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
