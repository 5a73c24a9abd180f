"""Whose groups are touched by what came in, and where the links lead that were followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import Final

from bot.arrivals import Arrival
from bot.engine.events import GroupLeft, GroupMoved, LinkFollowed
from bot.groups.asked import PURPOSES
from bot.groups.names import is_group
from storage.store import Transaction

CODE_BYTES: Final = 12
MOVED: Final = "moved"
"""What a link is for whose code is the name that a group has since it became a supergroup."""


@dataclass(frozen=True, slots=True)
class Found:
    """Which groups the people of some arrivals are in, and where their links lead.

    `of` is by person and group whether they may lead there; it changes as people join and leave.
    """

    of: dict[str, dict[str, bool]]
    links: Mapping[str, tuple[str, str]]

    @property
    def names(self) -> set[str]:
        """Give the names of all these groups."""
        return (
            {name for each in self.of.values() for name in each}
            | {name for name, _ in self.links.values()}
            | {code for code, (_, purpose) in self.links.items() if purpose == MOVED}
        )


def found_in(tx: Transaction, arrivals: Sequence[Arrival]) -> Found:
    """Look up the groups of whoever these arrivals come from."""
    names = {each.person for each in arrivals}
    people = {name for name in names if not is_group(name)}
    codes = {each.code for each in arrivals if each.code} | (names - people)
    codes |= {each.event.group for each in arrivals if isinstance(each.event, GroupLeft)}
    links = tx.groups.followed(codes) if codes else {}
    # a group that moves may be written to in its new chat in the same moment
    moving = {e.event.name: (e.person, MOVED) for e in arrivals if isinstance(e.event, GroupMoved)}
    return Found(tx.groups.of(people), {**moving, **links})


def addressed(arrivals: Sequence[Arrival], found: Found) -> list[Arrival]:
    """Give arrivals with what their links lead to, and groups under the name they had first."""
    return [_addressed(each, found) for each in arrivals]


def _addressed(arrival: Arrival, found: Found) -> Arrival:
    if is_group(arrival.person):
        group, purpose = found.links.get(arrival.person, ("", ""))
        return replace(arrival, person=group) if purpose == MOVED else arrival
    if isinstance(arrival.event, GroupLeft):
        group, purpose = found.links.get(arrival.event.group, ("", ""))
        return replace(arrival, event=GroupLeft(group)) if purpose == MOVED else arrival
    if not isinstance(arrival.event, LinkFollowed):
        return arrival
    group, purpose = found.links.get(arrival.code, ("", ""))
    known = purpose in PURPOSES
    return replace(arrival, event=LinkFollowed(group, purpose) if known else LinkFollowed())


def drawn() -> str:
    """Draw something that nobody can guess: the code of a link, the seed of an order."""
    return token_urlsafe(CODE_BYTES)
