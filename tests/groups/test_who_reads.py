"""Who reads what somebody shares: their group and nobody else, and whoever leads no more than it."""

import pytest

from bot.library import Library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.groups.circle import Circle, Member

WORDS = "a line of Ann alone"


@pytest.fixture
def turns(store: Store, library: Library, clock: StoppedClock) -> Turns:
    return Turns(store, library, clock)


def opened_by(leader: Member) -> None:
    leader.commands("round").picks("open round", "open round:check-in")


def seen_by(leader: Member) -> tuple[str, list[str]]:
    """Give all that whoever leads reads in private, and what they can do."""
    leader.commands("round")
    return leader.texts(), leader.options


def shares(member: Member, how: str) -> None:
    """Join as Ann, by name, and share the first answer in some way."""
    member.agrees().joins("Ann").says(WORDS).picks(how)


def test_whoever_leads_reads_the_same_however_many_answered(turns: Turns) -> None:
    """With nobody there, one who shared and one who kept: the same words, the same buttons."""
    circle = Circle(turns, "Lee", "Ann", "Ben")
    opened_by(circle["Lee"])
    before = seen_by(circle["Lee"])
    shares(circle["Ann"], "named")
    circle["Ben"].agrees().joins("Ben").says("kept").picks("keep")
    assert seen_by(circle["Lee"]) == before
    circle["Lee"].picks("show round")
    assert WORDS in circle.board()
    assert WORDS not in circle["Lee"].texts()


def test_a_link_shows_nobodys_answers(turns: Turns) -> None:
    """Whoever comes in by a link from outside reads questions, and not a word that was shared."""
    circle = Circle(turns, "Lee", "Ann")
    opened_by(circle["Lee"])
    shares(circle["Ann"], "named")
    circle["Lee"].commands("round").picks("show round")
    assert WORDS in circle.board()
    (link,) = {link.code for each in circle.messages for link in each.links}
    outsider = Member(Circle(turns, title="Elsewhere"), "Zed")
    outsider.there.followed(link)
    said = "\n".join(each.effect.text for each in outsider.seat.collect())
    outsider.seat.shown()
    assert "Tuesday" in said
    outsider.picks("yes", "private", "agreed", "yes").says("Zed", "mine").picks("keep")
    assert outsider.step == "would_help"
    assert WORDS not in said + outsider.texts()


def test_what_is_shared_in_one_group_stays_out_of_another(turns: Turns) -> None:
    """Somebody in two groups with a round open in both shares in one of them only."""
    there, elsewhere = Circle(turns, "Lee", "Ann"), Circle(turns, "Lee", "Ann", title="Wednesday")
    for circle in (there, elsewhere):
        circle["Lee"].commands("round").picks(f"group:{circle['Lee'].there.group}")
        circle["Lee"].picks("open round", "open round:check-in")
    ann = there["Ann"].commands("round").picks(f"group:{there['Ann'].there.group}")
    ann.picks("yes", "private", "agreed").joins("Ann").says(WORDS).picks("named")
    for circle in (there, elsewhere):
        circle["Lee"].commands("round").picks(f"group:{circle['Lee'].there.group}", "show round")
    assert f"Ann: {WORDS}" in there.board()
    assert "What was shared" in elsewhere.board()
    assert "Ann" not in elsewhere.board()
