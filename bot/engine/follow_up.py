"""The one message that somebody asked for: whom did you see? One tap, one line, and then quiet.

Nothing of what is answered is kept. Whether it comes is decided when it is due, by what is true
then: it belongs to the reflection in which it was asked for, and goes with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.engine.apart import exchanged, in_hand, reflection_of
from bot.engine.around import left_out, unnamed
from bot.engine.catalogue import Catalogue
from bot.engine.effects import Drop, Say, Turn
from bot.engine.labels import word
from bot.engine.listed import listed
from bot.engine.naming import is_in_id, names_any
from bot.engine.onward import home
from bot.engine.scope import globals_of, value_of
from bot.engine.screens import shown
from bot.engine.session import Answer, Detour, Session

FOLLOW_UP: Final = "follow up"
ANSWERS: Final = ("saw someone", "not yet", "fell through")
_CALLED_OFF: Final = Answer("result", 0)


def come_back(catalogue: Catalogue, session: Session, due: str) -> Turn:
    """Ask or say what was asked for, over whatever is open, which stays as it is.

    It does not come any more where that was taken back or stopped, where another reflection has
    begun since, or where a concern is open: that is not to be covered.
    """
    here = session.detour
    if not is_awaited(catalogue, session, due) or (here and here.about):
        return Turn(session, accepted=False)
    screen = due.replace("_", " ")
    if screen not in catalogue.screens:
        return Turn(session, (Say(word(catalogue, f"due_{due}")),), accepted=False)
    under = here.under if here and here.name == screen else here
    put, effects = shown(catalogue, replace(session, detour=Detour(screen, under=under)))
    return Turn(put, effects, accepted=False)


def is_awaited(catalogue: Catalogue, session: Session, due: str) -> bool:
    """Say whether a message that is due was asked for in this reflection, and still is."""
    here = reflection_of(session)
    stopped = "stopped" in (session.status, here.status)
    script = catalogue.scripts[catalogue.root].script
    step = script.find(due)
    if stopped or not here.begun or step is None or step.remind is None:
        return False
    names = {due, step.id}
    held = [answer for key, answer in _reminders(catalogue, here) if key in names]
    # Also what was answered further on than where the person is now: it was asked for there.
    given = {key: value_of(answer) for key, answer in here.answers.items()}
    blank = catalogue.scripts[catalogue.root].blank
    scope = {**blank, **globals_of(catalogue, here), **given}
    return any(answer != _CALLED_OFF for answer in held) and step.shown_to(scope)


def said_how_it_went(catalogue: Catalogue, session: Session, action: str, now: str) -> Turn:
    """Take one of the three answers, say one thing that may be of use, and be quiet from then on.

    Where it didn't work out and something that is listed was suggested, ask which of it was wrong.
    """
    name = f"follow_{action.replace(' ', '_')}"
    said = word(catalogue, name, thought_of=_thought_of(session), readings=catalogue.readings)
    if action != "fell through" or not listed(session):
        return home(catalogue, session, now, (said,))
    under = session.detour.under if session.detour else None
    there = replace(session, detour=Detour("places", under=under))
    put, effects = shown(catalogue, there, (said,))
    return Turn(put, effects)


def called_off(catalogue: Catalogue, session: Session, now: str) -> Turn | None:
    """Let no message come any more; None where none was going to."""
    here = reflection_of(session)
    held = {key: _CALLED_OFF for key, answer in _reminders(catalogue, here) if answer.value}
    if not held:
        return None
    quiet = replace(here, answers={**here.answers, **held})
    back = exchanged(quiet, in_hand(session)) if in_hand(session) else quiet
    turn = home(catalogue, back, now, (word(catalogue, "quiet_now"),))
    return replace(turn, effects=(*(Drop(name) for name in held), *turn.effects))


def reminders(catalogue: Catalogue, session: Session) -> tuple[str, ...]:
    """Name everything that was asked to come in this reflection, and not called off."""
    here = reflection_of(session)
    return tuple(name for name, answer in _reminders(catalogue, here) if answer != _CALLED_OFF)


def _reminders(catalogue: Catalogue, here: Session) -> Iterator[tuple[str, Answer]]:
    """Give what was asked for so far, by the ids of the steps at which it was."""
    for step in catalogue.scripts[catalogue.root].script.steps.values():
        for name in (step.id, *step.was) if step.remind else ():
            if name in here.answers and here.answers[name].standing == "result":
                yield name, here.answers[name]


def _thought_of(session: Session) -> list[str]:
    """Give what the person had thought of for when it doesn't work out.

    After a concern about abuse nothing of an earlier plan is brought up again.
    """
    if any(concern.rstrip("?") == "abuse" for concern in session.concerns):
        return []
    plan = reflection_of(session).answers.get("plan")
    parts = plan.value if plan and isinstance(plan.value, list) else []
    found = [str(part.get("instead") or "") for part in parts if isinstance(part, Mapping)]
    names, ids = unnamed(session), left_out(session)
    return list(
        dict.fromkeys(
            each
            for each in found
            if each and not names_any(each, names) and not is_in_id(each, ids)
        )
    )
