"""A script as it is drawn: lanes of blocks, and each block's steps with the one way into them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.engine.joining import SAFETY_READS
from bot.engine.script import PHASES, Phase, Script, Step

SAFE: Final = "it was called safe"
"""What a step that joins the person with the Other asks for, beside the author's own condition."""


@dataclass(frozen=True, slots=True)
class Gate:
    """For whom the steps of a block are; everybody else goes on at `otherwise`.

    `condition` is the author's own text, or none where the steps only `join`.
    """

    condition: str | None
    joins: bool
    otherwise: str

    @property
    def says(self) -> str:
        """The whole condition as it is written at the way in."""
        conditions = [self.condition] if self.condition else []
        return "only if " + " and ".join([*conditions, *([SAFE] if self.joins else [])])


@dataclass(frozen=True, slots=True)
class Block:
    """Steps that stand below each other behind one gate, or a single step that has none."""

    steps: tuple[Step, ...]
    gate: Gate | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One phase with its blocks, in the order of the file."""

    phase: Phase | None
    blocks: tuple[Block, ...]


def lanes_of(script: Script) -> tuple[Lane, ...]:
    """Give the lanes that have steps, in the order of the phases; steps without a phase last."""
    blocks = tuple(_blocks(script))
    every = ((phase, [b for b in blocks if b.steps[0].phase == phase]) for phase in _PHASES)
    return tuple(Lane(phase, tuple(inside)) for phase, inside in every if inside)


_PHASES: Final[tuple[Phase | None, ...]] = (*PHASES, None)


def _blocks(script: Script) -> Iterator[Block]:
    steps = list(script.steps.values())
    run = steps[:1]
    for step in steps[1:]:
        if not _same_gate(script, run, step):
            yield _block(run)
            run = []
        run.append(step)
    if run:
        yield _block(run)


def _block(run: list[Step]) -> Block:
    first, last = run[0], run[-1]
    if not _gated(first):
        return Block(tuple(run), None)
    condition = first.only_if.source if first.only_if else None
    return Block(tuple(run), Gate(condition, first.joins, last.then))


def _gated(step: Step) -> bool:
    return step.only_if is not None or step.joins


def _same_gate(script: Script, run: list[Step], step: Step) -> bool:
    """Say whether whoever passed the gate of `run` comes to `step` without being asked again.

    Not so where an answer on the way could change the condition, or another way leads in.
    """
    first = run[0]
    reads = (first.only_if.reads if first.only_if else frozenset()) | (
        SAFETY_READS if first.joins else frozenset()
    )
    return (
        _gated(first)
        and _condition(first) == _condition(step)
        and first.phase == step.phase
        and not any(each.answer in reads for each in run)
        and not any(_leads(each, step) for each in script.steps.values() if each is not run[-1])
    )


def _leads(one: Step, other: Step) -> bool:
    return any(edge.to == other.id for edge in one.edges)


def _condition(step: Step) -> tuple[str | None, bool]:
    return step.only_if.source if step.only_if else None, step.joins
