"""What changed since somebody was last here is put to them first, and then answered."""

from dataclasses import replace

from bot.engine import freedoms
from bot.engine.catalogue import Catalogue
from bot.engine.consent import asked_anew, is_put
from bot.engine.effects import Turn
from bot.engine.events import (
    ButtonTapped,
    ChoicePicked,
    CommandGiven,
    Event,
    Opened,
    TextReceived,
)
from bot.engine.labels import word
from bot.engine.meeting import ROUND_OVER
from bot.engine.onward import onward
from bot.engine.replay import open_step
from bot.engine.screens import shown
from bot.engine.session import Session
from bot.engine.typed import command_in


def put_first(catalogue: Catalogue, before: Session, session: Session, event: Event) -> Turn | None:
    """Put what changed under the person before it is answered; None where nothing did.

    What comes in then was no answer to it, so it is not taken for one. `before` is the session
    as it was stored, which has not met what changed.
    """
    answers = _answers(catalogue, session, event)
    if answers and before.round and session.detour == ROUND_OVER:
        put, effects = shown(catalogue, session)
        return Turn(put, effects, accepted=False, refused=True)
    if asked_anew(catalogue, session):
        if not answers or is_put(catalogue, session):
            return None
        put, effects = shown(catalogue, session)
        return Turn(put, effects, accepted=False, refused=True)
    if session.news and not session.detour and (answers or isinstance(event, Opened)):
        return replace(_news_told(catalogue, session), accepted=False, refused=answers)
    return None


def _answers(catalogue: Catalogue, session: Session, event: Event) -> bool:
    """Say whether an event answers what was asked before, or leaves it out."""
    match event:
        case TextReceived(text=text):
            name = command_in(catalogue, session, text.strip())
            return name is None or freedoms.known(name) == "skip"
        case CommandGiven(name=name):
            return freedoms.known(name) == "skip"
        case _:
            return isinstance(event, ChoicePicked | ButtonTapped)


def _news_told(catalogue: Catalogue, session: Session) -> Turn:
    """Say that the script has changed, and put what is open now; go on to it where need be."""
    open_now = open_step(catalogue, session)
    if open_now is None or open_now.ask is None:
        turn = onward(catalogue, session)
        ended = turn.session.status == "ended"
        return replace(turn, session=replace(turn.session, news="")) if ended else turn
    told = (word(catalogue, session.news),)
    put, effects = shown(catalogue, replace(session, news=""), told)
    return Turn(put, effects)
