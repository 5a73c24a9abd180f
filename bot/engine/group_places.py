"""A group's own list of places: what its members propose, confirm and say of them.

A proposal belongs to whoever made it until a second member confirms it; then it is the group's and
names nobody. Before that, one member who says that it should not be there takes it off. Whoever
says that a place has closed or that its details are wrong is known only until that is settled, so
that one person counts once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, assert_never

from bot.engine.ages import months_since
from bot.engine.effects import Place
from bot.engine.group import Group, Membership

SAID: Final = ("what", "where", "meets_you", "good_for")
"""What a member tells of a place, in their own words; the first two are never left out."""
PROPOSED, LISTED, CLOSED = "proposed", "listed", "closed"
OURS: Final = "group"
"""The source of what was suggested out of such a list; its id is `<name of the group>/<id>`."""
TO_CLOSE: Final = 2
"""So many different members have to say that a place has closed."""

Listed = Mapping[str, Any]


def listed_with(group: Group, effect: Place, person: str, day: str, drawn: str) -> Group:
    """Give the group with what a member did to its list on a day (ISO); the same one if nothing.

    `drawn` is the id of a new place, drawn at random by the caller, who knows that `person` is a
    member. What isn't there any more, or isn't theirs to do, changes nothing.
    """
    if effect.act == "propose":
        said = {name: str(effect.holds.get(name, "")).strip() for name in SAID}
        if not said["what"] or not said["where"]:
            return group
        return replace(group, places=(*group.places, _proposed(said, person, day, drawn)))
    done = (
        _after(each, effect, person, day) if each["id"] == effect.of else each
        for each in group.places
    )
    return _holding(group, tuple(each for each in done if each))


def without_person(group: Group, person: str) -> Group:
    """Give the group without what a person proposed and without what they said; else the same.

    What a second member confirmed is the group's and stays.
    """
    theirs = (each for each in group.places if each["by"] != person)
    return _holding(group, tuple(_unsaid(each, person) for each in theirs))


def told(member: Membership) -> list[dict[str, Any]]:
    """Give the rows that a member reads, with what waits for a second before all the others.

    Each has its words, `id`, `waits` (it is proposed), `own` (by this member), `months` (whole ones
    since it was last confirmed) and `wrong` (so many said that the details are). What is closed is
    left out, and what waits and is their own comes last.
    """
    there = [each for each in member.group.places if each["state"] != CLOSED]
    rows = [
        {
            "id": each["id"],
            **{name: each[name] for name in SAID},
            "waits": each["state"] == PROPOSED,
            "own": each["by"] == member.person,
            "months": age(each, member.day),
            "wrong": each["wrong"],
        }
        for each in there
    ]
    return sorted(rows, key=lambda row: (row["own"], not row["waits"]))


def confirmed(group: Group) -> list[dict[str, Any]]:
    """Give what may be taken along of a list: what a second member confirmed, and on which day."""
    kept = ("id", *SAID, "assured")
    return [{name: each[name] for name in kept} for each in group.places if each["state"] == LISTED]


def said_of_ours(ref: str, verdict: str) -> tuple[Place, ...]:
    """Give what somebody does to a group's list by saying how it was with a place on it.

    `ref` is the name of the group and the id. That it was not for them says nothing of the place.
    """
    name, _, own = ref.partition("/")
    match verdict:
        case "closed":
            return (Place(name, "closed", own),)
        case "wrong number":
            return (Place(name, "wrong", own),)
        case "helped":
            return (Place(name, "good", own),)
        case _:
            return ()


def age(place: Listed, day: str) -> int:
    """Count the whole months since somebody last made sure of a place; 0 where nobody has yet."""
    if not place["assured"]:
        return 0
    return months_since(date.fromisoformat(place["assured"]), date.fromisoformat(day))


def theirs(member: Membership) -> Iterator[tuple[Listed, str]]:
    """Give what still stands under this member's name: what they proposed, and what they said.

    With each place comes `proposed`, or what they said of it.
    """
    for each in member.group.places:
        if each["by"] == member.person:
            yield each, PROPOSED
        elif said := each["said"].get(member.person):
            yield each, said


def _holding(group: Group, places: tuple[Listed, ...]) -> Group:
    return group if places == group.places else replace(group, places=places)


def _proposed(said: Mapping[str, str], person: str, day: str, drawn: str) -> Listed:
    return {
        "id": drawn,
        **said,
        "state": PROPOSED,
        "by": person,
        "day": day,
        "assured": "",
        "wrong": 0,
        "said": {},
    }


def _after(place: Listed, effect: Place, person: str, day: str) -> Listed | None:
    """Give a place after what a member did; nothing where it was theirs and they took it back."""
    waits, listed = place["state"] == PROPOSED, place["state"] == LISTED
    match effect.act:
        case "confirm" if waits and place["by"] != person:
            return {**place, "state": LISTED, "by": "", "assured": day}
        case "refuse" if waits:
            return None
        case "withdraw":
            return None if place["by"] == person else _unsaid(place, person)
        case "good" if listed:
            return _said({**place, "assured": max(day, place["assured"])}, {})
        case "closed" | "wrong" if listed:
            said = {**place["said"], person: effect.act}
            if list(said.values()).count("closed") < TO_CLOSE:
                return _said(place, said)
            return _said({**place, "state": CLOSED}, {})
        case "propose" | "confirm" | "good" | "closed" | "wrong" | "refuse":
            return place
        case _:
            assert_never(effect.act)


def _unsaid(place: Listed, person: str) -> Listed:
    return _said(place, {who: what for who, what in place["said"].items() if who != person})


def _said(place: Listed, said: Mapping[str, str]) -> Listed:
    """Give a place of which this is said, and by whom."""
    return {**place, "wrong": list(said.values()).count("wrong"), "said": dict(said)}
