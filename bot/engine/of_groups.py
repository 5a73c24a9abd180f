"""What has to do with groups among the freedoms and on screens, each handed to where it is done."""

from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.counted import ACTIONS as COUNTING
from bot.engine.counted import counting
from bot.engine.effects import Turn
from bot.engine.in_groups import ACTIONS as IN_GROUPS
from bot.engine.in_groups import asked_for_round, in_group
from bot.engine.placing import ACTIONS as OF_PLACES
from bot.engine.placing import asked_for_places, at_places
from bot.engine.session import Session

COMMANDS: Final = ("round", "places", "counted")
ACTIONS: Final = (*IN_GROUPS, *OF_PLACES, *COUNTING)


def asked(catalogue: Catalogue, session: Session, name: str, now: str) -> Turn:
    """Do what a person asked for by name, one of COMMANDS."""
    match name:
        case "round":
            return asked_for_round(catalogue, session, now)
        case "places":
            return asked_for_places(catalogue, session)
        case _:
            return counting(catalogue, session, name, now)


def picked(catalogue: Catalogue, session: Session, verb: str, key: str, now: str) -> Turn:
    """Do what was picked on a screen, one of ACTIONS."""
    if verb in OF_PLACES:
        return at_places(catalogue, session, verb, key, now)
    if verb in COUNTING:
        return counting(catalogue, session, verb, now)
    return in_group(catalogue, session, verb, key, now)
