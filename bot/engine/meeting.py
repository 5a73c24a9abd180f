"""A stored dialogue meets today's scripts: when somebody writes, and when it is taken in hand."""

from dataclasses import replace
from typing import Final

from bot.engine.apart import PROPOSED, REFLECTION, along, exchanged, in_hand, script_in_hand
from bot.engine.catalogue import Catalogue
from bot.engine.consent import asked_anew, is_put
from bot.engine.question import digest_of
from bot.engine.replay import open_step, renamed_place, settled
from bot.engine.scope import key_of
from bot.engine.session import Detour, Session

ROUND_OVER: Final = Detour("round over")
"""The screen that says that the round which was in hand is closed."""


def met(catalogue: Catalogue, session: Session) -> Session:
    """Meet today's scripts: where they changed under the person, find the place again.

    What changed is told with the next question that is put (`news`). What is finished stays so.
    What is kept apart and has no question left, or no script, makes way for the reflection.
    """
    if in_hand(session) and script_in_hand(session) not in catalogue.scripts:
        return met(catalogue, exchanged(session))
    if session.round and is_over(catalogue, session):
        back, screen = met(catalogue, exchanged(session)), session.detour
        if screen and (screen.about or screen.name == "help"):
            # nothing takes the place of help: the round is told of once they go on
            return replace(back, detour=screen, news="round_closed")
        return replace(back, detour=ROUND_OVER)
    if not session.begun or session.release == catalogue.release:
        return session
    if session.status == "ended":
        return replace(session, release=catalogue.release)
    catalogue = along(catalogue, session)
    found = replace(settled(catalogue, session), release=catalogue.release)
    if found.status == "ended" and in_hand(found):
        return met(catalogue, exchanged(found))
    if found.status == "ended":
        return replace(found, detour=Detour("finished"))
    here = replace(found, detour=session.detour, status=session.status)
    open_now = open_step(catalogue, here)
    doubted = open_now is not None and key_of(here.place, open_now) in here.doubts
    if here.place != renamed_place(catalogue, session.place):
        return replace(here, news="place_changed")
    if asked_anew(catalogue, here) and is_put(catalogue, here):
        return here
    if open_now and not doubted and digest_of(open_now) != session.digest and session.digest:
        return replace(here, news="question_changed")
    return here


def is_over(catalogue: Catalogue, session: Session) -> bool:
    """Say whether what the dialogue in hand is for is no more: its round, or being in its group."""
    group, ref = session.round
    member = catalogue.groups.get(group)
    if member is None or ref == PROPOSED:
        return member is None
    return member.group.open is None or member.group.open.id != ref


def taken_in_hand(
    catalogue: Catalogue, session: Session, name: str = REFLECTION
) -> tuple[Catalogue, Session]:
    """Take another dialogue of a person in hand; it has then met today's scripts."""
    other = met(catalogue, exchanged(session, name))
    return along(catalogue, other), other
