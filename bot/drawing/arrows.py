"""Every arrow of a picture: which box it leaves, and which it leads to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.drawing.boxes import named_ways
from bot.drawing.lanes import Lane
from bot.engine.script import END, Script


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one box to another by their keys; the way past a step is dotted."""

    source: str
    target: str
    dotted: bool = False


def arrows_of(script: Script, lanes: Sequence[Lane]) -> list[Arrow]:
    """Give every way that a person can go, ways to the end aside: those boxes say so themselves."""
    gated = {block.steps[0].id for lane in lanes for block in lane.blocks if block.gate}
    return list(_arrows(script, lanes, gated))


def _arrows(script: Script, lanes: Sequence[Lane], gated: set[str]) -> Iterator[Arrow]:
    def entry(step: str) -> str:
        return f"gate {step}" if step in gated else f"step {step}"

    yield Arrow("begin", entry(script.first))
    for block in (block for lane in lanes for block in lane.blocks):
        first = block.steps[0].id
        if block.gate:
            yield Arrow(f"then {first}", f"step {first}")
        if block.gate and block.gate.otherwise != END:
            yield Arrow(f"otherwise {first}", entry(block.gate.otherwise), dotted=True)
        for step in block.steps:
            named = named_ways(step)
            for number, edge in enumerate(named):
                if edge.to != END:
                    yield Arrow(f"way {number} {step.id}", entry(edge.to))
            if not named:
                yield Arrow(f"step {step.id}", entry(step.then))
