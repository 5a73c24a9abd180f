"""What every way must pass: all three parts before suggestions, and an ending that points."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.engine.arms import always_says
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.rounds import JOIN
from bot.engine.script import END, PARTS
from bot.proofs.explore import Explored, Model, Spot, reads
from bot.proofs.findings import unproven, way

SUPPORTS: Final = (
    *("plan", "suggestions", "people", "belongs", "my_map", "contact", "young_lines"),
)
"""Answers that name somebody or somewhere to go."""
POINTING: Final = (
    "person",
    "people",
    "someone",
    "somebody",
    "neighbour",
    "group",
    "library",
    "ring ",
    "999",
)
"""Words that point at somebody where no name can be given: the honest "nobody yet"."""
ENDING: Final = "an ending"
BEGUN: Final = "begun"
"""The mark of a round that somebody takes part in: who doesn't is sent on by `joining`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A way that breaks what was to be proven, by its answers; `sure` where it is a real one."""

    answers: list[str]
    step: str
    sure: bool


def check_parts(model: Model) -> Iterator[Diagnostic]:
    """Find ways to suggestions on which self, other or situation was never asked about.

    Being asked is what counts; people may leave out every question.
    """
    asking = {step.id: step.phase for step in model.script.steps.values() if step.ask}
    suggesting = [step for step in model.script.steps.values() if step.suggest]
    suggests = {END: False, **{step.id: step.suggest for step in model.script.steps.values()}}
    for part in PARTS if suggesting else ():
        marks = {name: part for name, phase in asking.items() if phase == part}
        verdict = _judged(model, marks, lambda spot: suggests[spot.step])
        if verdict is None:
            continue
        where = model.script.steps[verdict.step].source
        what = f"suggestions come only after a question about the {part}"
        if verdict.sure:
            message = (
                f"suggestions come without a question about the {part}, {way(verdict.answers)}"
            )
            fix = f"ask something in the phase '{part}' before, that everybody is asked"
            yield at(where, "part-missing", message, fix)
        else:
            yield unproven(where, what, verdict.answers)


def check_endings(model: Model, called: Collection[str]) -> Iterator[Diagnostic]:
    """Find ways that end without pointing at anybody, and endings that point nowhere."""
    endings = [step for step in model.script.steps.values() if step.ending]
    for step in endings:
        if not any(always_says(text, SUPPORTS, POINTING) for text in step.say):
            message = f"'{step.id}' is an ending, but may name nobody and nowhere to go"
            fix = "print the plan, people or a place on every way, or say honestly: nobody yet"
            yield at(step.spot("say"), "ending-points-nowhere", message, fix)
    if model.script.id in called:
        return
    marks = {step.id: ENDING for step in endings}
    of_a_round = model.script.round is not None
    if of_a_round:
        marks = {name: BEGUN for name in model.script.steps if name != JOIN} | marks
    verdict = _judged(
        model,
        marks,
        lambda spot: spot.step == END and (BEGUN in spot.passed or not of_a_round),
    )
    if verdict is None:
        return
    where = model.script.source
    if verdict.sure or not endings:
        message = f"a way ends without pointing at anybody, {way(verdict.answers)}"
        fix = "let it pass a step with  ending: yes  that names a person, a group or a place"
        yield at(where, "no-pointing-ending", message, fix)
    else:
        yield unproven(where, "every way ends by pointing at somebody", verdict.answers)


def _judged(
    model: Model, marks: Mapping[str, str], arrives: Callable[[Spot], bool]
) -> Verdict | None:
    """Look for a way that arrives without a mark, ever more closely; None where there is none.

    First every condition may go either way; then those are told apart that decide about the marked
    steps; last all of them. A way that is left when all are told apart is real.
    """
    steps = model.script.steps
    marked = [steps[name].only_if for name in marks]
    guards = [edge.when for step in steps.values() for edge in step.edges]
    closest = reads(*guards, *(step.only_if for step in steps.values()))
    rungs = (frozenset[str](), reads(*marked), reads(*marked, *guards), closest)
    verdict: Verdict | None = None
    for names in rungs:
        explored = model.explored(names, marks)
        if not explored.whole:
            break
        spot = _without(explored, arrives)
        if spot is None:
            return None
        verdict = Verdict(explored.path(spot), spot.step, sure=names == closest)
    return verdict


def _without(explored: Explored, arrives: Callable[[Spot], bool]) -> Spot | None:
    return next(
        (spot for spot in explored.came if arrives(spot) and not spot.passed - {BEGUN}), None
    )
