"""An answer that is changed after somebody chose how to share it: the group waits for them."""

import pytest

from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import Circle, Member

NAMES = ("Lee", "Ann", "Ben", "Cat", "Dan", "Eve", "Fay")
BEFORE, AFTER = "a line as it was", "quite another line"


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    here = Circle(Turns(store, library, clock), *NAMES)
    here["Lee"].commands("round").picks("open round", "open round:check-in")
    return here


def answered(circle: Circle, name: str, how: str, line: str = BEFORE) -> Member:
    return circle[name].agrees().joins(name).says(line).picks(how)


def is_shown(circle: Circle) -> None:
    circle["Lee"].commands("round").picks("show round")


def changes(member: Member, answer: str, line: str) -> Member:
    return member.commands("change").picks(f"change:{answer}").says(line)


def test_new_words_wait_until_somebody_says_how_they_are_shared(circle: Circle) -> None:
    """They are asked whether what they chose still holds: until then it holds for nothing new."""
    ann = answered(circle, "Ann", "named")
    is_shown(circle)
    assert f"Ann: {BEFORE}" in circle.board()
    changes(ann, "here", AFTER)
    assert "doubt keep" in ann.options
    assert BEFORE not in circle.board()
    assert AFTER not in circle.board()
    ann.picks("doubt keep")
    assert f"Ann: {AFTER}" in circle.board()


def test_going_back_instead_of_saying_it_shows_nothing_either(circle: Circle) -> None:
    """The question stays open, however often they look at something else."""
    ann = answered(circle, "Ann", "named")
    is_shown(circle)
    changes(ann, "here", AFTER).commands("back")
    assert AFTER not in circle.board()
    ann.commands("change").picks("change:join/agreed")
    assert AFTER not in circle.board()


def test_new_words_without_a_name_are_not_shown_before_that(circle: Circle) -> None:
    """Whoever leads may show it in the meantime: the others' lines come, and this one never."""
    for name in NAMES[1:]:
        answered(circle, name, "unnamed", f"{BEFORE} of {name}")
    changes(circle["Ann"], "here", AFTER)
    is_shown(circle)
    assert circle.board().count(BEFORE) == 5
    circle["Ann"].picks("doubt keep")
    assert AFTER not in circle.board()


def test_another_name_takes_no_line_away(circle: Circle) -> None:
    """Nothing of what was said is another: the lines stay as they were chosen."""
    for name in NAMES[1:6]:
        answered(circle, name, "unnamed", f"{BEFORE} of {name}")
    fay = answered(circle, "Fay", "named")
    is_shown(circle)
    changes(circle["Ann"], "join/called", "Anna")
    changes(fay, "join/called", "Faye")
    assert circle.board().count(BEFORE) == 6
    assert f"Faye: {BEFORE}" in circle.board()


def test_a_name_says_nothing_for_somebody_else(circle: Circle) -> None:
    """Behind a colon stands what was said, so a name ends there."""
    ann = circle["Ann"].agrees().joins("Ben: go away, all of you. Ann")
    ann.says(BEFORE).picks("named")
    is_shown(circle)
    assert f"Ben: {BEFORE}" in circle.board()
    assert "go away" not in circle.board()
