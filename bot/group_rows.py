"""Groups as they stand in one transaction: their rows, and what everybody in them shares by now."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.batch import Batch
from bot.engine.group import Group, dump_group, load_group, may_lead
from bot.engine.labels import word
from bot.engine.place_screens import tells_of_somebody
from bot.engine.session import Session
from bot.groups.asked import PURPOSES
from bot.groups.sharing import Share, shares_in
from bot.library import Library
from bot.parcels import pack, unpack, unpack_session
from bot.totals.report import in_words
from bot.totals.report import told as read
from storage.store import Stored, Transaction


class GroupRows:
    """The rows of groups, read and changed in memory until the batch is written."""

    def __init__(
        self, tx: Transaction, library: Library, batch: Batch, draw: Callable[[], str]
    ) -> None:
        self._tx = tx
        self._library = library
        self._batch = batch
        self._draw = draw

    def shared_by(self, person: str, row: Stored, name: str) -> tuple[Share, ...]:
        """Give what somebody shares in the round of a group, as a row of theirs says."""
        group = self.group(name)
        if group is None or group.round is None or row.trouble:
            return ()
        session = _read(row)
        if session is None:
            return ()
        return shares_in(self._library.catalogue, person, session, name, group.round)

    def shares(self, name: str, group: Group) -> list[Share]:
        """Give what everybody in a group shares in its round."""
        here = group.round
        if here is None:
            return []
        catalogue = self._library.catalogue
        return [
            share
            for person, session in self.sessions(name).items()
            for share in shares_in(catalogue, person, session, name, here)
        ]

    def sessions(self, name: str) -> dict[str, Session]:
        """Give the sessions of everybody in a group, as they are by now; not what can't be read."""
        people = self._tx.groups.members(name)
        rows = {person: row for person in people if (row := self._batch.row(person))}
        others = [person for person in people if person not in rows]
        rows |= {row.person: row for row in self._tx.looked_at(others)}
        there = {person: _read(row) for person, row in rows.items() if row.body and not row.trouble}
        return {person: session for person, session in there.items() if session}

    def group(self, name: str) -> Group | None:
        """Give a group as it is by now; None where it is not known, or can't be read."""
        row = self._batch.row(name)
        if row is None or row.trouble or not row.body:
            return None
        try:
            return load_group(unpack(row.body))
        except Exception:  # noqa: BLE001 - whatever is wrong with a group, its members go on
            return None

    def told(self, name: str, group: Group) -> str:
        """Write what may be told of a group's last month that was told."""
        month, body = self._tx.groups.totals.last_of(name)
        catalogue = self._library.catalogue
        if not body:
            return word(catalogue, "totals_none", least=catalogue.terms.least_counted)
        return in_words(catalogue, month, group.title, self._library.totals, read(body))

    def is_led_by(self, name: str, group: Group, person: str, *, leading: bool) -> bool:
        """Say whether somebody may lead now. Whoever opened a round and is gone does not."""
        here = group.open
        if not group.anyone or here is None or here.leader == person:
            return may_lead(group, person, leading=leading)
        return here.leader not in self._tx.groups.members(name)

    def unsay(self, row: Stored, names: Iterable[str]) -> None:
        """Take out of lists what somebody put forward that names whom they left out since then.

        What a second member confirmed is the group's, and stays.
        """
        for name in names:
            group = self.group(name)
            mine = [each for each in group.places if each["by"] == row.person] if group else []
            session = _read(row) if mine else None
            if group is None or session is None:
                continue
            out = [each for each in mine if tells_of_somebody(session, each)]
            if out:
                rest = tuple(each for each in group.places if each not in out)
                self.keep(name, replace(group, places=rest))

    def keep(self, name: str, group: Group) -> None:
        """Keep a group as it is from now on."""
        row = self._batch.row(name)
        if row is not None:
            self._batch.save(replace(row, body=pack(dump_group(group))))

    def codes(self, name: str) -> dict[str, str]:
        """Give the codes of a group's links; they are drawn when they are first wanted."""
        known = self._tx.groups.links(name)
        for purpose in PURPOSES:
            if purpose not in known:
                known[purpose] = self._draw()
                self._tx.groups.link(name, purpose, known[purpose])
        return known


def _read(row: Stored) -> Session | None:
    """Read a session; None for one that can't be read, such as one of a newer Kith."""
    try:
        return unpack_session(row.body)
    except Exception:  # noqa: BLE001 - whatever is wrong with one session, the others go on
        return None
