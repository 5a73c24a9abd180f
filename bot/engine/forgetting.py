"""Forgetting: one answer, something small, a reminder, a reflection. All of it is for good.

Everything else goes through `erased` (bot.engine.onward), the map and the plan through
bot.engine.planning. What is not there is as good as gone: the same words are said again.
"""

from dataclasses import replace

from bot.engine.apart import along, exchanged, in_hand, reflection_of
from bot.engine.around import for_a_new_one
from bot.engine.catalogue import Catalogue
from bot.engine.cues import LAPSE
from bot.engine.effects import Drop, Erase, Move, Speak, Turn
from bot.engine.follow_up import called_off, is_awaited, reminders
from bot.engine.holdings import is_careful
from bot.engine.labels import word
from bot.engine.meeting import taken_in_hand
from bot.engine.onward import onward, refused, resting
from bot.engine.replay import changed, without, without_copies
from bot.engine.screens import shown
from bot.engine.session import Answer, Detour, Session
from bot.engine.taking_back import taken_back
from bot.engine.walk import begin


def forgotten(catalogue: Catalogue, session: Session, key: str) -> Turn:
    """Forget one answer, and with it what rested on it alone, a reminder included.

    Who is to be left out is forgotten only with the whole that it was said in.
    """
    if key not in session.answers or is_careful(session, key):
        return refused(catalogue, session, word(catalogue, "no_such_answer"))
    fresh, _ = changed(catalogue, session, key, Answer("forgotten"))
    fresh = without_copies(fresh)
    back = replace(begin(catalogue, fresh), detour=None, doubts=(), draft=())
    told = (word(catalogue, "forgot_one"), *taken_back(catalogue, session, key))
    turn = onward(catalogue, back, told)
    if Erase() in turn.effects:  # everything rests on it, so that is asked first
        put, effects = shown(catalogue, replace(session, detour=Detour("withdraw")))
        return Turn(put, effects)
    over = [name for name in reminders(catalogue, session) if name in turn.session.answers]
    over = [name for name in over if not is_awaited(catalogue, turn.session, name)]
    quiet = without(turn.session, frozenset(over))
    drops = tuple(Drop(name) for name in over)
    return replace(turn, session=quiet, effects=(*drops, *turn.effects))


def forgotten_there(catalogue: Catalogue, session: Session, key: str) -> Turn:
    """Forget an answer of the reflection while another dialogue is in hand, and go on with it."""
    if not in_hand(session):
        return forgotten(catalogue, session, key)
    there, back = taken_in_hand(catalogue, replace(session, detour=None))
    return forgotten(there, back, key)


def reminder_forgotten(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Call off whatever was asked to come; where nothing was, the same is said."""
    return called_off(catalogue, session, now) or _gone(catalogue, session, "quiet_now")


def small_forgotten(catalogue: Catalogue, session: Session, name: str) -> Turn:
    """Forget one small thing; what followed from it is as it was before it was said."""
    match name:
        case "reported":
            here = replace(reflection_of(session), reported=())
            there = exchanged(here, in_hand(session)) if in_hand(session) else here
            return _gone(catalogue, there)
        case "starts":
            return _gone(catalogue, replace(session, starts=()))
        case "zone":
            turn = _gone(catalogue, replace(session, zone=""))
            return replace(turn, effects=(Move(""), *turn.effects))
        case "language":
            return Turn(_gone(catalogue, replace(session, language="")).session, needs=Speak())
        case _:
            return refused(catalogue, session, word(catalogue, "no_such_answer"))


def reflection_asked(catalogue: Catalogue, session: Session) -> Turn:
    """Ask whether this reflection is really to go."""
    put, effects = shown(catalogue, replace(session, detour=Detour("forget reflection")))
    return Turn(put, effects)


def reflection_forgotten(catalogue: Catalogue, session: Session) -> Turn:
    """Forget the reflection and all that was noticed in it; the map and the plan stay.

    Whom they must not name is kept with them, as when a new reflection begins.
    """
    here = reflection_of(session)
    blank = Session(
        turn=session.turn,
        revision=session.revision,
        starts=session.starts,
        language=session.language,
        zone=session.zone,
        agreed=session.agreed,
        apart=for_a_new_one(session),
        detour=Detour("not begun"),
    )
    drops = tuple(Drop(name) for name in (*reminders(catalogue, here), LAPSE.due))
    there = along(catalogue, blank)
    put, effects = shown(there, blank, (word(catalogue, "reflection_gone"),))
    return Turn(put, (*drops, *effects))


def _gone(catalogue: Catalogue, session: Session, said: str = "forgot_small") -> Turn:
    """Say what is gone, and put what is under the screen; nothing begins by it."""
    back = resting(session)
    if not back.begun and back.detour is None:
        back = replace(back, detour=Detour("not begun"))
    put, effects = shown(along(catalogue, back), back, (word(catalogue, said),))
    return Turn(put, effects)
