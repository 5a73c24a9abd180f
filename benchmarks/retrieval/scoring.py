"""How good a list of found services is, by the graded answers of one judge."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from random import Random

FIRST = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence and the grade of each relevant service; what is not in it counts nothing."""

    query: str
    grades: Mapping[str, int]


def read_judged(file: Path) -> list[Judged]:
    """Read one JSON object a line, as the retrieval test has them."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [
        Judged(row["query"], {each["service_id"]: each["grade"] for each in row["relevant"]})
        for row in rows
    ]


def grouped(judged: Judged, group: Mapping[str, str]) -> dict[str, int]:
    """Give the grades by group of equal services, the best of each."""
    grades: dict[str, int] = {}
    for each, grade in judged.grades.items():
        key = group.get(each, each)
        grades[key] = max(grade, grades.get(key, 0))
    return grades


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Give nDCG of the first five; the gain is the grade itself, as in the research figures."""
    best = sorted(grades.values(), reverse=True)[:FIRST]
    ideal = _dcg(best)
    return _dcg([grades.get(each, 0) for each in found[:FIRST]]) / ideal if ideal else 0.0


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 2) for rank, gain in enumerate(gains))


def interval(values: Sequence[float], rounds: int = 10_000, seed: int = 6) -> tuple[float, float]:
    """Give the middle 95 % of the means of queries drawn with replacement."""
    chance = Random(seed)
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _ in range(rounds))
    return means[int(rounds * 0.025)], means[int(rounds * 0.975)]
