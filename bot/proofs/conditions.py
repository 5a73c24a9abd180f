"""Conditions that say nothing: never true, always true, hidden by another, or too few of them."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.joining import SAFETY_READS
from bot.engine.script import Step
from bot.engine.values import SKIPPED
from bot.proofs.explore import Model, reads, told
from bot.proofs.findings import way

EVER: Final = frozenset({True})
NEVER: Final = frozenset({False})


def check_conditions(model: Model) -> Iterator[Diagnostic]:
    """Find conditions that can be left out, or that leave somebody without a way."""
    for step in model.script.steps.values():
        if step.only_if or step.joins:
            yield from _on_arrival(model, step)
        yield from _choices(model, step)
        if any(edge.when for edge in step.edges):
            yield from _ways(model, step)


def _on_arrival(model: Model, step: Step) -> Iterator[Diagnostic]:
    names = reads(step.only_if) | (SAFETY_READS if step.joins else frozenset())
    explored = model.explored_for(step, names)
    if not explored.whole:
        return
    found = _found(
        model.shows(step, explored.known(spot)) for spot in explored.moves if spot.step == step.id
    )
    condition = step.only_if.source if step.only_if else ""
    if found == NEVER and condition:
        message = f"nobody ever comes to '{step.id}': '{condition}' is never true here"
        fix = "mend the condition, or take the step away"
        yield at(step.spot("only if"), "never-true", message, fix)
    elif found == EVER and not step.joins:
        message = f"'{condition}' is always true here"
        yield at(step.spot("only if"), "always-true", message, "take  only if:  away")


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
    if step.ask.kind not in ("choice", "several", "stones") or step.ask.own_words:
        return  # a list that choices are offered from may be empty, so it counts for nothing
    if any(choice.when is None for choice in step.ask.choices):
        return
    conditions = [choice.when for choice in step.ask.choices if choice.when]
    for spot in spots:
        if model.outcomes.may_all_fail(conditions, explored.known(spot)):
            message = f"nothing can be picked at '{step.id}' {way(explored.path(spot))}"
            fix = "add a choice without  if:, or  only if:  to the step"
            yield at(step.spot("choices"), "nothing-to-pick", message, fix)
            return


def _ways(model: Model, step: Step) -> Iterator[Diagnostic]:
    names = reads(step.only_if, *(edge.when for edge in step.edges))
    explored = model.explored_for(step, names)
    spots = explored.shown.get(step.id, ())
    if not explored.whole or not spots:
        return
    taken: set[int] = set()
    held: set[int] = set()
    stuck: list[str] | None = None
    for spot in spots:
        for said, known in _answered(model, step, explored.known(spot)):
            ways, falls = _tried(model, step, known)
            taken |= ways
            held |= {
                place
                for place, edge in enumerate(step.edges)
                if edge.when is None or True in model.outcomes.of(edge.when, known)
            }
            if falls and stuck is None:
                stuck = [*explored.path(spot), *said]
    if stuck is not None:
        message = f"no way on is left at '{step.id}' {way(stuck)}"
        yield at(step.spot("next"), "no-way-on", message, "end with a  go:  without  if:")
    for place, edge in enumerate(step.edges):
        if place in taken:
            continue
        where = step.spot("next", place)
        if place in held:
            message = f"this way to '{edge.to}' is never taken: one above it always holds first"
            yield at(where, "shadowed", message, "put it higher up, or take it away")
        else:
            condition = edge.when.source if edge.when else ""
            message = f"this way to '{edge.to}' is never taken: '{condition}' is never true here"
            yield at(where, "never-true", message, "mend the condition, or take the way away")


def _answered(
    model: Model, step: Step, known: dict[str, object]
) -> Iterator[tuple[list[str], dict[str, object]]]:
    """Give what is known after each answer to a step, where that answer is among what is known."""
    if step.answer not in known:
        yield [], known
        return
    for value in [*model.given(step, known), *([SKIPPED] if step.ask else [])]:
        yield [f"{step.answer}: {told(value)}"], {**known, step.answer: value}


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
