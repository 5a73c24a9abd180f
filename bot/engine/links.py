"""Coming into the private chat by a link out of a group."""

from dataclasses import replace

from bot.engine.catalogue import Catalogue
from bot.engine.effects import Join, Say, Turn
from bot.engine.events import LinkFollowed
from bot.engine.freedoms import used
from bot.engine.in_groups import came
from bot.engine.labels import word
from bot.engine.onward import refused, started
from bot.engine.placing import asked_for_places
from bot.engine.screens import shown
from bot.engine.session import Session


def followed(catalogue: Catalogue, session: Session, event: LinkFollowed, now: str) -> Turn:
    """Do what a link is for. One that leads nowhere any more is as good as a plain beginning.

    Whoever comes by a link belongs to its group from then on.
    """
    if event.group not in catalogue.groups:
        said = word(catalogue, "link_old")
        if not session.begun and not session.detour:
            turn = started(catalogue, session, now)
            return replace(turn, effects=(Say(said), *turn.effects))
        return refused(catalogue, session, said)
    match event.purpose:
        case "round":
            return came(catalogue, session, event.group, now)
        case "places":
            turn = asked_for_places(catalogue, session, event.group)
        case "help":
            turn = used(catalogue, session, "help", now)
        case _ if session.begun:
            put, effects = shown(catalogue, session)
            turn = Turn(put, effects, accepted=False)
        case _:
            turn = started(catalogue, session, now)
    return replace(turn, effects=(Join(event.group), *turn.effects))
