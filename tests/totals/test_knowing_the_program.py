"""Somebody who has read the program, and sees all that is told, still learns nothing of a few.

They go through every way in which people could have answered. All ways of which the same is told
stay possible for them. What holds in each of these they know for certain.
"""

import os
from itertools import product

import pytest

from bot.totals.bands import Band
from bot.totals.telling import EVERYBODY, PEOPLE, released
from tests.totals.worlds import Cell, by_what_is_told, known_answers, known_few, people_in

MANY = bool(os.environ.get("KITH_TEST_HISTORIES"))
TOWNS: dict[str, tuple[list[str], list[str]]] = {
    "no group": ([""], ["a", "b", "c", ""]),
    "one group, nobody outside": (["g"], ["a", "b", "c", ""]),
    "one group": (["g", ""], ["a", "b", ""]),
    "one group, everybody answers": (["g", ""], ["a", "b"]),
    "two groups, nobody outside": (["g", "h"], ["a", "b", ""]),
    "two groups, more than one answer is fine": (["g", "h", ""], ["a", ""]),
}
"""Groups and answers; the empty ones are people in no group, and those who gave no answer."""


def most_in(least: int) -> int:
    """Give so many people that the first two bands are full: for them nothing is cut off."""
    return 4 * least - 1


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("least", [2, 3] if MANY else [2])
def test_nobody_who_knows_the_program_learns_of_a_few(town: str, least: int) -> None:
    """Whatever is told: for no people, however put together, is it certain that they are a few."""
    cells: list[Cell] = [*product(*TOWNS[town])]
    for told, alike in by_what_is_told(cells, least, most_in(least)).items():
        assert not known_few(cells, alike, least), told


@pytest.mark.parametrize("town", TOWNS)
def test_nobody_who_knows_the_program_learns_what_all_of_some_said(town: str) -> None:
    """Whatever is told: of no group, nor of those outside, is it certain that all said the same.

    Somebody who knows a person to be counted there would know what that person said.
    """
    cells: list[Cell] = [*product(*TOWNS[town])]
    for told, alike in by_what_is_told(cells, 2, most_in(2)).items():
        assert not known_answers(cells, alike), told


def test_what_many_told_is_told() -> None:
    """All this leaves something to tell: of everybody, and of a group that is large enough."""
    cells: list[Cell] = [*product(["g", ""], ["a", "b", "c", ""])]
    people = people_in(cells, (6, 5, 1, 4, 9, 20, 4, 3))
    told = released(people, [["a", "b", "c"]])
    assert told == {
        (EVERYBODY, PEOPLE): Band(50, 99),
        (EVERYBODY, "a"): Band(10, 19),
        (EVERYBODY, "b"): Band(20, 49),
        (EVERYBODY, "c"): Band(5, 9),
        ("g", PEOPLE): Band(10, 19),
        ("g", "a"): Band(5, 9),
        ("g", "b"): Band(5, 9),
    }
