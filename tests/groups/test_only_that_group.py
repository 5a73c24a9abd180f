"""Somebody is in two groups, and one of them goes: what was picked for it is done in no other."""

import pytest

from bot.arrivals import Arrival
from bot.channels.group_seat import GroupSeat
from bot.engine.events import GroupGone
from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import AGREES, Circle, Member


@pytest.fixture
def circle(store: Store, library: Library, clock: StoppedClock) -> Circle:
    return Circle(Turns(store, library, clock), "Lee", "Ann")


@pytest.fixture
def ann(circle: Circle) -> Member:
    """Give Ann, who is in the middle of a reflection."""
    return circle["Ann"].commands("start").picks("go on", *AGREES)


@pytest.fixture
def work(circle: Circle, ann: Member) -> GroupSeat:
    """Give the seat of Ann in another group."""
    return GroupSeat(circle.turns, "Work", "Ann", ann.seat)


def goes(circle: Circle) -> None:
    """Let Kith be taken out of the first group."""
    gone = Arrival(circle["Lee"].there.group, {}, GroupGone(), "test:gone", only_known=True)
    circle.turns.take([gone])


def groups_of(circle: Circle, member: Member) -> set[str]:
    """Give the groups that somebody is in."""
    with circle.turns.store.transaction() as tx:
        return {*tx.groups.of([member.person]).get(member.person, {})}


def test_who_would_leave_a_group_that_is_gone_stays_in_the_other(
    circle: Circle, ann: Member, work: GroupSeat
) -> None:
    """The screen that asks is about the one that went."""
    ann.commands("round").picks(f"group:{ann.there.group}", "my group", "leave group")
    goes(circle)
    ann.picks("left group")
    assert groups_of(circle, ann) == {work.group}


def test_a_round_for_a_group_that_is_gone_opens_in_no_other(circle: Circle) -> None:
    """Nobody else is asked what was meant for those who are gone."""
    lee = circle["Lee"]
    work = GroupSeat(circle.turns, "Work", "Lee", lee.seat)
    lee.commands("round").picks(f"group:{lee.there.group}", "open round")
    goes(circle)
    lee.picks("open round:check-in")
    assert work.said() == []


def test_a_place_for_a_group_that_is_gone_is_put_on_no_other_list(
    circle: Circle, ann: Member, work: GroupSeat
) -> None:
    """The words would be read by people whom they were not written for."""
    ann.commands("places").picks(f"places of group:{ann.there.group}")
    goes(circle)
    ann.picks("propose place")
    assert ann.seat.session().round != (work.group, "place")


def test_somebody_in_many_groups_finds_each_on_a_page(circle: Circle) -> None:
    """A phone shows ten buttons; the last of them leads to the rest."""
    lee = circle["Lee"]
    for number in range(13):
        GroupSeat(circle.turns, f"Group {number}", "Lee", lee.seat)
    found = set()
    lee.commands("round")
    for _ in range(2):
        assert len(lee.options) <= 12
        found |= {each for each in lee.options if each.startswith("group:")}
        lee.picks("more")
    assert len(found) == 14


def test_a_yes_to_being_counted_holds_for_no_other_group(
    circle: Circle, ann: Member, work: GroupSeat
) -> None:
    """It was asked about the one that went."""
    ann.commands("round").picks(f"group:{ann.there.group}", "my group", "counted")
    goes(circle)
    ann.picks("count me")
    assert work.group not in ann.seat.session().counted
