"""What the screens of a group's list of places show to one of its members."""

from collections.abc import Mapping
from typing import Any, Final

from bot.engine.around import left_out, unnamed
from bot.engine.catalogue import Catalogue
from bot.engine.effects import Option
from bot.engine.group import Membership
from bot.engine.group_places import SAID, theirs, told
from bot.engine.group_screens import group_of
from bot.engine.labels import short, word
from bot.engine.naming import is_in_id, names_any
from bot.engine.session import Session

LISTS, LIST, ONE = "group lists", "group places", "group place"
"""The screens: which group, its list, and one place of it."""
SAYING: Final = ("place good", "place wrong", "place closed", "place withdraw")
"""What can be said of one place. That a proposed one is good confirms it, and that it is
wrong takes it off."""
_NOWHERE: Final[dict[str, Any]] = {
    "waiting": 0,
    "listed": 0,
    "our_place": {
        **dict.fromkeys(SAID, ""),
        "waits": False,
        "own": False,
        "months": 0,
        "wrong": 0,
        "said": "",
    },
}


def readable(session: Session, member: Membership) -> list[dict[str, Any]]:
    """Give what a member reads of the list: nothing that tells of somebody they left out."""
    return [row for row in told(member) if row["own"] or not tells_of_somebody(session, row)]


def tells_of_somebody(session: Session, place: Mapping[str, Any]) -> bool:
    """Say whether the words of a place name somebody whom this person left out or is afraid of."""
    words = " ".join(str(place.get(name, "")) for name in SAID)
    return names_any(words, unnamed(session)) or is_in_id(words, left_out(session))


def place_in_view(catalogue: Catalogue, session: Session) -> dict[str, Any] | None:
    """Give the place that the screen in view is about, with what this member said of it."""
    member, of = group_of(catalogue, session), session.detour.of if session.detour else ""
    wanted = of.partition("/")[2]
    if member is None or not wanted:
        return None
    said = {place["id"]: what for place, what in theirs(member)}
    rows = (row for row in readable(session, member) if row["id"] == wanted)
    return next(({**row, "said": said.get(wanted, "")} for row in rows), None)


def buttons(catalogue: Catalogue, session: Session) -> list[Option]:
    """Give a button for each group, or for each place of one; none on any other screen."""
    screen = session.detour.name if session.detour else ""
    if screen == LISTS:
        return [
            Option(f"places of group:{name}", short(member.group.title))
            for name, member in catalogue.groups.items()
        ]
    member = group_of(catalogue, session)
    if screen != LIST or member is None:
        return []
    return [
        Option(
            f"{ONE}:{row['id']}",
            word(catalogue, "place_listed", words=short(row["what"]), **_how(row)),
        )
        for row in readable(session, member)
    ]


def facts(catalogue: Catalogue, session: Session, screen: str) -> dict[str, Any]:
    """Give what the words of these screens can read; on other screens nothing is in it."""
    if screen not in (LIST, ONE):
        return _NOWHERE
    member = group_of(catalogue, session)
    if member is None:
        return _NOWHERE
    rows = readable(session, member)
    return {
        "waiting": sum(row["waits"] and not row["own"] for row in rows),
        "listed": sum(not row["waits"] for row in rows),
        "our_place": place_in_view(catalogue, session) or _NOWHERE["our_place"],
    }


def is_there(catalogue: Catalogue, session: Session, action: str) -> bool:
    """Say whether something can be done with the list or the place in view."""
    if action == "take places":
        member = group_of(catalogue, session)
        return member is not None and any(not row["waits"] for row in told(member))
    place = place_in_view(catalogue, session)
    if place is None:
        return False
    match action:
        case "place good":
            return not place["own"]
        case "place wrong" if place["waits"]:
            return not place["own"]
        case "place withdraw":
            return bool(place["said"])
        case _:
            return not place["waits"] and action != f"place {place['said']}"


def _how(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("waits", "own", "wrong")}
