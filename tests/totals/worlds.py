"""All the ways in which a few people could have answered, and what is then told of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from bot.totals.bands import Band
from bot.totals.telling import Counted, Figure, released

Cell = tuple[str, str]
"""A group, and an answer; empty for none."""
World = tuple[int, ...]
"""How many people are in each cell."""
Telling = frozenset[tuple[Figure, Band]]


def people_in(cells: Sequence[Cell], world: World) -> list[Counted]:
    return [
        Counted(group, frozenset({answer} if answer else ()))
        for (group, answer), people in zip(cells, world, strict=True)
        for _ in range(people)
    ]


def worlds(cells: int, most: int) -> Iterator[World]:
    """Give every way to put up to `most` people into so many cells."""
    if cells == 0:
        yield ()
        return
    for here in range(most + 1):
        for rest in worlds(cells - 1, most - here):
            yield (here, *rest)


def by_what_is_told(cells: Sequence[Cell], least: int, most: int) -> dict[Telling, list[World]]:
    """Gather the worlds that nobody can tell apart by what is told."""
    answers = [sorted({answer for _, answer in cells if answer})]
    alike: dict[Telling, list[World]] = defaultdict(list)
    for world in worlds(len(cells), most):
        told: Mapping[Figure, Band] = released(people_in(cells, world), answers, least)
        alike[frozenset(told.items())].append(world)
    return alike


def some_of(cells: Sequence[Cell]) -> Iterator[tuple[int, ...]]:
    """Give every choice of cells, by their numbers."""
    for size in range(1, len(cells) + 1):
        yield from combinations(range(len(cells)), size)


def known_few(cells: Sequence[Cell], alike: Sequence[World], least: int) -> list[list[Cell]]:
    """Give for which cells it is certain that fewer than `least` people are there, but someone."""
    few = range(1, least)
    return [
        [cells[each] for each in some]
        for some in some_of(cells)
        if all(sum(world[each] for each in some) in few for world in alike)
    ]


def known_answers(cells: Sequence[Cell], alike: Sequence[World]) -> list[tuple[str, ...]]:
    """Give for which groups it is certain what each person there said, or that they said nothing."""
    groups = sorted({group for group, _ in cells})
    found = []
    for size in range(1, len(groups) + 1):
        for some in combinations(groups, size):
            there = [each for each, (group, _) in enumerate(cells) if group in some]
            for answer in sorted({answer for _, answer in cells}):
                same = [each for each in there if cells[each][1] == answer]
                if all(
                    sum(world[each] for each in there) == sum(world[each] for each in same) > 0
                    for world in alike
                ):
                    found.append((*some, answer))
    return found
