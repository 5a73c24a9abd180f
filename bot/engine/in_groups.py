"""What somebody does with a group in private: come by a link, answer its round, lead it, leave it.

A person sees and does only what is theirs; what this changes in the group is an effect.
"""

from dataclasses import replace
from typing import Final

from bot.engine.apart import (
    PROPOSED,
    along,
    dropped,
    exchanged,
    for_group,
    in_hand,
    is_for_group,
    is_round,
)
from bot.engine.catalogue import Catalogue
from bot.engine.consent import has_agreed
from bot.engine.counting import left_out
from bot.engine.effects import Effect, Join, Leave, Say, Steer, Turn
from bot.engine.events import GroupLeft
from bot.engine.group import Act, Membership, Round, moved
from bot.engine.group_screens import early, group_of, is_behind, panel
from bot.engine.labels import word
from bot.engine.meeting import met, taken_in_hand
from bot.engine.onward import agreement_first, home, onward, refused, resting
from bot.engine.rounds import prompts_of
from bot.engine.screens import shown
from bot.engine.session import Detour, Frame, Session

LEADING: Final = ("open round", "show round", "move on", "close round")
ACTIONS: Final = (
    *LEADING,
    *("take part", "group", "my group", "leave group", "left group", "leave groups"),
    *("forget round", "what many told"),
)
"""What can be done on the screens of groups; the first ones only by whoever leads."""
_ACTS: Final[dict[str, Act]] = {
    "open round": "open",
    "show round": "show",
    "move on": "move on",
    "close round": "close",
}


def came(catalogue: Catalogue, session: Session, group: str, now: str) -> Turn:
    """Let somebody belong to the group whose link they followed, and put its round to them."""
    turn = asked_for_round(catalogue, session, now, group)
    return replace(turn, effects=(Join(group), *turn.effects))


def asked_for_round(catalogue: Catalogue, session: Session, now: str, group: str = "") -> Turn:
    """Put the round of a group, or how it can be led; with several groups, ask which.

    Not while a concern is open.
    """
    known = catalogue.groups
    if session.detour and session.detour.about:
        return refused(catalogue, session, word(catalogue, "round_not_now"))
    if not group and len(known) > 1:
        return _on_screen(catalogue, session, Detour("rounds"))
    member = known.get(group) or next(iter(known.values()), None)
    if member is None or (group and group not in known):
        return refused(catalogue, session, word(catalogue, "round_none"))
    if member.leads:
        return _on_screen(catalogue, session, panel(member))
    if is_round(session) and session.round[0] == member.name:
        return _on_screen(catalogue, session, Detour("my group", of=member.name))
    return entered(catalogue, session, member, now)


def entered(catalogue: Catalogue, session: Session, member: Membership, now: str) -> Turn:
    """Put the open round of a group where somebody left it, or from its beginning.

    Whoever has agreed to nothing yet is asked that first, and comes to the round by itself then.
    """
    here = member.group.open
    if here is None or here.script not in catalogue.scripts:
        return refused(catalogue, session, word(catalogue, "round_none"))
    if not has_agreed(catalogue, session):
        return _agreement_first(catalogue, session, member, now)
    mine, name = (member.name, here.id), for_group(member.name, here.id)
    if session.round == mine:
        return home(catalogue, replace(session, detour=None), now)
    outside = resting(replace(session, detour=None, awaits=""))
    if in_hand(outside) == name:  # an earlier round of the same group, which is over
        outside = taken_in_hand(catalogue, outside)[1]
    held = outside.apart.get(name)
    if held is not None and held.round == mine:
        return home(*taken_in_hand(catalogue, outside, name), now)
    there, taken = taken_in_hand(catalogue, dropped(outside, name), name)
    first = catalogue.scripts[here.script].script.first
    fresh = replace(taken, place=(Frame(here.script, first),), round=mine, detour=None)
    there = along(there, fresh)
    return onward(there, fresh, (word(catalogue, "round_joined", title=member.group.title),))


