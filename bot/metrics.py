"""What a process counts while it serves. No label tells anything about a person or a text."""

from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest

from bot.logs.faults import OTHER, known_name

BATCHES = (1, 2, 4, 8, 16, 32, 64)
SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)

UPDATES: Final = ("taken", "repeated", "failed", "unreadable", "ignored", "refused")
SENDS: Final = ("sent", "refused", "blocked", "flood", "trouble")


class Tally:
    """A counter with one label, whose values are a closed set: anything else counts as `other`."""

    def __init__(self, counter: Counter, closed: Callable[[str], str]) -> None:
        self._counter = counter
        self._closed = closed

    def labels(self, value: str) -> Counter:
        """Give what counts this value."""
        return self._counter.labels(self._closed(value))


class Metrics:
    """Counters of one process, in Prometheus' words."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = self._by_outcome("kith_updates", "updates by what became of them", UPDATES)
        failed = ("kith_failed_turns", "turns that failed, by the type of their fault", ["code"])
        self.failures = Tally(Counter(*failed, registry=self.registry), known_name)
        self.unnoticed = Counter(
            "kith_unnoticed_texts",
            "texts that were not read in time or at all, and were answered with the help line",
            registry=self.registry,
        )
        self.sends = self._by_outcome("kith_sends", "messages by what became of them", SENDS)
        self.turns = Histogram(
            "kith_turns_per_commit",
            "turns that shared a commit",
            buckets=BATCHES,
            registry=self.registry,
        )
        self.commits = Histogram(
            "kith_commit_seconds",
            "time from the beginning of a transaction to its commit",
            buckets=SECONDS,
            registry=self.registry,
        )

    def _by_outcome(self, name: str, meaning: str, outcomes: tuple[str, ...]) -> Tally:
        meaning = f"{meaning}: {', '.join(outcomes)}"
        counter = Counter(name, meaning, ["outcome"], registry=self.registry)
        return Tally(counter, lambda said: said if said in outcomes else OTHER)

    def written(self) -> bytes:
        """Give all of them as Prometheus reads them."""
        return generate_latest(self.registry)
