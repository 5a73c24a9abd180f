"""Months of people who say yes, take it back, change groups, begin anew and are forgotten.

Whatever two reports one may ask for, of whatever months, groups and answers: their difference is
about nobody, or about five people or more.
"""

import os
from collections import Counter
from dataclasses import replace
from itertools import product
from random import Random
from typing import Final

import pytest

from bot.engine.counting import left_out, let_count
from bot.engine.session import Answer, Session
from bot.totals.counting import counted_in, month_of
from bot.totals.questions import Question, Row, splits_of
from bot.totals.telling import EVERYBODY, PEOPLE, Counted, Figure, behind
from tests.totals.test_exact_numbers import follows
from tests.totals.worlds import Cell

HISTORIES = max(8, int(os.environ.get("KITH_TEST_HISTORIES", "0")) // 20)
LEAST: Final = 5
MONTHS: Final = ("2026-01", "2026-02", "2026-03", "2026-04")
GROUPS: Final = ("", "g", "h")
DOORWAYS: Final = ("work", "money", "home")
PRESSURES: Final = ("money", "health")
QUESTIONS: Final = (
    Question("doorway", "", single=True, part="", rows=tuple(
        Row(f"doorway/{value}", "doorway", value, value, "") for value in DOORWAYS
    )),
    Question("pressures", "", single=False, part="", rows=tuple(
        Row(f"pressures/{value}", "pressures", value, value, "") for value in PRESSURES
    )),
)  # fmt: skip
SPLITS = splits_of(QUESTIONS)
Reflection = tuple[int, int]
"""Whose it is, and the how manyth of theirs."""


class History:
    """A town over some months; `released` is by month who is behind each figure that was told."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.people: dict[int, Session] = {}
        self.reflections: Counter[int] = Counter()
        self.released: dict[str, dict[Figure, frozenset[Reflection]]] = {}
        self.counted: dict[str, dict[Reflection, Counted]] = {}

    def lives(self) -> "History":
        """Go through the months; each is told once, on the first days of the next."""
        for number, month in enumerate(MONTHS):
            self._goes_on(month, 1, 2)
            if number:
                self._tells(MONTHS[number - 1])
            self._goes_on(month, 3, 28)
        return self

    def _goes_on(self, month: str, first: int, last: int) -> None:
        for _ in range(self.random.choice([12, 60, 160]) if last > 2 else 4):
            person = self.random.randrange(180)
            day = f"{month}-{self.random.randint(first, last):02}"
            session = self.people.get(person) or self._reflects(person)
            match self.random.choice(["yes"] * 6 + ["no", "forget", "anew"]):
                case "yes":
                    group = self.random.choice(GROUPS)
                    self.people[person] = let_count(session, group, day)
                case "no":
                    self.people[person] = left_out(session, day)
                case "forget":
                    self.people.pop(person, None)
                case _:
                    self._reflects(person)

    def _reflects(self, person: int) -> Session:
        """Begin a reflection anew: other answers, and no yes."""
        self.reflections[person] += 1
        doorway = self.random.choice([*DOORWAYS, None])
        answers = {
            "doorway": Answer("given", doorway) if doorway else Answer("skipped"),
            "pressures": Answer(
                "given", [each for each in PRESSURES if self.random.random() < 0.5]
            ),
        }
        session = replace(Session(), answers=answers, path=tuple(answers))
        self.people[person] = session
        return session

    def _tells(self, month: str) -> None:
        there = {
            (person, self.reflections[person]): counted_in(QUESTIONS, session)
            for person, session in self.people.items()
            if month_of(session) == month
        }
        names = [*there]
        told = behind([*there.values()], SPLITS, LEAST)
        self.counted[month] = there
        self.released[month] = {
            figure: frozenset(names[each] for each in who) for figure, who in told.items()
        }


@pytest.fixture(scope="module")
def histories() -> list[History]:
    return [History(seed).lives() for seed in range(HISTORIES)]


def test_no_two_figures_differ_by_a_few(histories: list[History]) -> None:
    """Of any two figures, of any months: one lies in the other whole or by five people, or not."""
    for history in histories:
        told = [
            (figure, who) for month in history.released.values() for figure, who in month.items()
        ]
        for (scope, row), whole in told:
            for (other, inner), part in told:
                fits = scope in {EVERYBODY, other} and row in {PEOPLE, inner}
                if fits and part < whole:
                    assert len(whole - part) >= LEAST


def test_months_have_nobody_in_common(histories: list[History]) -> None:
    """No reflection is told in two months: there is nothing to take from one another."""
    for history in histories:
        seen: set[Reflection] = set()
        for there in history.counted.values():
            assert seen.isdisjoint(there)
            seen |= there.keys()


def test_nothing_follows_for_a_few_in_any_month(histories: list[History]) -> None:
    """All that follows from all figures of a month, unions of groups too, is about nobody or five."""
    for history in histories:
        for month, told in history.released.items():
            for split in SPLITS:
                cells: list[Cell] = [*product(GROUPS, [*split, ""])]
                place = {cell: number for number, cell in enumerate(cells)}
                world = [0] * len(cells)
                for person in history.counted[month].values():
                    world[place[person.group, next(iter(person.rows & {*split}), "")]] += 1
                figures = [each for each in told if each[1] in {PEOPLE, *split}]
                few = [n for n in follows(cells, tuple(world), figures) if 0 < n < LEAST]
                assert not few, (month, split)


def test_months_are_told_at_all(histories: list[History]) -> None:
    """These histories are no silent ones: groups are told, and answers of groups."""
    told = {figure for each in histories for month in each.released.values() for figure in month}
    assert {("", PEOPLE), ("g", PEOPLE), ("h", PEOPLE), ("", "doorway/work")} <= told
    assert any(scope and row for scope, row in told)


def test_a_reflection_that_was_told_is_told_no_more() -> None:
    """Who takes their yes back when its month was told, and says yes again, is counted once."""
    session = let_count(Session(), "g", "2026-01-20")
    again = let_count(left_out(session, "2026-02-03"), "h", "2026-02-04")
    assert month_of(left_out(session, "2026-02-03")) == ""
    assert month_of(again) == "2026-01"


def test_a_yes_taken_back_in_its_month_leaves_nothing() -> None:
    """Before anything of it was told, a yes can go and come again, in another month too."""
    session = let_count(Session(), "g", "2026-01-20")
    gone = left_out(session, "2026-01-21")
    assert gone == Session()
    assert month_of(let_count(gone, "", "2026-02-04")) == "2026-02"
