"""What follows from numbers that are told: whether fewer people than may be told of do.

All who are counted are laid out in a table, for one question at a time. A row is a group whose
numbers are told; one more row is everybody else. A column is an answer that is told for everybody;
one more column is every other answer, and none. Everybody who gave one answer stands in one cell.
The sums of all rows and of all columns are told, and some cells.

What follows for certain is then the difference of whole rows and whole columns that fit into each
other: take some columns, and all rows with something unknown in them. What is unknown in those
rows outside those columns is the sum of the rows without the sum of the columns. All else that
follows is put together from such sums and from single rows. Where such a sum is nobody, its cells
are known as well; but what follows from that, follows with its columns taken along.
"""

from collections.abc import Mapping, Sequence
from typing import Final

Table = Mapping[str, Mapping[str, int]]
"""What is unknown, as rows of columns, with how many people are there."""
ELSE: Final = ""
"""The row of everybody else, and the column of every other answer, and of none."""


def singles_out(unknown: Table, least: int) -> bool:
    """Say whether something follows for fewer than `least` people, or what all of some rows said.

    It takes whoever reads for somebody who knows every number exactly that is told in a band. That
    few are in some cells, other than nobody, must not follow; nor that all of a row are in one.
    """
    columns = sorted({column for cells in unknown.values() for column in cells})
    rows = [_outside(cells, columns) for cells in unknown.values()]
    alone = [sum(cells.values()) for cells in unknown.values()]
    together = map(sum, zip(*rows, strict=True))
    if any(0 < people < least for people in (*alone, *together)):
        return True
    return any(_all_in(unknown, column, len(columns)) for column in columns)


def _outside(cells: Mapping[str, int], columns: Sequence[str]) -> list[int]:
    """Give how many of a row are outside of every choice of columns, written as bits.

    Where nothing of a row in these columns is unknown, nobody counts: it isn't taken with them.
    """
    inside, taken = [0], [False]
    for column in columns:
        inside += [people + cells.get(column, 0) for people in inside]
        taken += [each or column in cells for each in taken]
    whole = inside[-1]
    return [whole - people if each else 0 for people, each in zip(inside, taken, strict=True)]


def _all_in(unknown: Table, column: str, columns: int) -> bool:
    """Say whether it follows for some row that all who are in it are in this column.

    A row of which something else is told is none: there are others in it.
    """
    rows = [cells for cells in unknown.values() if column in cells]
    outside = sum(sum(cells.values()) - cells[column] for cells in rows)
    return not outside and any(len(cells) == columns and cells[column] for cells in rows)
