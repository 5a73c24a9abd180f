"""How good the answers are: `python -m benchmarks.retrieval.evaluate PACKAGE JUDGED SYNONYMS`."""

import argparse
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import mean, quantiles

from benchmarks.retrieval.package import services_of
from benchmarks.retrieval.plain import PlainSearch
from benchmarks.retrieval.scoring import FIRST, Judged, grouped, interval, ndcg, read_judged
from bot.directory.needs import Needs
from bot.directory.search import Index, Wanted
from bot.directory.service import Service
from bot.library import Library, load_library
from bot.safety.notice import notice_or_ask
from bot.settings import HERE

TODAY = date(2026, 1, 1)
MANY = 10_000


@dataclass(frozen=True, slots=True)
class Result:
    """nDCG of each query, and how many have nothing relevant among the first five."""

    values: list[float]
    empty: int

    def line(self, name: str) -> str:
        """Give the row of the table."""
        low, high = interval(self.values)
        middle = mean(self.values)
        return (
            f"| {name} | {middle:.3f} [{low:.3f}, {high:.3f}] | {self.empty}/{len(self.values)} |"
        )


def main() -> None:
    """Print tables; nothing is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("package", "judged", "synonyms"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args()
    services, judged = services_of(asked.package), read_judged(asked.judged)
    group = {each.id: f"{each.organisation}|{each.what}" for each in services}
    table = json.loads(asked.synonyms.read_text(encoding="utf-8"))
    synonyms = {said: words for said, words in table.items() if isinstance(words, list)}
    library = load_library(HERE / "dialogues")
    index = Index.build(services, library.needs)
    once = list({group[each.id]: each for each in reversed(services)}.values())

    def find(text: str) -> list[Service]:
        return [each.service for each in index.find(Wanted(text, TODAY, limit=FIRST))]

    def screened(text: str) -> list[Service]:
        return [] if notice_or_ask(library.families, library.opinion, text) else find(text)

    plain, wide = PlainSearch(once, {}), PlainSearch(once, synonyms)
    results = {
        "BM25": _score(lambda text: plain.find(text, FIRST), judged, group),
        "BM25 with synonyms": _score(lambda text: wide.find(text, FIRST), judged, group),
        "Kith, without needs": _score(_finder(services, Needs()), judged, group),
        "Kith": _score(find, judged, group),
        "Kith, nothing found for a concern": _score(screened, judged, group),
    }
    _print("| ranker | nDCG@5 [95 %] | nothing relevant in five |\n| --- | --- | --- |")
    for name, result in results.items():
        _print(result.line(name))
    pairs = zip(results["Kith"].values, results["BM25 with synonyms"].values, strict=True)
    gains = [ours - theirs for ours, theirs in pairs]
    low, high = interval(gains)
    _print(f"gain over BM25 with synonyms: {mean(gains):+.3f} [{low:+.3f}, {high:+.3f}]")
    _measure(services, library, [each.query for each in judged])


def _finder(services: Sequence[Service], needs: Needs) -> Callable[[str], list[Service]]:
    index = Index.build(services, needs)
    return lambda text: [f.service for f in index.find(Wanted(text, TODAY, limit=FIRST))]


def _score(
    find: Callable[[str], list[Service]], judged: Sequence[Judged], group: dict[str, str]
) -> Result:
    values, empty = [], 0
    for each in judged:
        grades = grouped(each, group)
        found = [group[service.id] for service in find(each.query)]
        values.append(ndcg(found, grades))
        empty += not any(grades.get(one) for one in found)
    return Result(values, empty)


def _measure(services: list[Service], library: Library, texts: list[str]) -> None:
    """Say how long and how much memory it takes, at this size and at 10,000 services."""
    more = [replace(each, source="again") for each in services]
    third = [replace(each, source="once more") for each in services]
    _print("| services | built in s | memory in MB | p50 ms | p95 ms |")
    _print("| --- | --- | --- | --- | --- |")
    for some in (services[:4_000], [*services, *more, *third][:MANY]):
        begun = time.process_time()
        index = Index.build(some, library.needs)
        built = time.process_time() - begun
        spent = []
        for text in texts * 5:
            begun = time.process_time()
            index.find(Wanted(text, TODAY))
            spent.append((time.process_time() - begun) * 1000)
        cuts = quantiles(spent, n=20)
        del index
        tracemalloc.start()
        held = Index.build(some, library.needs)
        size = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
        _print(
            f"| {len(held.services)} | {built:.1f} | {size:.0f} | {cuts[9]:.1f} | {cuts[18]:.1f} |"
        )


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
