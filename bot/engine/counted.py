"""Being counted in totals: off until somebody says yes, and off again as soon as they say no."""

from dataclasses import replace
from typing import Final

from bot.engine.apart import along
from bot.engine.catalogue import Catalogue
from bot.engine.counting import left_out, let_count
from bot.engine.effects import Turn
from bot.engine.group_screens import group_of
from bot.engine.labels import word
from bot.engine.onward import over, resting
from bot.engine.screens import shown
from bot.engine.session import Session

ACTIONS: Final = ("counted", "count me", "not count me")
"""What is done about it: the screen that asks, yes and no."""


def counting(catalogue: Catalogue, session: Session, action: str, now: str) -> Turn:
    """Ask, or take a yes or a no. A yes is for one group at most: the one that was asked about."""
    member = group_of(catalogue, session)
    name = member.name if member else ""
    if action == "counted":
        asked = over(session, "counted")
        about = replace(asked.detour, of=name) if asked.detour else None
        put, effects = shown(catalogue, replace(asked, detour=about))
        return Turn(put, effects)
    said = action == "count me"
    back = resting(let_count(session, name, now[:10]) if said else left_out(session, now[:10]))
    told = (word(catalogue, "counted_yes" if said else "counted_no"),)
    put, effects = shown(along(catalogue, back), back, told)
    return Turn(put, effects)
