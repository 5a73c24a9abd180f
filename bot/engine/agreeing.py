"""Taking an answer; of the consent, its version and day are written down with it."""

from dataclasses import replace

from bot.engine.catalogue import Catalogue
from bot.engine.consent import is_other
from bot.engine.effects import Turn
from bot.engine.in_groups import awaited
from bot.engine.labels import word
from bot.engine.onward import answer, erased, onward, refused, resting
from bot.engine.proposal import is_not_taken
from bot.engine.replay import open_step
from bot.engine.screens import Open, shown
from bot.engine.script import AGREED
from bot.engine.session import Answer, Session


def taken(catalogue: Catalogue, session: Session, now_open: Open, given: Answer, now: str) -> Turn:
    """Take an answer to what is open and go on.

    Whoever agrees anew goes on exactly where they were. Whoever agreed before, and doesn't to what
    is kept today, has taken that back: everything goes.
    """
    if is_not_taken(session, given):
        return refused(catalogue, session, word(catalogue, "place_names_somebody"))
    step = now_open.step
    if step is None or not step.consent:
        return answer(catalogue, session, given)
    if given.value == AGREED:
        agreed = replace(session, agreed=(step.consent, now[:10]))
        turn = _going_on(catalogue, agreed) if now_open.anew else answer(catalogue, agreed, given)
        return awaited(catalogue, turn, now) if agreed.awaits else turn
    if now_open.anew or is_other(session, step):
        return erased(session, (word(catalogue, "forgot_all"),))
    return answer(catalogue, session, given)


def _going_on(catalogue: Catalogue, session: Session) -> Turn:
    there = resting(session)
    step = open_step(catalogue, there)
    if there.status == "waiting" and (step is None or step.ask is None):
        return onward(catalogue, there)
    put, effects = shown(catalogue, there)
    return Turn(put, effects)
