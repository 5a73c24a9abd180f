"""Conditions that say nothing: never true, always true, hidden by another, or too few of them."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.expression import Expression
from bot.engine.script import Step
from bot.engine.values import SKIPPED
from bot.proofs.explore import Explored, Model, reads
from bot.proofs.findings import way

EVER: Final = frozenset({True})
NEVER: Final = frozenset({False})


def check_conditions(model: Model) -> Iterator[Diagnostic]:
    """Find conditions that can be left out, or that leave somebody without a way."""
    for step in model.script.steps.values():
        if step.only_if:
            explored = model.explored_for(step, step.only_if.reads)
            if explored.whole:
                yield from _on_arrival(model, step, step.only_if, explored)
        yield from _choices(model, step)
        if any(edge.when for edge in step.edges):
            yield from _ways(model, step)


def _on_arrival(
    model: Model, step: Step, condition: Expression, explored: Explored
) -> Iterator[Diagnostic]:
    found = _found(
        model.outcomes.of(condition, explored.known(spot))
        for spot in explored.moves
        if spot.step == step.id
    )
    where = step.spot("only if")
    if found == NEVER:
        message = f"nobody ever comes to '{step.id}': '{condition.source}' is never true here"
        yield at(where, "never-true", message, "mend the condition, or take the step away")
    elif found == EVER:
        message = f"'{condition.source}' is always true here"
        yield at(where, "always-true", message, "take  only if:  away")


def _found(outcomes: Iterable[frozenset[bool]]) -> frozenset[bool]:
    return frozenset[bool]().union(*outcomes)


def _choices(model: Model, step: Step) -> Iterator[Diagnostic]:
    if step.ask is None:
        return
    conditional = [choice for choice in step.ask.choices if choice.when]
    names = reads(step.only_if, *(choice.when for choice in conditional))
    if not conditional:
        return
    explored = model.explored_for(step, names)
    spots = explored.shown.get(step.id, ())
    if not explored.whole or not spots:
        return
    for place, choice in enumerate(step.ask.choices):
        if choice.when is None:
            continue
        if _found(model.outcomes.of(choice.when, explored.known(spot)) for spot in spots) == NEVER:
            message = f"'{choice.value}' can never be picked: '{choice.when.source}' is never true"
            where = step.spot("choices", place, "if")
            yield at(where, "never-true", message, "mend the condition, or take the choice away")
    if step.ask.kind not in ("choice", "several", "stones") or step.ask.own_words or step.ask.offer:
        return
    for spot in spots:
        known = explored.known(spot)
        holds = [
            choice.when is None or True in model.outcomes.of(choice.when, known)
            for choice in step.ask.choices
        ]
        if not any(holds):
            message = f"nothing can be picked at '{step.id}' {way(explored.path(spot))}"
            fix = "add a choice without  if:, or  only if:  to the step"
            yield at(step.spot("choices"), "nothing-to-pick", message, fix)
            return


def _ways(model: Model, step: Step) -> Iterator[Diagnostic]:
    names = reads(step.only_if, *(edge.when for edge in step.edges))
    explored = model.explored_for(step, names)
    if not explored.whole:
        return
    taken: set[int] = set()
    stuck: list[str] | None = None
    for spot in explored.shown.get(step.id, ()):
        known = explored.known(spot)
        values = [*model.given(step, known), SKIPPED] if step.answer in explored.names else [None]
        for value in values:
            inside = {**known, step.answer: value} if step.answer and value is not None else known
            ways, falls = _tried(model, step, inside)
            taken |= ways
            if falls and stuck is None:
                stuck = explored.path(spot) + (
                    [f"{step.answer}: skipped"] if value is SKIPPED else []
                )
    if stuck is not None:
        message = f"no way on is left at '{step.id}' {way(stuck)}"
        yield at(step.spot("next"), "no-way-on", message, "end with a  go:  without  if:")
    for place, edge in enumerate(step.edges):
        if place not in taken and explored.shown.get(step.id):
            where = step.spot("next", place)
            if edge.when and _sometimes(model, edge.when):
                message = f"this way to '{edge.to}' is never taken: one above it always holds first"
                yield at(where, "shadowed", message, "put it higher up, or take it away")
            elif edge.when:
                message = (
                    f"this way to '{edge.to}' is never taken: '{edge.when.source}' is never true"
                )
                yield at(where, "never-true", message, "mend the condition, or take the way away")
            else:
                message = f"this way to '{edge.to}' is never taken: one above it always holds"
                yield at(where, "shadowed", message, "take it away")


def _sometimes(model: Model, condition: Expression) -> bool:
    return True in model.outcomes.of(condition, {})


def _tried(model: Model, step: Step, known: dict[str, object]) -> tuple[set[int], bool]:
    """Give the ways that can be taken, and whether all of them may be refused."""
    ways: set[int] = set()
    for place, edge in enumerate(step.edges):
        holds = model.outcomes.of(edge.when, known) if edge.when else EVER
        if True in holds:
            ways.add(place)
        if False not in holds:
            return ways, False
    return ways, True
