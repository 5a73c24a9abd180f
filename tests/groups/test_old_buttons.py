"""A button that stands there from before somebody else did something does what it says, or nothing.

What a screen of a group offers hangs on the others too, and a tap tells only which button it was.
"""

import pytest

from bot.channels.telegram.intake import button_data, read_button
from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import AGREES, Circle, Member

CAFE = ("The café at the corner", "Mill Lane 3", "Rosa", "a quiet hour")


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    return Circle(Turns(store, library, clock), "Lee", "Ann", "Ben", "Cat")


def data_of(member: Member, value: str) -> str:
    """Give what the button says on Telegram that is on the screen now."""
    asked = [each for each in member.said if each.asks][-1]
    options = list(asked.options)
    place = next(at for at, option in enumerate(options) if option.value == value)
    return button_data(asked.revision, f"{place}.{options[place].mark}", asked.step)


def taps(member: Member, data: str) -> None:
    member.seat.hand_in(read_button(data))
    member.said = [each.effect for each in member.seat.collect()]
    member.seat.shown()


def begins(member: Member) -> Member:
    return member.commands("start").picks("go on", *AGREES)


def test_a_way_back_says_nothing_of_a_place(circle: Circle) -> None:
    """Once somebody else has confirmed it, other buttons stand in its place."""
    begins(circle["Ann"]).commands("places").picks("propose place").says(*CAFE).picks("yes")
    ben, cat = begins(circle["Ben"]), begins(circle["Cat"])
    for each in (ben, cat):
        each.commands("places")
        each.picks(each.options[0])
    back = data_of(ben, "places of group")
    cat.picks("place good")
    taps(ben, back)
    assert not ben.texts().startswith("Thank you")
    ben.commands("places")
    ben.picks(ben.options[0])
    assert "place withdraw" not in ben.options
    assert "details are wrong" not in ben.texts()


def test_a_button_that_does_what_it_says_does_it(circle: Circle) -> None:
    """Nothing has happened meanwhile."""
    lee = circle["Lee"].commands("round")
    taps(lee, data_of(lee, "open round"))
    assert lee.step == ":open round"


def test_buttons_from_before_there_were_marks_still_work(circle: Circle) -> None:
    """They stand in people's chats."""
    lee = circle["Lee"].commands("round")
    asked = [each for each in lee.said if each.asks][-1]
    taps(lee, button_data(asked.revision, "0", asked.step))
    assert lee.step == ":open round"
