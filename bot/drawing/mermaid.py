"""A script as Mermaid, the text that many wikis and GitHub show as a picture."""

import re
from collections.abc import Iterator
from typing import Final

from bot.drawing.lanes import Block, Lane, lanes_of
from bot.drawing.wording import (
    BEGINS,
    PHASE_NAMES,
    first_words,
    kind,
    leaving,
    marks,
    phase_word,
)
from bot.engine.script import END, Script, Step

FEW: Final = 90
"""How many letters of what a step says are shown."""
_SPECIAL: Final = re.compile(r"[^\w ,.:?!/'()\u2039\u203a=…-]|:(?=\S)")


def mermaid(script: Script) -> str:
    """Write a script as a Mermaid flowchart: a subgraph a phase, conditions in full on arrows."""
    lanes = lanes_of(script)
    names = {step: f"s{number}" for number, step in enumerate(script.steps)}
    gated = {block.steps[0].id for lane in lanes for block in lane.blocks if block.gate}

    def entry(step: str) -> str:
        if step == END:
            return "ends"
        return f"for_{names[step]}" if step in gated else names[step]

    lines = ["flowchart TD", f"  begins([{quoted(BEGINS)}]) --> {entry(script.first)}"]
    for number, lane in enumerate(lanes):
        lines += _lane(lane, number, names)
    lines.append(f"  ends([{quoted(leaving(script))}])")
    for block in (block for lane in lanes for block in lane.blocks):
        first = names[block.steps[0].id]
        if block.gate:
            lines.append(f"  for_{first} -->|{quoted(block.gate.says)}| {first}")
            past = entry(block.gate.otherwise)
            lines.append(f"  for_{first} -.->|{quoted('otherwise')}| {past}")
        for step in block.steps:
            for edge in step.edges:
                when = f"if {edge.when.source}" if edge.when else ""
                on = when or ("else" if len(step.edges) > 1 else "")
                label = f"|{quoted(on)}|" if on else ""
                lines.append(f"  {names[step.id]} -->{label} {entry(edge.to)}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Put a label in quotation marks, with whatever Mermaid could take for its own spelt out."""
    flat = " ".join(text.split())
    return '"' + _SPECIAL.sub(lambda found: f"#{ord(found[0])};", flat) + '"'


def _lane(lane: Lane, number: int, names: dict[str, str]) -> Iterator[str]:
    title = f"{PHASE_NAMES[lane.phase]} ({phase_word(lane.phase)})"
    yield f"  subgraph phase{number}[{quoted(title)}]"
    for block in lane.blocks:
        yield from _block(block, names)
    yield "  end"


def _block(block: Block, names: dict[str, str]) -> Iterator[str]:
    if block.gate:
        yield f"    for_{names[block.steps[0].id]}{{{quoted('for whom?')}}}"
    for step in block.steps:
        before, after = ("[[", "]]") if step.call else ("[", "]")
        yield f"    {names[step.id]}{before}{_label(step)}{after}"


def _label(step: Step) -> str:
    words = first_words(step)
    shown = words if len(words) <= FEW else words[:FEW].rpartition(" ")[0] + "…"
    rows = [f"{step.id} ({kind(step)})", shown, *marks(step)]
    return '"' + "<br/>".join(quoted(row)[1:-1] for row in rows if row) + '"'
