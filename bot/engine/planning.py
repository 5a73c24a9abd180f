"""Making what is kept apart, reading it, going through it again, leaving and wiping it.

`name` is what a person calls it: the plan (for bad days), or the map.
"""

from dataclasses import replace
from typing import Final

from bot.engine.apart import (
    MAP,
    PICTURED,
    SCRIPTS,
    along,
    exchanged,
    in_hand,
    is_made,
    one_of,
)
from bot.engine.around import without_it
from bot.engine.catalogue import Catalogue
from bot.engine.consent import has_agreed
from bot.engine.effects import Turn
from bot.engine.labels import word
from bot.engine.meeting import taken_in_hand
from bot.engine.onward import agreement_first, home, onward, over, refused, resting, underneath
from bot.engine.plan import told_of_kept
from bot.engine.proposal import is_proposal
from bot.engine.replay import renamed
from bot.engine.screens import shown
from bot.engine.session import Frame, Session
from bot.engine.walk import begin, walk

STAYS: Final = ("given", "result")
"""What is there to read while somebody goes through it again."""


def asked_for(catalogue: Catalogue, session: Session, name: str, now: str) -> Turn:
    """Show what there is; else begin to make one, where this is a time for it.

    That is not while help is open because of a concern, and not before the person agreed that
    anything is kept.
    """
    script = SCRIPTS[name]
    if script not in catalogue.scripts:
        return refused(catalogue, session, word(catalogue, "unknown_command"))
    if is_made(session, script):
        put, effects = shown(catalogue, over(session, name))
        return Turn(put, effects)
    if session.detour and session.detour.about:
        return refused(catalogue, session, word(catalogue, f"{name}_not_now"))
    if in_hand(session) == script or catalogue.root == script:
        return home(catalogue, session, now)
    return _entered(catalogue, session, name, now)


def gone_through(catalogue: Catalogue, session: Session, name: str, now: str) -> Turn:
    """Go on with what isn't finished; go through what is, answer by answer."""
    script = SCRIPTS[name]
    nothing = one_of(session, script) is None
    if in_hand(session) == script or nothing or catalogue.root == script:
        return home(catalogue, session, now)
    return _entered(catalogue, session, name, now)


def pictured(catalogue: Catalogue, session: Session) -> Turn:
    """Send the map as a picture, and put again what was open; the words stand beside it."""
    told = told_of_kept(catalogue, session, MAP, PICTURED)
    put, effects = shown(catalogue, session, tuple(told))
    return Turn(put, effects)


def left(catalogue: Catalogue, session: Session) -> Turn:
    """Leave what is in hand as it is so far, and put what the reflection has open."""
    scripts = (each for each, script in SCRIPTS.items() if script == in_hand(session))
    name = next(scripts, "place" if is_proposal(session) else "round")
    there, back = taken_in_hand(catalogue, replace(session, detour=None))
    put, effects = shown(there, back, (word(catalogue, f"{name}_left"),))
    return Turn(put, effects)


def wiping(catalogue: Catalogue, session: Session, name: str) -> Turn:
    """Ask whether the plan or the map is really to go."""
    if not _is_there(session, name):
        return refused(catalogue, session, word(catalogue, f"no_{name}"))
    put, effects = shown(catalogue, over(session, f"forget {name}"))
    return Turn(put, effects)


def wiped(catalogue: Catalogue, session: Session, name: str) -> Turn:
    """Forget it, and lead back to help or a concern where one is open, else to the place.

    Whom it spoke against stays out of all that still names them.
    """
    if not _is_there(session, name):
        return refused(catalogue, session, word(catalogue, f"no_{name}"))
    script = SCRIPTS[name]
    under = underneath(session.detour)
    there, back = catalogue, session
    if in_hand(session) == script:
        there, back = taken_in_hand(catalogue, session)
    elif not under:
        back = resting(replace(session, detour=None))
    kept = replace(without_it(back, script), detour=under or back.detour)
    put, effects = shown(along(there, kept), kept, (word(catalogue, f"{name}_gone"),))
    return Turn(put, effects)


def _is_there(session: Session, name: str) -> bool:
    script = SCRIPTS[name]
    return script in session.apart or in_hand(session) == script


def _entered(catalogue: Catalogue, session: Session, name: str, now: str) -> Turn:
    if not has_agreed(catalogue, session):
        return agreement_first(catalogue, session, now, word(catalogue, f"{name}_first"))
    script, outside = SCRIPTS[name], resting(replace(session, detour=None))
    held = outside.apart.get(script)
    if held is not None and held.status == "waiting":
        return home(*taken_in_hand(catalogue, outside, script), now)
    taken = exchanged(outside, script)
    if not is_made(taken, script):
        fresh = replace(taken, answers={}, path=(), status="waiting", detour=None)
        first = catalogue.scripts[script].script.first
        put = replace(fresh, place=(Frame(script, first),), draft=(), doubts=())
        return onward(along(catalogue, put), put)
    return _again(catalogue, taken, script)


def _again(catalogue: Catalogue, held: Session, script: str) -> Turn:
    """Ask of each answer whether it still holds, and once more for those that were left out."""
    there = along(catalogue, held)
    known = renamed(there, held)
    given = {key: each for key, each in known.answers.items() if each.standing in STAYS}
    order = [step.answer for step in there.scripts[script].script.steps.values()]
    said = [key for key, each in given.items() if each.standing == "given"]
    begun = {key: key.partition("/")[0].partition(":")[0] for key in said}
    doubts = tuple(
        sorted(
            (key for key in said if begun[key] in order), key=lambda key: order.index(begun[key])
        )
    )
    fresh = replace(known, answers=given, doubts=doubts, detour=None, release=there.release)
    put, effects = shown(there, walk(there, begin(there, fresh)).session)
    return Turn(put, effects)
