"""Lanes folded into columns, so that a picture fits a sheet of paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.drawing.boxes import GAP, WIDE, Box, beginning, stacked
from bot.drawing.lanes import Lane
from bot.engine.script import Script

SHEET: Final = 2**0.5
"""How much wider than high a sheet of paper lies on a table."""
STREET: Final = 64
"""About how wide the space between two columns is."""
SHORT: Final = 900.0
"""A lane of this height is never folded."""
MORE: Final = 1.05
"""How finely heights are tried."""


@dataclass(frozen=True, slots=True)
class Column:
    """Boxes below each other, the first of them at the top; `lane` counts from 0."""

    lane: int
    begins_lane: bool
    boxes: tuple[Box, ...]

    @property
    def high(self) -> float:
        """Give how far down the boxes reach."""
        return max(box.bottom for box in self.boxes)


def columns_of(script: Script, lanes: Sequence[Lane]) -> list[Column]:
    """Stack the blocks of each lane, in as many columns as suit a sheet that lies on its side."""
    stacks = [
        [[beginning()]] * (lane.blocks[0].steps[0].id == script.first)
        + [stacked(script, block) for block in lane.blocks]
        for lane in lanes
    ]
    tallest = max(_height(stack) for stack in stacks)
    limits = [SHORT]
    while limits[-1] < tallest:
        limits.append(limits[-1] * MORE)
    return min((_folded(stacks, limit) for limit in limits), key=_size_of_sheet)


def _size_of_sheet(columns: Sequence[Column]) -> float:
    """Say how wide a sheet that lies on its side has to be for these columns."""
    across = len(columns) * (WIDE + STREET)
    return max(across, max(column.high for column in columns) * SHEET)


def _folded(stacks: Sequence[list[list[Box]]], limit: float) -> list[Column]:
    return [
        Column(lane, number == 0, tuple(_placed(piece)))
        for lane, stack in enumerate(stacks)
        for number, piece in enumerate(_evenly(stack, limit))
    ]


def _evenly(stack: list[list[Box]], limit: float) -> list[list[list[Box]]]:
    """Cut a stack into as few columns as `limit` allows, and make those equally long."""
    wanted = len(_cut(stack, limit))
    height = _height(stack) / wanted
    while len(_cut(stack, height)) > wanted:
        height *= MORE
    return _cut(stack, height)


def _cut(stack: list[list[Box]], limit: float) -> list[list[list[Box]]]:
    """Begin a new column where one would be longer than `limit`, but never under the mark alone."""
    pieces: list[list[list[Box]]] = [[]]
    top = 0.0
    for block in stack:
        begun = pieces[-1] and pieces[-1][-1][0].shape != "begin"
        if begun and top + _bottom(block) > limit:
            pieces.append([])
            top = 0
        pieces[-1].append(block)
        top += _bottom(block) + GAP
    return pieces


def _height(stack: list[list[Box]]) -> float:
    return sum(_bottom(block) + GAP for block in stack)


def _bottom(block: Sequence[Box]) -> float:
    return max(box.bottom for box in block)


def _placed(blocks: Sequence[Sequence[Box]]) -> list[Box]:
    boxes: list[Box] = []
    top = 0.0
    for block in blocks:
        boxes += [box.moved(0, top) for box in block]
        top += _bottom(block) + GAP
    return boxes
