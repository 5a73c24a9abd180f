"""What a process counts while it serves. No label tells anything about a person or a text."""

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest

BATCHES = (1, 2, 4, 8, 16, 32, 64)
SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


class Metrics:
    """Counters of one process, in Prometheus' words."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "kith_updates",
            "updates by what became of them: taken, repeated, failed, unreadable, ignored, refused",
            ["outcome"],
            registry=self.registry,
        )
        self.failures = Counter(
            "kith_failed_turns",
            "turns that failed, by the code of their fault",
            ["code"],
            registry=self.registry,
        )
        self.unnoticed = Counter(
            "kith_unnoticed_texts",
            "texts that were not read in time or at all, and were answered with the help line",
            registry=self.registry,
        )
        self.sends = Counter(
            "kith_sends",
            "messages by what became of them: sent, refused, blocked, flood, trouble",
            ["outcome"],
            registry=self.registry,
        )
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

    def written(self) -> bytes:
        """Give all of them as Prometheus reads them."""
        return generate_latest(self.registry)
