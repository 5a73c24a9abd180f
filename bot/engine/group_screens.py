"""What the screens of groups tell and offer to somebody, each time for one group."""

from collections.abc import Mapping
from typing import Final

from bot.engine.apart import in_hand, is_for_group, is_round, reflection_of
from bot.engine.catalogue import Catalogue
from bot.engine.effects import Option
from bot.engine.group import Membership
from bot.engine.labels import short
from bot.engine.rounds import prompts_of
from bot.engine.session import Detour, Session

NEEDS_GROUP: Final = ("my group", "places of group", "what many told", "leave group")
OF_A_GROUP: Final = frozenset(
    {
        *("round", "open round", "close round", "my group", "leave group", "counted"),
        *("group places", "group place"),
    }
)
"""The screens that name the group they are about, unless somebody is in none or in several."""


def group_of(catalogue: Catalogue, session: Session) -> Membership | None:
    """Give the group that a screen is about: the one it names, that of the round, the only one.

    Where somebody is not in that group any more it is none: what was picked for one group is done
    in no other.
    """
    here, known = session.detour, catalogue.groups
    named = here.of.partition(" ")[0].partition("/")[0] if here and here.name in OF_A_GROUP else ""
    alone = next(iter(known)) if len(known) == 1 else ""
    return known.get(named or (session.round[0] if session.round else alone))


def panel(member: Membership) -> Detour:
    """Give the screen of whoever leads a group: it knows how far the round was when it was put."""
    here = member.group.open
    stands = f"{here.id}.{here.at}.{here.talking}" if here else ""
    return Detour("round", of=f"{member.name} {stands}".strip())


def is_behind(member: Membership, screen: Detour) -> bool:
    """Say whether the round has gone on since this screen was put: several may lead it.

    Of a round that was only just opened the screen does not know the id.
    """
    then, now = screen.of.partition(" ")[2], panel(member).of.partition(" ")[2]
    if not then or then.startswith("."):
        return bool(then) and then.partition(".")[2] != now.partition(".")[2]
    return then != now


def early(catalogue: Catalogue, session: Session, member: Membership) -> bool:
    """Say whether a round would end before its last question, and this was not asked about yet."""
    here = member.group.open
    compiled = catalogue.scripts.get(here.script) if here else None
    asked = session.detour is not None and session.detour.name == "close round"
    many = len(prompts_of(compiled.script)) if compiled else 0
    return here is not None and here.at + 1 < many and not asked


def group_facts(catalogue: Catalogue, session: Session) -> Mapping[str, object]:
    """Give what a screen can tell of a group: nothing that not everybody in it can see."""
    member = group_of(catalogue, session)
    here = member.group.open if member else None
    compiled = catalogue.scripts.get(here.script) if here else None
    many = len(prompts_of(compiled.script)) if compiled else 0
    return {
        "open": bool(here and compiled),
        "answering": member is not None and _answers(session, member),
        "round_title": compiled.script.title if compiled else "",
        "number": here.at + 1 if here else 0,
        "of": many,
        "talking": bool(here and here.talking),
        "last": here is not None and here.at + 1 >= many,
        "counted": len(session.counted) > 1,
        "least_counted": catalogue.terms.least_counted,
        **({"group_name": member.group.title} if member and member.group.title else {}),
    }


def _answers(session: Session, member: Membership) -> bool:
    """Say whether somebody is in the middle of the round of a group."""
    here = is_round(session) and session.round[0] == member.name
    return here and session.status == "waiting"


def group_options(catalogue: Catalogue, screen: str) -> list[Option]:
    """Give a button for each round that could be opened, or for each group somebody is in."""
    match screen:
        case "open round":
            rounds = (each.script for each in catalogue.scripts.values() if each.script.round)
            return [Option(f"open round:{each.id}", each.title) for each in rounds]
        case "rounds":
            known = catalogue.groups.items()
            return [Option(f"group:{name}", short(held.group.title)) for name, held in known]
        case _:
            return []


def is_offered_in_group(catalogue: Catalogue, session: Session, action: str) -> bool:
    """Say whether what a screen of groups lists fits at this point of the round."""
    member = group_of(catalogue, session)
    here = member.group.open if member else None
    compiled = catalogue.scripts.get(here.script) if here else None
    leads = member is not None and member.leads
    match action:
        case "open round":
            return leads and here is None
        case "take part" | "close round":
            return here is not None and (leads or action == "take part")
        case "show round":
            return leads and here is not None and not here.talking
        case "move on":
            many = len(prompts_of(compiled.script)) if compiled else 0
            return leads and here is not None and here.talking and here.at + 1 < many
        case "what many told":
            return leads and here is None
        case "counted":
            return reflection_of(session).begun
        case "forget round":
            return any(is_for_group(name) for name in (in_hand(session), *session.apart))
        case _ if action in NEEDS_GROUP:
            return member is not None
        case _:
            return True
