"""Many walks through a dialogue, and what they find, told so that it can be repeated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.library import Library
from bot.rehearsing.findings import Finding, Stuck
from bot.rehearsing.walkers import Walker


@dataclass(slots=True)
class Walks:
    """What many people found: each finding once, with how many met it.

    `untaken` counts the people whose given answer was not taken, by the key of the answer.
    """

    people: int = 0
    found: dict[object, Finding] = field(default_factory=dict)
    met: dict[object, int] = field(default_factory=dict)
    untaken: dict[str, int] = field(default_factory=dict)


def walk_all(library: Library, seeds: Iterable[int], given: Mapping[str, str]) -> Walks:
    """Let one person walk for each seed."""
    walks = Walks()
    for seed in seeds:
        walker = Walker(library, seed, given)
        finding = found_by(walker)
        walks.people += 1
        for key in walker.untaken:
            walks.untaken[key] = walks.untaken.get(key, 0) + 1
        if finding:
            walks.found.setdefault(finding.same, finding)
            walks.met[finding.same] = walks.met.get(finding.same, 0) + 1
    return walks


def found_by(walker: Walker) -> Finding | None:
    """Walk, and give what is wrong, with all that was done on the way."""
    try:
        walker.walk()
    except Stuck as stuck:
        answers, trail = tuple(walker.answered.items()), tuple(walker.trail)
        return Finding(stuck.kind, stuck.what, stuck.place, walker.seed, answers, trail)
    return None


def shortened(library: Library, finding: Finding) -> Finding:
    """Leave out every answer that isn't needed to come to the same finding, all at best.

    Where it needs more than answers (going back, changing one), the trail stays.
    """
    if not _leads_there(library, finding, dict(finding.answers)):
        return finding
    needed = dict(finding.answers)
    for key in reversed(dict(needed)):
        fewer = {name: value for name, value in needed.items() if name != key}
        if _leads_there(library, finding, fewer):
            needed = fewer
    return replace(finding, answers=tuple(needed.items()), trail=())


def _leads_there(library: Library, finding: Finding, given: Mapping[str, str]) -> bool:
    again = found_by(Walker(library, finding.seed, given, plain=True))
    return again is not None and again.same == finding.same
