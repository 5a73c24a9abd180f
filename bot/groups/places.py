"""A group's own list of places: what its members propose, confirm and say of them.

A proposal belongs to whoever made it until a second member confirms it; then it is the group's and
names nobody. Whoever says that a place has closed or that its details are wrong is known only until
that is settled, so that one person counts once.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, assert_never

from bot.engine.catalogue import UK
from bot.engine.effects import Place
from bot.engine.group import Group
from bot.engine.group_places import CLOSED, LISTED, PROPOSED, SAID
from bot.engine.labels import short
from bot.supports.resources import OURS, Resource

TO_CLOSE: Final = 2
"""So many different members have to say that a place has closed."""


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
    places = tuple(
        _after(each, effect, person, day) if each["id"] == effect.of else each
        for each in group.places
    )
    return group if places == group.places else replace(group, places=places)


def without_person(group: Group, person: str) -> Group:
    """Give the group without what a person proposed and without what they said; else the same.

    What a second member confirmed is the group's and stays.
    """
    places = tuple(
        _said(each, {who: what for who, what in each["said"].items() if who != person})
        for each in group.places
        if each["by"] != person
    )
    return group if places == group.places else replace(group, places=places)


def suggestible(name: str, group: Group) -> list[Resource]:
    """Give what a group of this name lists as what could be suggested to its members."""
    return [
        Resource(
            id=f"{name}/{each['id']}",
            name=short(each["what"]),
            kind="place",
            what=" ".join(filter(None, (each["what"], each["good_for"]))),
            start=_whole(each["where"]),
            phone="",
            url="",
            who_meets_you=_whole(each["meets_you"]),
            nations=UK,
            tags=frozenset(),
            assured=each["assured"],
            source=OURS,
        )
        for each in group.places
        if each["state"] == LISTED
    ]


def _whole(text: str) -> str:
    """End somebody's words as a sentence ends, in one line; nothing stays nothing."""
    plain = " ".join(text.split())
    return plain if not plain or plain.endswith((".", "!", "?", "…")) else f"{plain}."


def _proposed(said: Mapping[str, str], person: str, day: str, drawn: str) -> dict[str, Any]:
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


def _after(place: Mapping[str, Any], effect: Place, person: str, day: str) -> Mapping[str, Any]:
    """Give a place after what a member said of it."""
    match effect.act:
        case "confirm":
            if place["state"] != PROPOSED or place["by"] == person:
                return place
            return {**place, "state": LISTED, "by": "", "assured": day}
        case "good" if place["state"] == LISTED:
            return _said({**place, "assured": max(day, place["assured"])}, {})
        case "closed" | "wrong" if place["state"] == LISTED:
            said = {**place["said"], person: effect.act}
            if list(said.values()).count("closed") < TO_CLOSE:
                return _said(place, said)
            return _said({**place, "state": CLOSED}, {})
        case "propose" | "good" | "closed" | "wrong":
            return place
        case _:
            assert_never(effect.act)


def _said(place: Mapping[str, Any], said: Mapping[str, str]) -> Mapping[str, Any]:
    """Give a place of which this is said, and by whom."""
    return {**place, "wrong": list(said.values()).count("wrong"), "said": dict(said)}
