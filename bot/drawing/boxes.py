"""The boxes of one block, stacked below each other: sizes come from the texts in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.drawing.lanes import Block, Gate, Lane
from bot.drawing.measure import CODE, HEADING, NAME, SMALL, STRONG, TEXT, Font, width, wrap
from bot.drawing.wording import (
    BEGINS,
    PHASE_NAMES,
    first_words,
    kind,
    marks,
    otherwise,
    phase_word,
    way,
    whereto,
)
from bot.engine.script import END, Edge, Script, Step

WIDE: Final = 244
"""The width of a column of boxes in pixels."""
INSET: Final = 8
GAP: Final = 24
INNER_GAP: Final = 18
PAD: Final = 9
LEADING: Final = 4
THEN: Final = 64
"""The width of the cell through which the way goes on that a gate lets through."""

Shape = Literal[
    "band", "phase", "begin", "frame", "gate", "otherwise", "then",
    "step", "call", "way", "end", "meaning",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; x and y are where it begins on its base line, within its box."""

    text: str
    x: float
    y: float
    font: Font

    @property
    def wide(self) -> float:
        """Give the width that it will not go beyond."""
        return width(self.text, self.font)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with lines of text. `title` holds in full what may be shortened in them."""

    key: str
    shape: Shape
    x: float
    y: float
    wide: float
    high: float
    words: tuple[Words, ...] = ()
    title: str = ""

    @property
    def bottom(self) -> float:
        """Give where the box ends."""
        return self.y + self.high

    @property
    def right(self) -> float:
        """Give where the box ends to the right."""
        return self.x + self.wide

    def moved(self, x: float, y: float) -> "Box":
        """Give the same box further right and down."""
        return replace(self, x=self.x + x, y=self.y + y)


def heading(lane: Lane) -> Box:
    """Write the name of a lane, and the word that authors write for it."""
    name = PHASE_NAMES[lane.phase]
    room = WIDE - 2 * PAD
    words = _written(name, room, HEADING, most=2)
    words += _written(phase_word(lane.phase), room, SMALL, most=1, below=words)
    return _filled(f"phase {lane.phase}", "phase", WIDE, words)


def beginning() -> Box:
    """Mark where the dialogue begins."""
    words = _written(BEGINS, WIDE, STRONG, most=1)
    wide = words[0].wide + 2 * PAD
    return _filled("begin", "begin", wide, words).moved((WIDE - wide) / 2, 0)


def stacked(script: Script, block: Block) -> list[Box]:
    """Give the boxes of a block, from its top left corner, the frame around a gated one first."""
    inset = INSET if block.gate else 0
    boxes = list(_gate(script, block.steps[0], block.gate)) if block.gate else []
    top = boxes[-1].bottom + INNER_GAP if boxes else 0.0
    for step in block.steps:
        box = _step(step, WIDE - 2 * inset).moved(inset, top)
        boxes.append(box)
        for number, edge in enumerate(named_ways(step)):
            row = _way(script, step, edge, number, WIDE - 2 * inset)
            boxes.append(row.moved(inset, boxes[-1].bottom))
        top = boxes[-1].bottom + INNER_GAP
    if block.gate is None:
        return boxes
    high = boxes[-1].bottom + INSET
    return [Box(f"frame {block.steps[0].id}", "frame", 0, 0, WIDE, high), *boxes]


def named_ways(step: Step) -> Sequence[Edge]:
    """Give the ways on that are written out: all but the plain way to the step below."""
    plainly = len(step.edges) == 1 and step.edges[0].to == step.then != END
    return () if plainly else step.edges


def _gate(script: Script, step: Step, gate: Gate) -> Iterator[Box]:
    words = _written(gate.says, WIDE - 2 * PAD, CODE, most=4)
    top = _filled(f"gate {step.id}", "gate", WIDE, words, gate.says)
    yield top
    text = otherwise(script, gate.otherwise)
    words = _written(text, WIDE - THEN - 2 * PAD, SMALL, most=2)
    shape: Shape = "end" if gate.otherwise == END else "otherwise"
    past = _filled(f"otherwise {step.id}", shape, WIDE - THEN, words, text).moved(0, top.high)
    yield past
    word = Words("then", 0, past.words[0].y, SMALL)
    word = replace(word, x=(THEN - word.wide) / 2)
    yield Box(f"then {step.id}", "then", past.right, past.y, THEN, past.high, (word,), gate.says)


def _step(step: Step, wide: float) -> Box:
    room = wide - 2 * PAD
    words = _written(step.id, room, NAME, most=2)
    words = _beside(words, kind(step), wide, SMALL)
    if said := first_words(step):
        words += _written(said, room, TEXT, most=3, below=words)
    for mark in marks(step):
        words += _written(f"• {mark}", room, STRONG, most=2, below=words)
    title = "\n".join([f"{step.id}: {kind(step)}", *(t.source for t in step.say), *marks(step)])
    return _filled(f"step {step.id}", "call" if step.call else "step", wide, words, title)


def _way(script: Script, step: Step, edge: Edge, number: int, wide: float) -> Box:
    room = wide - 2 * PAD
    if edge.when:
        words = _written(f"if {edge.when.source}", room, CODE, most=3)
        words = _beside(words, whereto(script, edge.to), wide, STRONG)
    else:
        words = _written(way(script, step, edge), room, STRONG, most=2)
    shape: Shape = "end" if edge.to == END else "way"
    title = way(script, step, edge)
    return _filled(f"way {number} {step.id}", shape, wide, words, title)


def _beside(words: list[Words], text: str, wide: float, font: Font) -> list[Words]:
    """Put a short text at the right end of the last line, or below where there is no room."""
    last = words[-1]
    added = Words(text, 0, last.y, font)
    if last.x + last.wide + added.wide + 2 * PAD <= wide:
        return [*words, replace(added, x=wide - PAD - added.wide)]
    return [*words, *_written(text, wide - 2 * PAD, font, most=2, below=words)]


def _written(
    text: str, room: float, font: Font, *, most: int, below: Sequence[Words] = ()
) -> list[Words]:
    start = max((each.y for each in below), default=PAD // 2)
    return [
        Words(line, PAD, start + (font.size + LEADING) * (place + 1), font)
        for place, line in enumerate(wrap(text, room, font, most=most))
    ]


def _filled(key: str, shape: Shape, wide: float, words: Sequence[Words], title: str = "") -> Box:
    high = max(each.y for each in words) + PAD
    return Box(key, shape, 0, 0, wide, high, tuple(words), title)
