"""Which services to ring first: what people report, what nobody checked, and what is old."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.directory.service import Service, load
from bot.engine.ages import freshness
from storage.directory import Listed, Report

VERDICTS: Final[Mapping[str, str]] = {
    "closed": "it was closed",
    "wrong_number": "the number was wrong",
    "not_for_me": "it was not for them",
    "it_helped": "it helped",
}
"""What people can report of a service, and how staff read it."""
_TROUBLE: Final = frozenset({"closed", "wrong_number"})


@dataclass(frozen=True, slots=True)
class Stale:
    """A service to look at, and how often people said what of it since it was last checked."""

    service: Service
    said: Mapping[str, int]

    @property
    def troubles(self) -> int:
        """Count the reports that something about it is no longer so."""
        return sum(self.said.get(verdict, 0) for verdict in _TROUBLE)


def stale(listed: Iterable[Listed], reports: Iterable[Report], today: date) -> list[Stale]:
    """Give what wants a call, first what people had trouble with, then the unchecked, the oldest.

    What is fresh and untroubled, closed for good or missing is left out. A check settles what was
    reported up to that day.
    """
    told: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        told.setdefault((report.source, report.id), []).append(report)
    found = []
    for one in listed:
        service = load(one.record)
        if one.missing or not service.active:
            continue
        entry = Stale(service, _since(told.get((one.source, one.id), ()), service.assured))
        if entry.troubles or freshness(service.assured, today) != "fresh":
            found.append(entry)
    return sorted(found, key=_order)


def _since(reports: Iterable[Report], assured: date | None) -> Counter[str]:
    checked = assured.isoformat() if assured else ""
    said: Counter[str] = Counter()
    for report in reports:
        if report.day > checked:
            said[report.verdict] += report.how_many
    return said


def _order(entry: Stale) -> tuple[int, date, str]:
    return (-entry.troubles, entry.service.assured or date.min, entry.service.name.casefold())
