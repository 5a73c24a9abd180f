"""Which numbers of a month may be told: decided once, for everybody and all groups together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.totals.bands import LEAST, Band, band_of
from bot.totals.following import ELSE, singles_out

EVERYBODY: Final = ""
"""The scope of all who are counted; any other is the name of a group."""
PEOPLE: Final = ""
"""Stands for no answer in particular: how many are counted at all."""

Figure = tuple[str, str]
"""A scope, and an answer by the id of its row or PEOPLE."""
Splits = Sequence[Sequence[str]]
"""The rows of the report, so that those exclude each other which stand in one split."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One person who said yes: in which group, if any, and the rows of the report they are in."""

    group: str
    rows: frozenset[str]


def released(
    people: Sequence[Counted], splits: Splits, least: int = LEAST
) -> Mapping[Figure, Band]:
    """Give what is told of a month: a band for each figure that may be told, and nothing else.

    One figure after the other is added, the large before the small and those of everybody before
    those of groups, as long as nothing about fewer than `least` people follows from all together.
    """
    month = _month(people, splits, least)
    return {figure: band_of(month.count(*figure), least) for figure in sorted(month.told)}


def behind(
    people: Sequence[Counted], splits: Splits, least: int = LEAST
) -> Mapping[Figure, frozenset[int]]:
    """Give who is behind each figure that is told, as numbers into `people`. This goes nowhere."""
    month, everyone = _month(people, splits, least), range(len(people))
    return {
        figure: frozenset(number for number in everyone if month.of(figure) >> number & 1)
        for figure in month.told
    }


@dataclass(slots=True)
class _Month:
    """Who is counted, as bits of a number, one bit for each person; and what is told of them."""

    least: int
    scopes: dict[str, int]
    rows: dict[str, int]
    groups: list[str] = field(default_factory=list)
    told: set[Figure] = field(default_factory=set)

    def of(self, figure: Figure) -> int:
        """Give who is behind a figure."""
        scope, row = figure
        return self.scopes[scope] & (self.rows.get(row, 0) if row != PEOPLE else -1)

    def count(self, scope: str, row: str = PEOPLE) -> int:
        """Give how many are behind a figure."""
        return self.of((scope, row)).bit_count()


def _month(people: Sequence[Counted], splits: Splits, least: int) -> _Month:
    month = _gathered(people, least)
    if len(people) < least:
        return month
    month.told.add((EVERYBODY, PEOPLE))
    _tell_groups(month)
    for figure, split in _candidates(month, splits):
        if _may_be_told(month, figure, split):
            month.told.add(figure)
    return month


def _gathered(people: Sequence[Counted], least: int) -> _Month:
    scopes = {EVERYBODY: (1 << len(people)) - 1}
    rows: dict[str, int] = {}
    for number, person in enumerate(people):
        if person.group:
            scopes[person.group] = scopes.get(person.group, 0) | 1 << number
        for row in person.rows:
            rows[row] = rows.get(row, 0) | 1 << number
    return _Month(least, scopes, rows)


def _tell_groups(month: _Month) -> None:
    """Tell the groups that are large enough, as long as enough people are left over, or none."""
    rest = month.count(EVERYBODY)
    for name in sorted(month.scopes, key=lambda name: (-month.count(name), name)):
        size = month.count(name)
        if name == EVERYBODY or size < month.least or 0 < rest - size < month.least:
            continue
        month.told.add((name, PEOPLE))
        month.groups.append(name)
        rest -= size


def _candidates(month: _Month, splits: Splits) -> Iterator[tuple[Figure, Sequence[str]]]:
    for scopes in ([EVERYBODY], month.groups):
        for split in splits:
            wanted = [(scope, row) for scope in scopes for row in split]
            for figure in sorted(wanted, key=lambda each: -month.count(*each)):
                yield figure, split


def _may_be_told(month: _Month, figure: Figure, split: Sequence[str]) -> bool:
    """Say whether enough gave an answer, enough did not, and nothing about fewer follows.

    An answer is told for a group only where it is told for everybody.
    """
    scope, row = figure
    gave = month.count(scope, row)
    if min(gave, month.count(scope) - gave) < month.least:
        return False
    if scope != EVERYBODY and (EVERYBODY, row) not in month.told:
        return False
    return not singles_out(_unknown(month, figure, split), month.least)


def _unknown(month: _Month, figure: Figure, split: Sequence[str]) -> dict[str, dict[str, int]]:
    """Give the table of one question, without what is told, as if this figure were told as well.

    Groups of which no answer to it is told stand with everybody else: nothing sets them apart.
    """
    told = {*month.told, figure}
    columns = [row for row in split if (EVERYBODY, row) in told]
    groups = [name for name in month.groups if any((name, row) in told for row in columns)]
    parts = {name: month.scopes[name] for name in groups}
    parts[ELSE] = month.scopes[EVERYBODY] & ~sum(parts.values())
    table = {}
    for name, part in parts.items():
        gave = {row: part & month.rows[row] for row in columns}
        left = part & ~sum(gave.values())
        table[name] = {
            row: here.bit_count()
            for row, here in gave.items()
            if name == ELSE or (name, row) not in told
        }
        table[name][ELSE] = left.bit_count()
    return table