def led_back(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Lead back into the middle of the round in hand, and say so."""
    title = catalogue.groups[session.round[0]].group.title
    said = word(catalogue, "round_again", title=title)
    return home(catalogue, replace(session, detour=None), now, (said,))


def awaited(catalogue: Catalogue, turn: Turn, now: str) -> Turn:
    """Go on to the round that somebody came for, now that they agreed; the reflection waits."""
    member = catalogue.groups.get(turn.session.awaits)
    if member is None or turn.session.status == "ended":
        return turn
    quiet: tuple[Effect, ...] = tuple(each for each in turn.effects if not isinstance(each, Say))
    waiting = replace(turn.session, status="stopped", detour=Detour("stopped"), awaits="")
    then = entered(along(catalogue, waiting), waiting, member, now)
    return replace(then, effects=(*quiet, *then.effects))


def in_group(catalogue: Catalogue, session: Session, action: str, of: str, now: str) -> Turn:
    """Do what was picked on a screen of a group."""
    if action == "forget round":
        return _rounds_forgotten(catalogue, session)
    if action == "leave groups":
        return _left_all(catalogue, session, now)
    member = catalogue.groups.get(of) if action == "group" else group_of(catalogue, session)
    if member is None:
        return refused(catalogue, session, word(catalogue, "round_none"))
    name = member.name
    if action in LEADING:
        return _led(catalogue, session, member, action, of)
    match action:
        case "group":
            return asked_for_round(catalogue, session, now, name)
        case "what many told":
            told = member.told if member.leads else ""
            put, effects = shown(
                catalogue, session, (told or word(catalogue, "not_yours_to_lead"),)
            )
            return Turn(put, effects)
        case "take part":
            return entered(catalogue, session, member, now)
        case "leave group" | "my group":
            return _on_screen(catalogue, session, Detour(action, of=name))
        case "left group":
            return left_group(catalogue, session, GroupLeft(name), now)
        case _:
            return refused(catalogue, session, word(catalogue, "not_a_choice"))


def left_group(catalogue: Catalogue, session: Session, event: GroupLeft, now: str) -> Turn:
    """Let go of all that is for a group; what was shared in its open round goes with it."""
    member = catalogue.groups.get(event.group)
    if member is None:
        return Turn(session, accepted=False)
    back = _without(session, {for_group(event.group, ref) for ref in ("", PROPOSED)})
    back = replace(back, awaits="" if back.awaits == event.group else back.awaits)
    if back.counted[1:] == (event.group,):
        back = left_out(back, now[:10])
    there = along(catalogue, back)
    told = (word(catalogue, "group_left", title=member.group.title),)
    put, effects = shown(there, back, told)
    return Turn(put, (Leave(event.group), *effects))


def _led(catalogue: Catalogue, session: Session, member: Membership, action: str, of: str) -> Turn:
    here = member.group.open
    if not member.leads:
        return refused(catalogue, session, word(catalogue, "not_yours_to_lead"))
    if action == "open round" and not of:
        return _on_screen(catalogue, session, Detour("open round", of=member.name))
    if action == "open round":
        compiled = catalogue.scripts.get(of)
        if compiled is None or compiled.script.round is None or here:
            return refused(catalogue, session, word(catalogue, "round_none"))
    elif here is None:
        return refused(catalogue, session, word(catalogue, "round_none"))
    elif session.detour and is_behind(member, session.detour):
        behind = replace(session, detour=panel(member))
        return refused(catalogue, behind, word(catalogue, "round_led_on"))
    if action == "close round" and early(catalogue, session, member):
        return _on_screen(catalogue, session, replace(panel(member), name="close round"))
    after = _after(catalogue, member, action, of)
    there = replace(catalogue, groups={**catalogue.groups, member.name: after})
    said = word(catalogue, f"{action.replace(' ', '_')}_told", title=member.group.title)
    left = resting(replace(session, detour=None))
    leading = replace(session, detour=panel(after))
    screen = (
        met(there, left) if action == "close round" and has_agreed(catalogue, left) else leading
    )
    put, effects = shown(along(there, screen), screen, (said,))
    return Turn(put, (Steer(member.name, _ACTS[action], of), *effects))


def _after(catalogue: Catalogue, member: Membership, action: str, of: str) -> Membership:
    """Give the group as it will stand after an act, for the screen that is put meanwhile."""
    here = member.group.open or Round("", of, member.person, member.day)
    compiled = catalogue.scripts.get(here.script)
    prompts = len(prompts_of(compiled.script)) if compiled else 0
    then = moved(here, _ACTS[action], prompts)
    return replace(member, group=replace(member.group, round=then))


def _agreement_first(catalogue: Catalogue, session: Session, member: Membership, now: str) -> Turn:
    """Put the agreement first; the round goes on once it is given."""
    said = word(catalogue, "round_first", title=member.group.title)
    turn = agreement_first(catalogue, session, now, said)
    return replace(turn, session=replace(turn.session, awaits=member.name))


def _left_all(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Leave every group that somebody is in."""
    turn = Turn(session, accepted=False)
    for name in catalogue.groups:
        then = left_group(catalogue, turn.session, GroupLeft(name), now)
        leaving = [each for each in (*turn.effects, *then.effects) if isinstance(each, Leave)]
        said = [each for each in then.effects if not isinstance(each, Leave)]
        turn = replace(then, effects=(*leaving, *said))
    return turn if turn.effects else refused(catalogue, session, word(catalogue, "round_none"))


def _rounds_forgotten(catalogue: Catalogue, session: Session) -> Turn:
    names = {name for name in (*session.apart, in_hand(session)) if is_for_group(name)}
    back = resting(replace(_without(session, names), detour=None))
    if not back.begun:
        back = replace(back, detour=Detour("not begun"))
    put, effects = shown(along(catalogue, back), back, (word(catalogue, "round_gone"),))
    return Turn(put, effects)


def _without(session: Session, names: set[str]) -> Session:
    """Give the session of a person without these dialogues; one of them in hand makes way."""
    if in_hand(session) in names:
        session = exchanged(session)
    for name in names:
        session = dropped(session, name)
    return session


def _on_screen(catalogue: Catalogue, session: Session, detour: Detour) -> Turn:
    put, effects = shown(catalogue, replace(session, detour=detour))
    return Turn(put, effects)
