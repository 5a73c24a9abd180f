"""A place in a group at a terminal: what is said in the group, and what is asked there."""

import re
import uuid
from dataclasses import replace
from typing import Final

from bot.arrivals import Arrival
from bot.channels.terminal import Seat
from bot.engine.effects import Say
from bot.engine.events import (
    ConcernRaised,
    GroupAsked,
    GroupMet,
    GroupWritten,
    Happening,
    LinkFollowed,
    TextReceived,
)
from bot.groups.names import group_channel
from bot.parcels import unpack_outgoing
from bot.turns import Turns

START: Final = re.compile(r"/?start ([A-Za-z0-9_-]{1,64})")
"""How a link out of a group is followed where there is nothing to tap."""


class GroupSeat:
    """One person's place in a group at terminals. Anybody there may open a round, and leads it.

    What is said in the group stays for whoever comes later, as in any chat; each place shows it
    once, from the beginning on.
    """

    def __init__(self, turns: Turns, title: str, name: str, seat: Seat) -> None:
        self._turns = turns
        self._title = title
        self._name = name
        self._seat = seat
        self.group = turns.store.name(group_channel("terminal"), title)
        self._newest = 0
        self._tags: set[str] = set()
        self._take(GroupMet(seat.person, title, anyone=True))
        self.hand_in_due()

    def hand_in(self, command: str, text: str, code: str) -> None:
        """Take in a command or words in the group, or the code of a link out of it."""
        if code:
            self.followed(code)
        elif command:
            self.asked(command)
        else:
            self.wrote(text)

    def heard(self, line: str) -> bool:
        """Take in a line that follows a link out of the group; say whether it was one."""
        found = START.fullmatch(line)
        if found:
            self.followed(found[1])
        return found is not None

    def hand_in_due(self) -> None:
        """Commit the turns of everything that is due for the group."""
        due = [arrival for arrival in self._turns.due() if arrival.person == self.group]
        if due:
            self._turns.take(due)

    def asked(self, command: str) -> None:
        """Give a command in the group."""
        who, title = self._seat.person, self._title
        event = GroupAsked(command, self._name, who, title, leads=True, anyone=True)
        self._take(event)

    def wrote(self, text: str) -> None:
        """Write to Kith in the group. The words go nowhere; a concern is answered in private."""
        heard = self._turns.screened(self._arrival(TextReceived(text), self._seat.person))
        self._take(GroupWritten(self._name, self._title))
        if isinstance(heard.event, ConcernRaised):
            self._turns.take([replace(heard, only_known=True)])

    def followed(self, code: str) -> None:
        """Follow a link out of the group into the private chat."""
        address = {"channel": "terminal", "chat": self._name}
        arrival = self._arrival(LinkFollowed(), self._seat.person)
        self._turns.take([replace(arrival, address=address, code=code)])

    def said(self) -> list[Say]:
        """Give what was said in the group, as far as this place has not shown it yet."""
        with self._turns.store.transaction() as tx:
            waiting = tx.waiting(self.group)
        fresh = [parcel for parcel in waiting if parcel.id > self._newest]
        self._newest = max((parcel.id for parcel in fresh), default=self._newest)
        effects = [unpack_outgoing(parcel.body).effect for parcel in fresh]
        mine = [each for each in effects if each.only_for in ("", self._name)]
        last = {each.tag: place for place, each in enumerate(mine)}
        return [
            self._placed(each)
            for place, each in enumerate(mine)
            if not each.tag or last[each.tag] == place
        ]

    def _placed(self, post: Say) -> Say:
        """Say of a post whether it takes the place of one that was shown here."""
        again = bool(post.tag) and post.tag in self._tags
        self._tags |= {post.tag} - {""}
        return replace(post, replace=again)

    def _take(self, event: Happening) -> None:
        address = {"channel": "terminal", "chat": self._title}
        self._turns.take([replace(self._arrival(event, self.group), address=address)])

    def _arrival(self, event: Happening, person: str) -> Arrival:
        return Arrival(person, {}, event, f"terminal:{uuid.uuid4().hex}")
