"""A place that somebody proposes to a group: what they told of it, and what is not taken for it."""

from bot.engine.apart import PROPOSED, dropped, for_group, in_hand
from bot.engine.effects import Effect, Place
from bot.engine.group_places import SAID
from bot.engine.place_screens import tells_of_somebody
from bot.engine.session import Answer, Session

CHECKED = "check"
"""The answer in which they say that it may go on the list."""
YES = "yes"


def is_proposal(session: Session) -> bool:
    """Say whether the dialogue in hand proposes a place."""
    return bool(in_hand(session)) and session.round[1:] == (PROPOSED,)


def proposed_in(session: Session) -> tuple[Effect, ...]:
    """Give what puts the place in hand on the list, where the person said that it may go there.

    What names somebody whom they left out or are afraid of goes nowhere, whenever they did that.
    """
    if not is_proposal(session):
        return ()
    held = {
        name: str(session.answers[name].value)
        for name in (*SAID, CHECKED)
        if name in session.path and session.answers[name].standing == "given"
    }
    if held.pop(CHECKED, "") != YES or tells_of_somebody(session, held):
        return ()
    return (Place(session.round[0], "propose", holds=held),)


def without_proposal(session: Session, ended: Session) -> Session:
    """Let go of what was told of a place once its dialogue has ended: it lies with the group."""
    return dropped(session, for_group(*ended.round)) if is_proposal(ended) else session


def is_not_taken(session: Session, given: Answer) -> bool:
    """Say whether these words can't go on a list, as they name somebody who is left out."""
    told = {SAID[0]: given.value} if isinstance(given.value, str) else {}
    return is_proposal(session) and tells_of_somebody(session, told)
