"""What a member does with the list of places of a group: look, say how a place is, propose one."""

from dataclasses import replace
from typing import Final

from bot.engine.apart import PROPOSED, along, dropped, for_group
from bot.engine.catalogue import Catalogue
from bot.engine.consent import has_agreed
from bot.engine.effects import Enclosure, Place, Say, Turn
from bot.engine.group import Membership
from bot.engine.group_places import confirmed, listed_with
from bot.engine.group_screens import group_of
from bot.engine.labels import word
from bot.engine.meeting import taken_in_hand
from bot.engine.onward import agreement_first, home, onward, over, refused, resting
from bot.engine.place_screens import (
    LIST,
    LISTS,
    ONE,
    SAYING,
    place_in_view,
)
from bot.engine.screens import shown
from bot.engine.session import Detour, Frame, Session

SCRIPT: Final = "group-place"
"""The dialogue in which somebody proposes a place."""
ACTIONS: Final = (
    *("places of group", ONE, "propose place", "take places", "leave places"),
    *SAYING,
)
"""What can be done on the screens of a group's places."""
_ON_TRIAL: Final = {"good": "confirm", "wrong": "refuse"}
"""What it means to say so of a place that waits for a second member."""


def asked_for_places(catalogue: Catalogue, session: Session, group: str = "") -> Turn:
    """Show the list of a group; of several groups, ask which. Not while a concern is open."""
    known = catalogue.groups
    member = known.get(group or (next(iter(known)) if len(known) == 1 else ""))
    if session.detour and session.detour.about:
        return refused(catalogue, session, word(catalogue, "places_not_now"))
    if member is None and group not in known and len(known) > 1:
        put, effects = shown(catalogue, over(session, LISTS))
        return Turn(put, effects)
    if member is None:
        return refused(catalogue, session, word(catalogue, "places_none"))
    return _listing(catalogue, session, member)


def at_places(catalogue: Catalogue, session: Session, action: str, key: str, now: str) -> Turn:
    """Do what was picked on one of these screens."""
    if action == "leave places":
        return _left(catalogue, session)
    if action == "place withdraw" and key:
        return _taken_back(catalogue, session, key)
    member = group_of(catalogue, session)
    if action == "places of group":
        return asked_for_places(catalogue, session, key or (member.name if member else ""))
    if member is None:
        return refused(catalogue, session, word(catalogue, "places_none"))
    match action:
        case "group place":
            there = _on(session, ONE, f"{member.name}/{key}")
            if place_in_view(catalogue, there) is None:
                return _listing(catalogue, session, member, "place_not_there")
            put, effects = shown(catalogue, there)
            return Turn(put, effects)
        case "propose place":
            return _proposing(catalogue, session, member, now)
        case "take places":
            return _along(catalogue, session, member)
        case _:
            return _saying(catalogue, session, member, action.removeprefix("place "), now)


def _listing(catalogue: Catalogue, session: Session, member: Membership, said: str = "") -> Turn:
    there = _on(session, LIST, f"{member.name} 0")
    put, effects = shown(catalogue, there, (word(catalogue, said),) if said else ())
    return Turn(put, effects)


def _on(session: Session, screen: str, of: str) -> Session:
    there = over(session, screen)
    return replace(there, detour=replace(there.detour or Detour(screen), of=of))


def _left(catalogue: Catalogue, session: Session) -> Turn:
    """Lead back to where the person was; somebody who has begun nothing begins nothing by it."""
    back = resting(session)
    if not back.begun and back.detour is None:
        back = replace(back, detour=Detour("not begun"))
    put, effects = shown(along(catalogue, back), back)
    return Turn(put, effects)


def _saying(catalogue: Catalogue, session: Session, member: Membership, act: str, now: str) -> Turn:
    """Say of the place in view how it is, and show the list as it is then."""
    place = place_in_view(catalogue, session)
    if place is None:
        return _listing(catalogue, session, member, "place_not_there")
    if act != "withdraw" and not has_agreed(catalogue, session):
        return agreement_first(catalogue, session, now, word(catalogue, "places_first"))
    act = _ON_TRIAL.get(act, act) if place["waits"] else act
    effect = Place(member.name, act, place["id"])  # type: ignore[arg-type]
    turn = _listing(_after(catalogue, member, effect), session, member, f"place_{act}_told")
    return replace(turn, effects=(effect, *turn.effects))


def _taken_back(catalogue: Catalogue, session: Session, key: str) -> Turn:
    """Take back what is told among all that is kept, by the group and the id of the place."""
    name, _, place = key.partition("/")
    member = catalogue.groups.get(name)
    if member is None:
        return refused(catalogue, session, word(catalogue, "places_none"))
    effect = Place(name, "withdraw", place)
    there = _after(catalogue, member, effect)
    put, effects = shown(there, session, (word(catalogue, "place_withdraw_told"),))
    return Turn(put, (effect, *effects))


def _after(catalogue: Catalogue, member: Membership, effect: Place) -> Catalogue:
    """Give the catalogue with the list as it will be, for the screen that is put meanwhile."""
    group = listed_with(member.group, effect, member.person, member.day, "")
    return replace(
        catalogue, groups={**catalogue.groups, member.name: replace(member, group=group)}
    )


def _along(catalogue: Catalogue, session: Session, member: Membership) -> Turn:
    """Give the list as a file for other programs; only what a second member confirmed."""
    holds = {"places": confirmed(member.group)}
    say = Say(word(catalogue, "places_along"), enclosed=Enclosure("places data", holds))
    put, effects = shown(catalogue, session)
    return Turn(put, (say, *effects))


def _proposing(catalogue: Catalogue, session: Session, member: Membership, now: str) -> Turn:
    """Begin to propose a place, or go on with it; whoever agreed to nothing yet does that first."""
    if SCRIPT not in catalogue.scripts:
        return refused(catalogue, session, word(catalogue, "places_none"))
    if not has_agreed(catalogue, session):
        return agreement_first(catalogue, session, now, word(catalogue, "places_first"))
    mine, name = (member.name, PROPOSED), for_group(member.name, PROPOSED)
    outside = resting(replace(session, detour=None))
    if session.round == mine:
        return home(catalogue, outside, now)
    held = outside.apart.get(name)
    if held is not None and held.status == "waiting":
        return home(*taken_in_hand(catalogue, outside, name), now)
    _, taken = taken_in_hand(catalogue, dropped(outside, name), name)
    first = catalogue.scripts[SCRIPT].script.first
    fresh = replace(taken, place=(Frame(SCRIPT, first),), round=mine, detour=None)
    return onward(along(catalogue, fresh), fresh)
