"""A minute to breathe: four screens in a row, opened from anywhere but a medical emergency.

The screen that it was opened from lies under it, where that is help or a concern, and is shown
again afterwards.
"""

from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Turn
from bot.engine.labels import word
from bot.engine.onward import over, refused
from bot.engine.screens import shown
from bot.engine.session import Session

GROUNDING: Final = ("breathe", "breathe look", "breathe listen", "breathe rest")
"""The screens of the exercise, in order."""


def breathing(catalogue: Catalogue, session: Session) -> Turn:
    """Begin the exercise; never in a medical emergency, where 999 stays in sight instead."""
    if session.detour and session.detour.about == "medical":
        return refused(catalogue, session, word(catalogue, "not_on_screen"))
    put, effects = shown(catalogue, over(session, GROUNDING[0]))
    return Turn(put, effects)


def breathing_on(catalogue: Catalogue, session: Session) -> Turn:
    """Go on to the next part of the exercise; the last one stays."""
    here = session.detour.name if session.detour else ""
    place = GROUNDING.index(here) + 1 if here in GROUNDING else 0
    following = GROUNDING[min(place, len(GROUNDING) - 1)]
    put, effects = shown(catalogue, over(session, following))
    return Turn(put, effects)
