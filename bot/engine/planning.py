"""Making one's plan for bad days, reading it, going through it again, leaving and wiping it."""

from dataclasses import replace

from bot.engine.apart import PLAN, along, exchanged, is_in_hand, is_made, plan_of
from bot.engine.catalogue import Catalogue
from bot.engine.effects import Say, Turn
from bot.engine.meeting import taken_in_hand
from bot.engine.onward import home, onward, over, refused, resting, started, underneath
from bot.engine.plan import has_agreed
from bot.engine.replay import renamed
from bot.engine.screens import shown, word
from bot.engine.session import Frame, Session
from bot.engine.walk import begin, walk


def plan_asked_for(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Show the plan that there is; else begin to make one, where this is a time for it.

    That is not while help is open because of a concern, and not before the person agreed that
    anything is kept.
    """
    if PLAN not in catalogue.scripts:
        return refused(catalogue, session, word(catalogue, "unknown_command"))
    if is_made(session):
        put, effects = shown(catalogue, over(session, "plan"))
        return Turn(put, effects)
    if session.detour and session.detour.about:
        return refused(catalogue, session, word(catalogue, "plan_not_now"))
    if is_in_hand(session) or catalogue.root == PLAN:
        return home(catalogue, session, now)
    return _entered(catalogue, session, now)


def gone_through(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Go on with a plan that isn't finished; go through one that is, answer by answer."""
    if is_in_hand(session) or plan_of(session) is None or catalogue.root == PLAN:
        return home(catalogue, session, now)
    return _entered(catalogue, session, now)


def left(catalogue: Catalogue, session: Session) -> Turn:
    """Leave the plan as it is so far, and put what the reflection has open."""
    there, back = taken_in_hand(catalogue, replace(session, detour=None))
    put, effects = shown(there, back, (word(catalogue, "plan_left"),))
    return Turn(put, effects)


def wiping(catalogue: Catalogue, session: Session) -> Turn:
    """Ask whether the plan is really to go."""
    if session.apart is None:
        return refused(catalogue, session, word(catalogue, "no_plan"))
    put, effects = shown(catalogue, over(session, "forget plan"))
    return Turn(put, effects)


def wiped(catalogue: Catalogue, session: Session) -> Turn:
    """Forget the plan, and lead back to help or a concern where one is open, else to the place."""
    if session.apart is None:
        return refused(catalogue, session, word(catalogue, "no_plan"))
    under = underneath(session.detour)
    there, back = catalogue, session
    if is_in_hand(session):
        there, back = taken_in_hand(catalogue, session)
    elif not under:
        back = resting(replace(session, detour=None))
    kept = replace(back, apart=None, detour=under or back.detour)
    put, effects = shown(along(there, kept), kept, (word(catalogue, "plan_gone"),))
    return Turn(put, effects)


def _entered(catalogue: Catalogue, session: Session, now: str) -> Turn:
    if not has_agreed(catalogue, session):
        return _agreement_first(catalogue, session, now)
    outside = resting(replace(session, detour=None))
    plan = outside.apart
    if plan is None or not is_made(outside):
        if plan and plan.status == "waiting":
            return home(*taken_in_hand(catalogue, outside), now)
        fresh = replace(exchanged(outside), answers={}, path=(), status="waiting", detour=None)
        first = catalogue.scripts[PLAN].script.first
        put = replace(fresh, place=(Frame(PLAN, first),), draft=(), doubts=())
        return onward(along(catalogue, put), put)
    if plan.status == "waiting":
        return home(*taken_in_hand(catalogue, outside), now)
    return _again(catalogue, exchanged(outside))


def _again(catalogue: Catalogue, plan: Session) -> Turn:
    """Ask of each answer whether it still holds, and once more for those that were left out."""
    there = along(catalogue, plan)
    known = renamed(there, plan)
    given = {key: held for key, held in known.answers.items() if held.standing == "given"}
    order = [step.answer for step in there.scripts[PLAN].script.steps.values()]
    doubts = tuple(key for key in order if key in given)
    fresh = replace(known, answers=given, doubts=doubts, detour=None, release=there.release)
    put, effects = shown(there, walk(there, begin(there, fresh)).session)
    return Turn(put, effects)


def _agreement_first(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Say what comes before a plan, and put it."""
    said = word(catalogue, "plan_first")
    if session.begun:
        return home(catalogue, replace(session, detour=None), now, (said,))
    turn = started(catalogue, replace(session, detour=None), now)
    return replace(turn, effects=(Say(said), *turn.effects))
