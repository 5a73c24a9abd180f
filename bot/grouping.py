"""The groups that the turns of one transaction touch: found, locked, changed, and shown anew.

A group's row is locked with those of the people whose turns these are, so whoever holds it sees
what everybody in the group shares by now.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.arrivals import Arrival, Outcome
from bot.batch import Batch
from bot.coming import row_of
from bot.engine.effects import (
    Effect,
    Erase,
    Join,
    Lapse,
    Leave,
    Place,
    Say,
    Steer,
    Turn,
)
from bot.engine.events import (
    GroupAsked,
    GroupGone,
    GroupLeft,
    GroupMet,
    GroupMoved,
    GroupWritten,
    LinkFollowed,
    TimePassed,
)
from bot.engine.group import Group, Membership, dump_group, load_group
from bot.engine.group_places import listed_with, without_person
from bot.engine.labels import word
from bot.engine.retention import RETENTION
from bot.engine.session import Session
from bot.group_posts import GroupPosts
from bot.group_rows import GroupRows
from bot.groups.asked import answered, known_by
from bot.groups.names import is_group
from bot.groups.places import MONTHLY, lists_any, monthly
from bot.groups.steering import lapsed, opened_with, steered
from bot.library import Library
from bot.linking import MOVED, Found
from bot.parcels import Outgoing, pack, pack_outgoing, unpack
from storage.groups import LOOK
from storage.outbox import Letter
from storage.store import Stored, Transaction

ROUND_OVER: Final = Lapse("round over", hours=7 * 24)
"""A round that nobody closed closes by itself; what was not shown by then never is."""
LOOKS: Final = Lapse(RETENTION.due, hours=7 * 24)
HIGHEST: Final = (1 << 63) - 1
"""No message has a higher number."""
KEPT_DAYS: Final = 365
"""So many days after it was last used a group is forgotten."""


class Grouping:
    """The groups of one transaction as they change, turn by turn, in memory until they are written.

    `draw` gives something by chance that nobody can guess.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all of it is of one transaction
        self,
        tx: Transaction,
        library: Library,
        found: Found,
        batch: Batch,
        now: datetime,
        draw: Callable[[], str],
    ) -> None:
        self._tx = tx
        self._library = library
        self._found = found
        self._batch = batch
        self._now = now
        self._draw = draw
        self._rows = GroupRows(tx, library, batch, draw)
        self._posts = GroupPosts(tx, library, batch, self._rows, now)

    def of(self, arrival: Arrival) -> dict[str, Membership]:
        """Give the groups of whoever an arrival comes from, with that of the link they followed."""
        leads = dict(self._found.of.get(arrival.person, {}))
        if isinstance(arrival.event, LinkFollowed) and arrival.event.group:
            leads.setdefault(arrival.event.group, False)
        return {
            name: self._seen_by(arrival.person, name, group, leading=flag)
            for name, flag in leads.items()
            if (group := self._rows.group(name))
        }

    def _seen_by(self, person: str, name: str, group: Group, *, leading: bool) -> Membership:
        leads = self._rows.is_led_by(name, group, person, leading=leading)
        told = self._rows.told(name, group) if leads else ""
        return Membership(name, group, leads, person, self._day, told)

    def turned(self, row: Stored, arrival: Arrival) -> tuple[Outcome, bytes]:
        """Give what something that happened to a group causes, and the group as it then is."""
        group = load_group(unpack(row.body)) if row.body else Group()
        effects: tuple[Effect, ...] = () if row.body else (LOOKS,)
        match arrival.event:
            case GroupAsked() | GroupWritten() as event:
                group = known_by(group, event)
                if isinstance(event, GroupAsked) and event.by and event.name == "round":
                    self._leads(event, row.person)
                say = answered(self._library.catalogue, group, event, self._rows.codes(row.person))
                effects = (*effects, say)
            case GroupMet(member=member, title=title, anyone=anyone):
                group = replace(group, title=title, anyone=anyone)
                self._join(member, row.person, leads=None)
            case GroupMoved(name=name):
                self._take_over(name, row.person)
                self._tx.groups.link(row.person, MOVED, name)
                # in its new chat these numbers are those of other messages
                self._tx.hidden(row.person, HIGHEST)
                group = replace(group, posted={}, thread=0)
            case GroupGone():
                effects = (Erase(),)
            case TimePassed(due=ROUND_OVER.due):
                group = lapsed(group)
            case TimePassed(due=MONTHLY.due):
                code, day = self._rows.codes(row.person)["places"], self._now.date().isoformat()
                effects = monthly(self._library.catalogue, group, day, code)
            case TimePassed(due=RETENTION.due):
                old = self._moment() - KEPT_DAYS * 86_400 > _seconds(group.last, self._moment())
                effects = (Erase() if old else LOOKS,)
            case _:
                pass
        if not isinstance(arrival.event, TimePassed):
            group = self._used(group)
        return Outcome(Turn(Session(), effects), effects), pack(dump_group(group))

    def _take_over(self, new: str, old: str) -> None:
        """Take a group in that was heard of by its new number before it was known to have moved."""
        row = self._batch.row(new)
        if row is None:
            return
        known = self._tx.groups.of(self._tx.groups.members(new))
        for person, groups in known.items():
            self._join(person, old, leads=groups[new] or None)
            self._found.of[person].pop(new, None)
        self._batch.erase(row)

    def unmet(self, arrival: Arrival) -> None:
        """Take in what comes for somebody of whom there is no row: it was due, or they led a group.

        Whoever leads a group need never have written in private, and leaves it all the same.
        """
        if (due := row_of(arrival)) is not None:
            self._batch.happened(due)
        if isinstance(arrival.event, GroupLeft):
            self._tx.groups.leave(arrival.person, arrival.event.group)

    def after(self, place: int, arrival: Arrival, row: Stored, outcome: Outcome) -> None:
        """Carry into the groups what a turn changed; `row` is how it stood before."""
        if is_group(arrival.person):
            self._after_group(place, arrival, row, outcome)
            return
        mine = self._found.of.setdefault(arrival.person, {})
        before = {name: self._rows.shared_by(arrival.person, row, name) for name in mine}
        # where nothing is left of somebody in a group, forgetting them was cut short
        touched = set() if row.body else set(mine)
        for effect in outcome.effects:
            match effect:
                case Join(group=name, leads=leads):
                    self._join(arrival.person, name, leads=leads)
                case Leave(group=name):
                    self._tx.groups.leave(arrival.person, name)
                    self._unlist(arrival.person, [name])
                    mine.pop(name, None)
                    touched.add(name)
                case Steer():
                    self._steer(place, arrival.person, effect)
                case Place():
                    self._list(arrival.person, effect)
                case Erase():
                    self._unlist(arrival.person, [*mine])
                    if isinstance(arrival.event, TimePassed):
                        self._stay(arrival.person, mine)
                case _:
                    pass
        now_row = self._batch.row(arrival.person)
        if now_row and not outcome.failed:
            after = {name: self._rows.shared_by(arrival.person, now_row, name) for name in mine}
            touched |= {name for name in mine if before.get(name, ()) != after[name]}
            self._rows.unsay(now_row, mine)
        for name in sorted(touched):
            self._posts.show(place, name)

    def _after_group(self, place: int, arrival: Arrival, row: Stored, outcome: Outcome) -> None:
        name = arrival.person
        match arrival.event:
            case GroupGone() if not outcome.failed:
                self._tell_members(place, row)
            case GroupMoved() if not outcome.failed:
                self._posts.show(place, name)
            case TimePassed(due=due) if due in {ROUND_OVER.due, LOOK} and not outcome.failed:
                self._posts.show(place, name)
            case _:
                pass

    def _steer(self, place: int, person: str, effect: Steer) -> None:
        group = self._rows.group(effect.group)
        leading = self._flag(person, effect.group)
        if not (group and self._rows.is_led_by(effect.group, group, person, leading=leading)):
            return
        here, script = group.open, effect.of
        if effect.act == "open":
            least, day = self._library.catalogue.terms.least, self._now.date().isoformat()
            drawn = self._draw()
            group = opened_with(group, script, leader=person, drawn=drawn, day=day, least=least)
            at = self._now + timedelta(hours=ROUND_OVER.hours)
            self._batch.lapse(effect.group, ROUND_OVER.due, at)
        elif here and here.script in self._library.catalogue.scripts:
            compiled = self._library.catalogue.scripts[here.script]
            shares = self._rows.shares(effect.group, group)
            group = steered(group, compiled.script, effect.act, shares, self._draw())
        elif effect.act == "close":
            # its script is gone, and with it all that there was to show
            group = lapsed(group)
        self._rows.keep(effect.group, self._used(group))
        self._posts.show(place, effect.group)

    def _list(self, person: str, effect: Place) -> None:
        """Change a group's list of places; from the first one on, the oldest are asked for."""
        group = self._rows.group(effect.group)
        if group is None or effect.group not in self._found.of.get(person, {}):
            return
        day = self._now.date().isoformat()
        then = listed_with(group, effect, person, day, self._draw())
        if lists_any(then) and not lists_any(group):
            at = self._now + timedelta(days=MONTHLY.days)
            self._batch.lapse(effect.group, MONTHLY.due, at)
        self._rows.keep(effect.group, self._used(then))

    def _unlist(self, person: str, names: Sequence[str]) -> None:
        """Take out of the lists of groups what is still somebody's own, and who said what."""
        for name in names:
            if group := self._rows.group(name):
                self._rows.keep(name, without_person(group, person))

    def _stay(self, person: str, mine: Mapping[str, bool]) -> None:
        """Let somebody lead on of whom nothing is kept since they never agreed to that."""
        for name, leads in mine.items():
            group = self._rows.group(name)
            if group and (leads or (group.open and group.open.leader == person)):
                self._batch.stay(person, name, leads=leads)

    def _tell_members(self, place: int, was: Stored) -> None:
        """Tell whoever answered the open round of a group that there is no more of it.

        `was` is the row of the group as it stood before.
        """
        group = load_group(unpack(was.body)) if was.body else Group()
        if group.open is None:
            return
        for person, session in self._rows.sessions(was.person).items():
            row = self._batch.row(person) or next(iter(self._tx.looked_at([person])), None)
            ref = (was.person, group.open.id)
            here = [session, *session.apart.values()]
            if row and row.address and any(each.round == ref for each in here):
                catalogue = self._library.speaking(session.language).catalogue
                told = Say(word(catalogue, "group_gone", title=group.title))
                self._batch.post(place, Letter(person, row.address, pack_outgoing(Outgoing(told))))

    def _join(self, person: str, name: str, *, leads: bool | None) -> None:
        self._tx.groups.join(person, name, leads=leads)
        mine = self._found.of.setdefault(person, {})
        mine[name] = mine.get(name, False) if leads is None else leads

    def _leads(self, event: GroupAsked, name: str) -> None:
        """Know who leads, and who does no more; of anybody else nothing is kept by their asking."""
        if event.leads or name in self._tx.groups.of([event.member]).get(event.member, {}):
            self._join(event.member, name, leads=event.leads)

    def _flag(self, person: str, name: str) -> bool:
        return self._found.of.get(person, {}).get(name, False)

    def _used(self, group: Group) -> Group:
        return replace(group, last=self._now.isoformat(timespec="seconds"))

    @property
    def _day(self) -> str:
        return self._now.date().isoformat()

    def _moment(self) -> float:
        return self._now.timestamp()


def _seconds(moment: str, otherwise: float) -> float:
    return datetime.fromisoformat(moment).timestamp() if moment else otherwise
