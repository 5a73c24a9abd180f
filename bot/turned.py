"""The whole turn of an event, with all that it needs from outside the engine on its way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.beside import Beside
from bot.engine.effects import Look, Speak, Suggest, Turn
from bot.engine.events import Event, Opened, RowsFound
from bot.engine.session import Session
from bot.engine.step import step
from bot.groups.places import suggestible
from bot.library import Library
from bot.speaking import respoken, suggested

MOST_LOOKUPS: Final = 5


def turned(
    library: Library,
    session: Session,
    event: Event,
    now: datetime,
    around: Callable[[], Beside] = tuple,
) -> Turn:
    """Give the whole turn of an event: a further step answers what the one before asked for.

    `around` gives the rows about this person that lie beside the session; without it, none do.
    """
    speaking, moment = library.speaking(session.language), now.isoformat(timespec="seconds")
    turn = step(speaking.catalogue, session, event, moment)
    ours = suggestible(library.catalogue.groups)
    for _ in range(MOST_LOOKUPS):
        match turn.needs:
            case None:
                break
            case Suggest(scope=scope):
                items = suggested(speaking, scope, now.date(), turn.session.language, ours)
                then = step(speaking.catalogue, turn.session, items, moment)
            case Speak():
                speaking = library.speaking(turn.session.language)
                fresh = respoken(speaking, turn.session, now.date(), ours)
                then = step(speaking.catalogue, fresh, Opened(), moment)
            case Look(wanted=wanted):
                found = RowsFound(around(), wanted)
                then = step(speaking.catalogue, turn.session, found, moment)
        effects = (*turn.effects, *then.effects)
        turn = replace(turn, session=then.session, effects=effects, needs=then.needs)
    return turn
