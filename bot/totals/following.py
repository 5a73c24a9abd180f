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

from collections.abc import Iterator, Mapping
from itertools import combinations
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
    for columns, cells in _that_follow(unknown):
        people = sum(unknown[row][column] for row, column in cells)
        if 0 < people < least:
            return True
        # then all people of these rows are in the one column that was taken
        if not people and columns == 1 and any(sum(unknown[row].values()) for row, _ in cells):
            return True
    return False


def _that_follow(rows: Table) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Give all unknown cells whose sum is known, as far as others aren't put together of them.

    Before them stands how many columns were taken.
    """
    for row, cells in rows.items():
        yield 0, [(row, column) for column in cells]
    columns = sorted({column for cells in rows.values() for column in cells})
    for size in range(1, len(columns)):
        for some in map(frozenset, combinations(columns, size)):
            inside = [row for row, cells in rows.items() if not some.isdisjoint(cells)]
            yield size, [(row, each) for row in inside for each in rows[row] if each not in some]
