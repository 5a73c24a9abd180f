"""What somebody says of a listed place with one tap: it helps whoever comes next."""

from dataclasses import replace
from typing import Final

from bot.engine.apart import in_hand
from bot.engine.catalogue import Catalogue
from bot.engine.effects import Report, Turn
from bot.engine.group_places import OURS, said_of_ours
from bot.engine.labels import word
from bot.engine.listed import listed
from bot.engine.onward import home
from bot.engine.screens import shown
from bot.engine.session import Detour, Session

VERDICTS: Final = ("closed", "wrong number", "not for me", "helped")


def chosen(catalogue: Catalogue, session: Session, key: str) -> Turn:
    """Ask how it was with one of the places."""
    under = session.detour.under if session.detour else None
    put, effects = shown(catalogue, replace(session, detour=Detour("place", under=under, of=key)))
    return Turn(put, effects)


def reported(catalogue: Catalogue, session: Session, verdict: str, now: str) -> Turn:
    """Hand on what was said of the place that is open; nothing of it says who said so.

    What is closed is not suggested to this person again.
    """
    key = session.detour.of if session.detour else ""
    item = listed(session).get(key)
    if item is None or in_hand(session):
        return home(catalogue, session, now)
    told = replace(session, reported=(*session.reported, f"{verdict}:{key}"))
    turn = home(catalogue, told, now, (word(catalogue, "noted"),))
    source, ref = str(item["source"]), str(item["ref"])
    said = said_of_ours(ref, verdict) if source == OURS else (Report(source, ref, verdict),)
    return replace(turn, effects=(*said, *turn.effects))
