"""The plan of a group: who put themselves down for which step, and who would carry it alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.engine.group import FEWEST
from bot.engine.values import quote
from bot.groups.ground import values_of
from bot.groups.shown import Shown

TOGETHER = "together"
Alone = Literal["", "begins", "waits"]
"""One person alone begins at most one step; each other one waits until somebody comes along."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A step with the names of those who put themselves down for it by name.

    `more` is how many did without a name, and 0 where they are too few to be told. `words` is the
    step as it was chosen; `own` says that those are somebody's own words.
    """

    words: str
    own: bool
    names: tuple[str, ...]
    more: int
    alone: Alone = ""

    @property
    def carried(self) -> bool:
        """Say whether anybody can be told to carry it."""
        return bool(self.names or self.more)

    @property
    def title(self) -> str:
        """Give the step in words; somebody's own are marked as theirs."""
        return quote(self.words) if self.own else self.words


@dataclass(slots=True)
class _Step:
    words: str
    own: bool
    names: Counter[str] = field(default_factory=Counter)
    more: int = 0


def planned(shown: Sequence[Shown], nothing: frozenset[str], least: int) -> tuple[Planned, ...]:
    """Give the steps that anybody put themselves down for, those that most carry first.

    `nothing` are choices that put nobody down. Last come the steps of which nobody can be told.
    """
    steps: dict[str, _Step] = {}
    for each in shown:
        if each.phase == TOGETHER:
            _count(steps, each, nothing)
    fewest = max(least, FEWEST)
    told = [
        Planned(
            each.words,
            each.own,
            tuple(sorted(each.names.elements(), key=str.casefold)),
            each.more if each.more >= fewest else 0,
        )
        for each in steps.values()
    ]
    told.sort(key=lambda each: -len(each.names) - each.more)
    return tuple(_alone(told))


def _count(steps: dict[str, _Step], shown: Shown, nothing: frozenset[str]) -> None:
    names: dict[str, Counter[str]] = {}
    for name, words, value in shown.named:
        for key in _steps_of(steps, shown, words, value, nothing):
            names.setdefault(key, Counter())[name] += 1
    unnamed: Counter[str] = Counter()
    for words, value in shown.unnamed:
        unnamed.update(_steps_of(steps, shown, words, value, nothing))
    for key, step in steps.items():
        # whoever put themselves down in two prompts is one; two of the same name in one are two
        step.names |= names.get(key, Counter())
        step.more = max(step.more, unnamed[key])


def _steps_of(
    steps: dict[str, _Step], shown: Shown, words: str, value: object, nothing: frozenset[str]
) -> Iterator[str]:
    """Give the keys of the steps of one answer, and make those that are new."""
    values = [each for each in values_of(value) if each not in nothing]
    told = values if shown.labels else [words] if values else []
    for each in dict.fromkeys(told):
        key = each if each in shown.labels else " ".join(each.split()).casefold()
        if key and key not in nothing:
            steps.setdefault(key, _Step(shown.labels.get(each, each), own=each not in shown.labels))
            yield key


def _alone(told: Sequence[Planned]) -> Iterator[Planned]:
    begun = False
    for each in told:
        if len(each.names) != 1 or each.more:
            yield each
            continue
        yield Planned(each.words, each.own, each.names, 0, "waits" if begun else "begins")
        begun = True
