"""Even with the exact numbers behind what is told, nothing follows for a few, by any subtraction.

This is worked out another way than the program does: by the equations that the numbers are. What
follows for some people is a sum of told numbers, added and taken away, that counts each of them
once and nobody else.
"""

import os
from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.totals.telling import EVERYBODY, PEOPLE, Figure, behind
from tests.totals.worlds import Cell, World, people_in

HISTORIES = int(os.environ.get("KITH_TEST_HISTORIES", "0"))
LEAST = 5


def standing_for_nothing(rows: list[list[int]], width: int) -> list[list[Fraction]]:
    """Give what can be added to the people in all cells without any told number changing."""
    left = [[Fraction(each) for each in row] for row in rows]
    pivots: list[int] = []
    for column in range(width):
        at = len(pivots)
        found = next((row for row in range(at, len(left)) if left[row][column]), None)
        if found is None:
            continue
        left[at], left[found] = left[found], left[at]
        left[at] = [each / left[at][column] for each in left[at]]
        for row in range(len(left)):
            if row != at and (times := left[row][column]):
                left[row] = [a - times * b for a, b in zip(left[row], left[at], strict=True)]
        pivots.append(column)
    free = [column for column in range(width) if column not in pivots]
    return [
        [
            Fraction(1)
            if column == one
            else (-left[pivots.index(column)][one] if column in pivots else Fraction(0))
            for column in range(width)
        ]
        for one in free
    ]


def counts(cell: Cell, figure: Figure) -> bool:
    scope, answer = figure
    return scope in {EVERYBODY, cell[0]} and answer in {PEOPLE, cell[1]}


def all_sums(values: Sequence[Fraction | int]) -> list[Fraction | int]:
    """Give the sum of every choice of these, in the order of choices written as bits."""
    sums: list[Fraction | int] = [0]
    for value in values:
        sums += [each + value for each in sums]
    return sums


def follows(cells: list[Cell], world: World, figures: list[Figure]) -> set[int]:
    """Give how many people are in each choice of cells for which that follows.

    Where it follows that nobody is in some cells, it follows for more: until no more does.
    """
    left = [*range(len(cells))]
    while True:
        rows = [[int(counts(cells[each], told)) for each in left] for told in figures]
        changes = [all_sums(way) for way in standing_for_nothing(rows, len(left))]
        people = all_sums([world[each] for each in left])
        known = [bits for bits in range(len(people)) if not any(way[bits] for way in changes)]
        empty = {
            left[each]
            for bits in known
            if people[bits] == 0
            for each in range(len(left))
            if bits >> each & 1
        }
        if not empty:
            return {int(people[bits]) for bits in known}
        left = [each for each in left if each not in empty]


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[Cell], World]:
    """Give groups and answers with so many people in each cell that some are told, and some not."""
    groups = draw(st.sampled_from([[""], ["g"], ["g", ""], ["g", "h"], ["g", "h", ""]]))
    answers = draw(st.sampled_from([["a", ""], ["a", "b", ""], ["a", "b", "c", ""]]))
    cells: list[Cell] = [*product(groups, answers)]
    few = st.sampled_from([0, 0, 1, 2, 4, 5, 5, 6, 7, 9, 12])
    return cells, tuple(draw(few) for _ in cells)


@settings(max_examples=max(60, HISTORIES), derandomize=not HISTORIES)
@given(towns())
@example(
    ([*product(["g", "h", ""], ["a", "b", "c", ""])], (10, 10, 5, 2, 10, 10, 10, 5, 10, 10, 0, 0))
)
def test_no_subtraction_of_exact_numbers_leaves_a_few(town: tuple[list[Cell], World]) -> None:
    """All that follows from all told numbers together is about nobody, or about five or more."""
    cells, world = town
    answers = sorted({answer for _, answer in cells if answer})
    told = behind(people_in(cells, world), [answers], LEAST)
    small = [people for people in follows(cells, world, [*told]) if 0 < people < LEAST]
    assert not small
