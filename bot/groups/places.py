"""What a group's list of places is good for: suggested to its members, and phoned once a month."""

from collections.abc import Mapping
from typing import Final

from bot.engine.catalogue import UK, Catalogue
from bot.engine.effects import Effect, Link, Remind, Say
from bot.engine.group import Group, Membership
from bot.engine.group_places import LISTED, OURS, age
from bot.engine.labels import short, word
from bot.supports.resources import Resource

MONTHLY: Final = Remind("oldest places", days=30)
"""When the oldest places are next to be phoned: set when the first one is listed, and each time."""
MOST_TO_PHONE: Final = 5


def oldest(group: Group, day: str, most: int = MOST_TO_PHONE) -> list[str]:
    """Name the listed places to phone on a day (ISO): the longest unconfirmed, a month or more.

    What somebody called wrong comes before them. It tells nothing of who said anything.
    """
    listed = [each for each in group.places if each["state"] == LISTED]
    due = [each for each in listed if each["wrong"] or age(each, day)]
    first = sorted(due, key=lambda each: (not each["wrong"], each["assured"]))
    return [short(each["what"]) for each in first[:most]]


def monthly(catalogue: Catalogue, group: Group, day: str, code: str) -> tuple[Effect, ...]:
    """Ask the group to phone its oldest places; nothing where none has to be, or none is listed.

    `code` is the link into the private chat, where a member says what they heard.
    """
    if not lists_any(group):
        return ()
    places = oldest(group, day)
    if not places:
        return (MONTHLY,)
    text = word(catalogue, "oldest_places", places=places)
    return (Say(text, links=(Link(word(catalogue, "places_link"), code),)), MONTHLY)


def lists_any(group: Group) -> bool:
    """Say whether a group lists a place that a second member confirmed."""
    return any(each["state"] == LISTED for each in group.places)


def suggestible(groups: Mapping[str, Membership]) -> list[Resource]:
    """Give what somebody's groups list as what could be suggested to them."""
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
        for name, member in groups.items()
        for each in member.group.places
        if each["state"] == LISTED
    ]


def _whole(text: str) -> str:
    """End somebody's words as a sentence ends, in one line; nothing stays nothing."""
    plain = " ".join(text.split())
    return plain if not plain or plain.endswith((".", "!", "?", "…")) else f"{plain}."
