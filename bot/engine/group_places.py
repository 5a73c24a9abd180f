"""The places that a group lists, as one of its members reads them, and which want a call."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.engine.ages import months_since
from bot.engine.group import Group

SAID: Final = ("what", "where", "meets_you", "good_for")
"""What a member tells of a place, in their own words; the first two are never left out."""
PROPOSED, LISTED, CLOSED = "proposed", "listed", "closed"
MOST_TO_PHONE: Final = 5

Place = Mapping[str, Any]


def told(group: Group, today: date, person: str) -> list[dict[str, object]]:
    """Give the rows that a member sees, with what waits for a second before all the others.

    Each has its words, `id`, `waits` (it is proposed), `own` (by this member), `months` (whole ones
    since it was last confirmed) and `wrong` (so many said that the details are). What is closed is
    left out.
    """
    there = [each for each in group.places if each["state"] != CLOSED]
    rows = [_row(each, today, person) for each in there]
    return sorted(rows, key=lambda row: (row["own"], not row["waits"]))


def _row(place: Place, today: date, person: str) -> dict[str, object]:
    return {
        "id": place["id"],
        **{name: place[name] for name in SAID},
        "waits": place["state"] == PROPOSED,
        "own": place["by"] == person,
        "months": age(place, today),
        "wrong": place["wrong"],
    }


def oldest(group: Group, today: date, most: int = MOST_TO_PHONE) -> list[str]:
    """Name the listed places to phone this month: the longest unconfirmed, a month or more.

    What somebody called wrong comes before them. It tells nothing of who said anything.
    """
    listed = [each for each in group.places if each["state"] == LISTED]
    due = [each for each in listed if each["wrong"] or age(each, today)]
    first = sorted(due, key=lambda each: (not each["wrong"], each["assured"]))
    return [str(each["what"]) for each in first[:most]]


def age(place: Place, today: date) -> int:
    """Count the whole months since somebody last made sure of a place; 0 where nobody has yet."""
    return months_since(date.fromisoformat(place["assured"]), today) if place["assured"] else 0


def own_of(group: Group, person: str) -> list[Place]:
    """Give what a member proposed and nobody has confirmed yet: it is still theirs."""
    return [each for each in group.places if each["by"] == person]


def verdict_of(place: Place, person: str) -> str:
    """Give what a member said of a place that is still counted under their name, or nothing."""
    return str(place["said"].get(person, ""))
