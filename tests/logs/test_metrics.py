"""What is counted singles out nobody: every label takes its values from a closed set."""

from prometheus_client import Counter

from bot.logs.faults import OTHER
from bot.metrics import SENDS, UPDATES, Metrics
from tests.logs.test_allowed import CHAT, PERSON, TEXT, TOKEN

CLOSED = {"kith_updates": set(UPDATES), "kith_sends": set(SENDS), "kith_failed_turns": {"KeyError"}}


def labels(metrics: Metrics) -> dict[str, set[str]]:
    """Give each metric with a label of its own, and the values that it has."""
    found: dict[str, set[str]] = {}
    for family in metrics.registry.collect():
        for sample in family.samples:
            for name, value in sample.labels.items():
                if name != "le":
                    found.setdefault(family.name, set()).add(value)
    return found


def test_no_label_takes_a_value_that_could_be_a_persons() -> None:
    """A text, a chat, a person or a token counts as `other`, whichever label it is given to."""
    metrics = Metrics()
    tallies = {each: getattr(metrics, each) for each in ("updates", "sends", "failures")}
    for tally in tallies.values():
        for value in (TEXT, str(CHAT), PERSON, TOKEN, "Rosemary", "rosemary", ""):
            tally.labels(value).inc()
    assert labels(metrics) == {name: {OTHER} for name in CLOSED}
    for mark in ("osemary", str(CHAT), "telegram:", "42:"):
        assert mark not in metrics.written().decode()


def test_what_is_counted_by_name_keeps_its_name() -> None:
    """Each word of a closed set is its own value; a fault is called by its type."""
    metrics = Metrics()
    for each in UPDATES:
        metrics.updates.labels(each).inc()
    for each in SENDS:
        metrics.sends.labels(each).inc()
    metrics.failures.labels("KeyError").inc()
    assert labels(metrics) == CLOSED


def test_there_is_no_other_label() -> None:
    """A new metric with a label has to join the ones above, or this fails."""
    metrics = Metrics()
    with_label = {
        family.name
        for family in metrics.registry.collect()
        if not family.samples  # a counter without a label has a sample from the beginning
    }
    assert with_label == set(CLOSED)
    bare = [value for value in vars(metrics).values() if isinstance(value, Counter)]
    assert [each._labelnames for each in bare] == [()] * len(bare)
