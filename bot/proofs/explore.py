"""Every way through a script, told apart by the few answers that matter for what is to be proven.

A place in the exploration is a step with what is known of those answers. Conditions that read
others may go either way, so more ways are looked at than people can take, and never fewer: what
holds of all of them holds of every conversation.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final, NamedTuple

from bot.engine.expression import Expression
from bot.engine.joining import SAFETY_READS, may_join
from bot.engine.scope import GLOBALS
from bot.engine.script import END, Script, Step
from bot.engine.values import SKIPPED, UNASKED
from bot.proofs.outcomes import BOTH, Known, Outcomes
from bot.proofs.possible import Vague, possible_values
from bot.proofs.slicing import Slice

MOST_PLACES: Final = 60_000
Names = frozenset[str]


class Spot(NamedTuple):
    """A step, what is known there (in the order of the names explored), and what was passed.

    A plain tuple: it is looked up a hundred thousand times in one proof.
    """

    step: str
    known: tuple[object, ...]
    passed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Explored:
    """All spots that can be reached. `whole` is false where there were too many to look at all.

    `came` says how each was reached: from where, and by which answer. `shown` holds those whose
    step is really put to somebody, `silent` the moves between spots in which nothing is asked.
    """

    names: tuple[str, ...]
    came: Mapping[Spot, tuple[Spot, str] | None]
    shown: Mapping[str, tuple[Spot, ...]]
    ends: tuple[Spot, ...]
    moves: Mapping[Spot, tuple[Spot, ...]]
    silent: Mapping[Spot, tuple[Spot, ...]]
    whole: bool

    def known(self, spot: Spot) -> dict[str, object]:
        """Give what is known at a spot, by name."""
        return dict(zip(self.names, (thawed(value) for value in spot.known), strict=True))

    def path(self, spot: Spot) -> list[str]:
        """Give the answers that lead to a spot, those that matter only, in order."""
        told: list[str] = []
        here = self.came[spot]
        while here is not None:
            before, said = here
            told += [said] if said else []
            here = self.came[before]
        return told[::-1]


@dataclass(slots=True)
class Model:
    """One script as it is explored; `resting` are its calls that can come back unasked."""

    script: Script
    resting: frozenset[str] = frozenset()
    values: Mapping[str, tuple[object, ...]] = field(init=False)
    names: Names = field(init=False)
    over: Mapping[str, tuple[str, ...]] = field(init=False)
    deciding: dict[str, set[str]] = field(init=False)
    outcomes: Outcomes = field(init=False)
    _explored: dict[tuple[Names, tuple[tuple[str, str], ...], Names], Explored] = field(
        init=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self.values = possible_values(self.script)
        self.outcomes = Outcomes(self.values, frozenset(self.script.inputs))
        answers = [step.answer for step in self.script.steps.values() if step.answer]
        self.names = frozenset({*answers, *self.script.inputs, *GLOBALS})
        steps = self.script.steps.values()
        self.over = {step.id: tuple(self._either_way(step)) for step in steps}
        self.deciding = {}
        for step in steps:
            choices = step.ask.choices if step.ask else ()
            guards = (step.only_if, *(e.when for e in step.edges), *(c.when for c in choices))
            joining = SAFETY_READS if step.joins else frozenset[str]()
            for name in {*reads(*guards), *joining, step.answer or ""}:
                self.deciding.setdefault(name, set()).add(step.id)

    def _either_way(self, step: Step) -> Iterator[str]:
        """Give every step that can follow while nothing is known."""
        yield from self.leads(step, {})
        if False in self.shows(step, {}):
            yield step.then

    def explored(
        self, names: Iterable[str] = (), marks: Mapping[str, str] | None = None
    ) -> Explored:
        """Explore the whole script, telling these answers apart.

        `marks` gives steps a mark that a spot carries once one of them was shown.
        """
        return self._once(names, marks or {}, frozenset({*self.script.steps, END}))

    def explored_for(self, step: Step, names: Iterable[str]) -> Explored:
        """Explore what matters for one step only: where these answers are given or decide."""
        wanted = frozenset(names) & self.names
        kept = frozenset({step.id}).union(*(self.deciding.get(name, ()) for name in wanted))
        return self._once(wanted, {}, kept)

    def _once(self, names: Iterable[str], marks: Mapping[str, str], kept: Names) -> Explored:
        """Explore with these steps kept; steps that read the same answers share what was found."""
        wanted = frozenset(names) & self.names
        key = (wanted, tuple(sorted(marks.items())), kept)
        if key not in self._explored:
            part = Slice(self.over, kept)
            self._explored[key] = _explore(self, tuple(sorted(wanted)), marks, part)
        return self._explored[key]

    def shows(self, step: Step, known: Known) -> frozenset[bool]:
        """Say whether a step can be put to somebody of whom this is known, and can be passed by."""
        shown = self.outcomes.of(step.only_if, known) if step.only_if else frozenset({True})
        if not step.joins:
            return shown
        return frozenset(a and b for a in shown for b in self._joining(known))

    def _joining(self, known: Known) -> frozenset[bool]:
        if not known.keys() >= SAFETY_READS & self.names:
            return BOTH
        return frozenset({may_join(known)})

    def given(self, step: Step, known: Known) -> list[object]:
        """Give what can be answered at a step; nothing is asked where it only calls or says."""
        values = list(self.values.get(step.answer or "", ()))
        if step.ask is None or step.ask.kind not in ("choice", "several"):
            return values
        gone = {
            choice.value
            for choice in step.ask.choices
            if choice.when and True not in self.outcomes.of(choice.when, known)
        }
        return [value for value in values if not _picks(value, gone)]

    def leads(self, step: Step, known: Known) -> list[str]:
        """Give every step that can follow, by the first way that holds."""
        found: list[str] = []
        for edge in step.edges:
            holds = self.outcomes.of(edge.when, known) if edge.when else frozenset({True})
            if True in holds:
                found.append(edge.to)
            if False not in holds:
                break
        return found


def _picks(value: object, gone: set[str]) -> bool:
    return bool(gone & set(value)) if isinstance(value, list) else value in gone


def _explore(
    model: Model, names: tuple[str, ...], marks: Mapping[str, str], part: Slice
) -> Explored:
    first = part.ahead(model.script.first)
    starts = [Spot(step, known) for known in _beginnings(model, names) for step in first]
    came: dict[Spot, tuple[Spot, str] | None] = dict.fromkeys(starts)
    shown: dict[str, list[Spot]] = {}
    ends: dict[Spot, None] = {}
    moves: dict[Spot, tuple[Spot, ...]] = {}
    silent: dict[Spot, tuple[Spot, ...]] = {}
    waiting = deque(starts)
    while waiting and len(came) <= MOST_PLACES:
        spot = waiting.popleft()
        if spot.step == END:
            ends[spot] = None
            continue
        step = model.script.steps[spot.step]
        known = dict(zip(names, (thawed(value) for value in spot.known), strict=True))
        can = model.shows(step, known)
        found: list[tuple[Spot, str, bool]] = []
        if False in can:
            found += [(Spot(to, spot.known, spot.passed), "", True) for to in part.ahead(step.then)]
        if True in can:
            shown.setdefault(step.id, []).append(spot)
            mark = marks.get(step.id)
            passed = spot.passed | {mark} if mark else spot.passed
            moved = _moved(model, step, names, Spot(spot.step, spot.known, passed), known)
            found += [
                (Spot(to, after.known, after.passed), said, quiet)
                for after, said, quiet in moved
                for to in part.ahead(after.step)
            ]
        for to, said, _ in found:
            if to not in came:
                came[to] = (spot, said)
                waiting.append(to)
        moves[spot] = tuple(to for to, _, _ in found)
        silent[spot] = tuple(to for to, _, quiet in found if quiet)
    tupled = {step: tuple(spots) for step, spots in shown.items()}
    return Explored(names, came, tupled, tuple(ends), moves, silent, whole=not waiting)


def _moved(
    model: Model, step: Step, names: tuple[str, ...], spot: Spot, known: Known
) -> Iterator[tuple[Spot, str, bool]]:
    """Give every move from a step that is shown: to where, by which answer, and whether unasked."""
    quiet = step.ask is None and (step.call is None or step.id in model.resting)
    if step.answer not in names:
        for to in model.leads(step, known):
            yield Spot(to, spot.known, spot.passed), "", quiet
        return
    place = names.index(step.answer)
    values = [*model.given(step, known), *([SKIPPED] if step.ask else [])]
    for value in values:
        after = _with(spot.known, place, frozen(value))
        kept = _with(spot.known, place, SKIPPED) if step.keep == "never written" else after
        said = f"{step.answer}: {told(value)}" if step.ask else ""
        for to in model.leads(step, {**known, step.answer: value}):
            yield Spot(to, kept, spot.passed), said, quiet


def _with(known: tuple[object, ...], place: int, value: object) -> tuple[object, ...]:
    return (*known[:place], value, *known[place + 1 :])


def _beginnings(model: Model, names: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    whole = {*model.script.inputs, *GLOBALS}
    pools = [model.values[name] if name in whole else (UNASKED,) for name in names]
    return (tuple(map(frozen, known)) for known in product(*pools))


class Packed(str):
    """A list or a mapping in a form that can be a key: how it reads, as no answer does."""

    __slots__ = ("value",)
    value: object


def frozen(value: object) -> object:
    """Give a value in a form that can be compared and be a key; True is not 1 here."""
    if not isinstance(value, list | dict | bool):
        return value
    packed = Packed(f"\x00{value!r}")
    packed.value = value
    return packed


def thawed(value: object) -> object:
    """Give back what was frozen."""
    return value.value if isinstance(value, Packed) else value


def told(value: object) -> str:
    """Write an answer for an author, as it stands in the script."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return " and ".join(told(each) for each in value)
        case str():
            return "something else" if value.startswith("\x00") else value
        case float() | int():
            return f"{value:g}"
        case Vague() | dict():
            return "given"
        case _ if value is SKIPPED:
            return "skipped"
        case _:
            return "not asked"


def reads(*conditions: Expression | None) -> Names:
    """Give every name that some conditions read."""
    return frozenset().union(*(each.reads for each in conditions if each))
