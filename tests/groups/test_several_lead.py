"""Several people lead the same group: what one of them does is seen by the other's next tap."""

from dataclasses import replace

import pytest

from bot.arrivals import Arrival
from bot.engine.events import GroupAsked
from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import Circle, Member

SHOWN = "What was shared"


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    """Give a group in which Lee and Ann lead, with a round open."""
    here = Circle(Turns(store, library, clock), "Lee", "Ann", "Ben")
    address: dict[str, object] = {"channel": "terminal", "chat": here.title}
    for name in ("Lee", "Ann"):
        who = here[name]
        asked = GroupAsked("round", name, who.person, here.title, leads=True)
        here.turns.take([Arrival(who.there.group, address, asked, f"test:{name}")])
    here["Lee"].commands("round").picks("open round", "open round:check-in")
    return here


def leads(circle: Circle, name: str) -> Member:
    return circle[name].commands("round")


def test_whoever_is_behind_shows_no_question_that_they_have_not_seen(circle: Circle) -> None:
    """Nobody has answered that one yet, and unnamed lines are shown once or never."""
    lee, ann = leads(circle, "Lee"), leads(circle, "Ann")
    lee.picks("show round", "move on")
    ann.picks("show round")
    assert circle.board().count(SHOWN) == 1
    assert "meanwhile" in ann.texts()
    assert "question 2 of 3" in ann.texts()
    ann.picks("show round")
    assert circle.board().count(SHOWN) == 2


def test_two_who_go_on_in_the_same_moment_go_on_once(circle: Circle) -> None:
    leads(circle, "Lee").picks("show round")
    lee, ann = leads(circle, "Lee"), leads(circle, "Ann")
    lee.picks("move on")
    ann.picks("move on")
    assert "Question 2 of 3" in circle.board()
    assert "Question 3 of 3" not in circle.board()


def test_whoever_has_opened_a_round_can_go_on_from_there(circle: Circle) -> None:
    """The screen says that it is open, and its buttons work at once."""
    leads(circle, "Lee").picks("close round", "close round")
    lee = leads(circle, "Lee").picks("open round", "open round:check-in")
    assert "question 1 of 3" in lee.texts()
    lee.picks("show round", "move on", "show round")
    assert "Question 2 of 3" in circle.board()


def test_a_round_whose_script_is_gone_can_be_closed(circle: Circle, library: Library) -> None:
    """Else the group could have no other one for a week."""
    known = library.catalogue.scripts
    rest = {name: script for name, script in known.items() if name != "check-in"}
    circle.turns.library = replace(library, catalogue=replace(library.catalogue, scripts=rest))
    leads(circle, "Lee").picks("close round", "close round")
    assert "open round" in leads(circle, "Lee").options
