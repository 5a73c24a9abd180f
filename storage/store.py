"""What one transaction may do: sessions, the ledger of events, the outbox, and what is due.

Every statement is built once, here: building one anew costs SQLAlchemy more than running it.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.beside import beside_in
from storage.confirming import Confirmation, confirm_in, confirmations_in
from storage.directory import Directory
from storage.emptying import empty_log
from storage.groups import Groups
from storage.outbox import NOBODY, Lease, Letter, Outbox, Parcel
from storage.sealing.box import Unreadable
from storage.sealing.keys import Keys
from storage.sealing.sealer import Sealer
from storage.showing import Posts, Shown, drop_in, keep_in, prune_in, shown_in
from storage.silencing import left_in, silence_in
from storage.tables import due, ledger, messages, outbox, sessions

log = logging.getLogger(__name__)
_SESSION: Final = select(sessions.c.person, sessions.c.address, sessions.c.body)
_PEOPLE: Final[BindParameter[str]] = bindparam("people", expanding=True)
_THERE: Final = select(sessions.c.person).where(sessions.c.person.in_(_PEOPLE))
_LOCKED: Final = (
    _SESSION.where(sessions.c.person.in_(_PEOPLE)).order_by(sessions.c.person).with_for_update()
)
_PEEKED: Final = _SESSION.where(sessions.c.person.in_(_PEOPLE)).order_by(sessions.c.person)
_NEXT: Final = (
    _SESSION.where(sessions.c.person > bindparam("after"))
    .order_by(sessions.c.person)
    .limit(bindparam("most"))
)
_NEW: Final = {
    "sqlite": sqlite.insert(sessions).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(sessions).on_conflict_do_nothing(),
}
_SAVE: Final = (
    update(sessions)
    .where(sessions.c.person == bindparam("whose"))
    .values(address=bindparam("address"), body=bindparam("body"), touched=bindparam("touched"))
)
_SEEN: Final = select(ledger.c.event).where(ledger.c.event.in_(bindparam("events", expanding=True)))
_NOTE: Final = insert(ledger)


@dataclass(frozen=True, slots=True)
class Stored:
    """A person's session; `trouble` says why it can't be opened, and then nothing replaces it."""

    person: str
    address: bytes
    body: bytes
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to happen; `wall` is the time meant where the person is, if any."""

    id: int
    person: str
    name: str
    wall: str = ""


class Store:
    """A database of turns. Every method of its transactions belongs to one all-or-nothing whole.

    What people wrote and where they are lies sealed in it, each person's under their own key.
    """

    def __init__(self, engine: Engine, keys: Keys) -> None:
        self.engine = engine
        self.keys = keys
        self._log_is_full = False

    def name(self, channel: str, chat: str) -> str:
        """Give under which name a person's rows stand: a keyed hash, with the channel in front."""
        return self.keys.name(channel, chat)

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """Do all that is inside, or nothing of it."""
        with self.engine.begin() as connection:
            transaction = Transaction(connection, Sealer(self.keys))
            yield transaction
        if transaction.erased or self._log_is_full:
            self.clean()
            if transaction.erased and self._log_is_full:
                log.warning("erased-still-in-log")

    def clean(self) -> None:
        """Take what was erased out of the logs as well; what is held up is done the next time."""
        self.keys.clean()
        if self.engine.dialect.name != "sqlite":
            return
        self._log_is_full = not empty_log(self.engine)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()
        self.keys.close()


class Transaction:
    """Reads and writes that are committed together."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer
        self._outbox = Outbox(connection, sealer)
        self.erased = False
        self.directory = Directory(connection)
        self.groups = Groups(connection)
        self.posts = Posts(connection)

    def sessions(self, people: Iterable[str]) -> dict[str, Stored]:
        """Give the sessions of these people, locked for this transaction, in the order of names.

        Whoever has none of their own yet gets a key. What can't be opened says why, in `trouble`.
        """
        rows = self._connection.execute(_LOCKED, {"people": sorted(set(people))}).all()
        self._sealer.know(row.person for row in rows if row.address or row.body)
        found = {row.person: self._opened(row) for row in rows}
        self._finish([row.person for row in rows if self._was_forgotten(row)])
        self._sealer.make(person for person, one in found.items() if not one.trouble)
        return found

    def everyone(self, after: str, most: int) -> list[Stored]:
        """Give the next sessions behind the person `after`, in the order of names, not locked."""
        rows = self._connection.execute(_NEXT, {"after": after, "most": most}).all()
        self._sealer.know(row.person for row in rows)
        return [self._opened(row) for row in rows]

    def looked_at(self, people: Iterable[str]) -> list[Stored]:
        """Give sessions to be read only, not locked: what holds them still is another lock."""
        rows = self._connection.execute(_PEEKED, {"people": sorted(set(people))}).all()
        self._sealer.know(row.person for row in rows)
        return [self._opened(row) for row in rows]

    def _opened(self, row: Any) -> Stored:
        """Open a session; of somebody who was forgotten, however far that came, nothing is left."""
        if self._was_forgotten(row):
            return Stored(row.person, b"", b"")
        try:
            address, body = (
                self._sealer.open(getattr(row, column), "sessions", column, row.person)
                for column in ("address", "body")
            )
        except Unreadable as closed:
            if self._was_forgotten(row, look=True):
                return Stored(row.person, b"", b"")
            return Stored(row.person, b"", b"", type(closed).__name__)
        return Stored(row.person, address, body)

    def _was_forgotten(self, row: Any, *, look: bool = False) -> bool:
        return self._sealer.was_forgotten(row.address or row.body, look=look)

    def _finish(self, people: Sequence[str]) -> None:
        """Finish forgetting where a fault cut it short; what is left is a row to begin anew in."""
        if people:
            self.clear(people)
            self.ensure(people, 0.0)

    def ensure(self, people: Iterable[str], now: float) -> None:
        """Make a row for each person that has none yet, so that there is something to lock."""
        wanted = sorted(set(people))
        known = set(self._connection.scalars(_THERE, {"people": wanted}))
        rows = [
            {"person": person, "address": b"", "body": b"", "touched": now}
            for person in wanted
            if person not in known
        ]
        if rows:
            self._connection.execute(_NEW[self._connection.dialect.name], rows)

    def save(self, changed: Sequence[Stored], now: float) -> None:
        """Write back sessions whose rows are there."""
        self._sealer.make(one.person for one in changed)
        rows = [
            {
                "whose": one.person,
                "address": self._sealer.seal(one.address, "sessions", "address", one.person),
                "body": self._sealer.seal(one.body, "sessions", "body", one.person),
                "touched": now,
            }
            for one in changed
        ]
        if rows:
            self._connection.execute(_SAVE, rows)

    def erase(self, people: Iterable[str], now: float) -> None:
        """Forget these people: first their keys, then sessions, outbox, due rows and messages."""
        gone = sorted(people)
        self._sealer.destroy(gone, now)
        self.clear(gone)

    def clear(self, people: Iterable[str]) -> None:
        """Take out all rows of these people, whose keys are gone."""
        gone = sorted(people)
        if not gone:
            return
        for table in (outbox, due, messages, sessions):
            self._connection.execute(delete(table).where(table.c.person.in_(gone)))
        self.groups.clear(gone)
        self.erased = True

    def clear_again(self, people: Iterable[str], keys: AbstractSet[bytes]) -> int:
        """Take out what is left of these people under these keys; say how many had anything left.

        Somebody who began anew keeps what is under another key.
        """
        wanted = sorted(set(people))
        whole = left_in(self._connection, sessions, sessions.c.person, wanted, keys)
        letters = left_in(self._connection, outbox, outbox.c.id, wanted, keys)
        self.clear(whole)
        self.sent([*letters])
        return len({*whole, *letters.values()})

    def seen(self, events: Iterable[str]) -> set[str]:
        """Give those of these events that were taken in before."""
        return set(self._connection.scalars(_SEEN, {"events": list(events)}))

    def note(self, events: Mapping[str, str], now: float) -> None:
        """Enter events in the ledger, each with the code of its failure or nothing."""
        rows = [{"event": name, "seen": now, "failed": code} for name, code in events.items()]
        if rows:
            self._connection.execute(_NOTE, rows)

    def prune(self, before: float) -> None:
        """Drop ledger rows that are older than `before`."""
        self._connection.execute(delete(ledger).where(ledger.c.seen < before))

    def prune_letters(self, before: float) -> None:
        """Drop what has waited since before then and could not go out."""
        self._connection.execute(delete(outbox).where(outbox.c.made < before))

    def prune_shown(self, before: float) -> None:
        """Drop the numbers of messages that were shown before then."""
        prune_in(self._connection, before)

    def post(self, letters: Sequence[Letter], now: float, lease: Lease = NOBODY) -> list[Parcel]:
        """Put effects in the outbox, in order, and give them as they wait there (Outbox.post)."""
        return self._outbox.post(letters, now, lease)

    def claim(self, person: str, lease: Lease, now: float, most: int = 100) -> list[Parcel]:
        """Take over what waits for a person, oldest first; nothing as long as another holds it."""
        return self._outbox.claim(person, lease, now, most)

    def renew(self, people: Sequence[str], lease: Lease) -> set[int]:
        """Hold on to what is held for these people; give the numbers of all that is."""
        return self._outbox.renew(people, lease)

    def release(self, holder: str) -> None:
        """Let go of everything that this holder holds, so that another can send it at once."""
        self._outbox.release(holder)

    def unheld(self, beginning: str, now: float, most: int = 500) -> list[str]:
        """Give for whom something waits that nobody holds, of those whose key begins like this."""
        return self._outbox.unheld(beginning, now, most)

    def waiting(self, person: str | None = None, most: int = 500) -> list[Parcel]:
        """Give what waits to go out, oldest first, of one person or of everybody."""
        return self._outbox.waiting(person, most)

    def sent(self, ids: Sequence[int]) -> None:
        """Take out of the outbox what has gone out."""
        self._outbox.sent(ids)

    def unreachable(self, people: Iterable[str], but: str, now: float) -> None:
        """Nothing more goes out to these people; only what `but` names stays due, or is by now."""
        silence_in(self._connection, people, but, now)

    def remind(self, person: str, name: str, at: float, wall: str = "") -> None:
        """Set when something of that name is due; an earlier setting goes."""
        mine = (due.c.person == person) & (due.c.name == name)
        self._connection.execute(delete(due).where(mine))
        self._connection.execute(insert(due).values(person=person, name=name, at=at, wall=wall))

    def put_off(self, number: int, at: float) -> None:
        """Let something that is due be due at another instant; the time meant stays."""
        self._connection.execute(update(due).where(due.c.id == number).values(at=at))

    def bring_forward(self, name: str, latest: float, now: float) -> None:
        """Let all of that name that is due later than `latest` be due now."""
        late = (due.c.name == name) & (due.c.at > latest)
        self._connection.execute(update(due).where(late).values(at=now))

    def reminders(self, person: str) -> list[Due]:
        """Give everything that is to happen for a person."""
        query = select(due.c.id, due.c.person, due.c.name, due.c.wall)
        found = self._connection.execute(query.where(due.c.person == person))
        return [Due(*row) for row in found]

    def overdue(self, now: float, most: int = 100) -> list[Due]:
        """Give what is due by now: what is to be said first, then what lapses; oldest first."""
        query = select(due.c.id, due.c.person, due.c.name, due.c.wall).where(due.c.at <= now)
        ordered = query.order_by(due.c.wall == "", due.c.at)
        return [Due(*row) for row in self._connection.execute(ordered.limit(most))]

    def still_due(self, ids: Sequence[int]) -> set[int]:
        """Give those of these that are still to happen."""
        return set(self._connection.scalars(select(due.c.id).where(due.c.id.in_(ids))))

    def happened(self, ids: Sequence[int]) -> None:
        """Take out what was due and has happened."""
        if ids:
            self._connection.execute(delete(due).where(due.c.id.in_(ids)))

    def show(self, shown: Sequence[Shown], now: float) -> None:
        """Keep the numbers of messages in the chats of people who are known."""
        keep_in(self._connection, shown, now)

    def shown(self, person: str, since: float) -> list[int]:
        """Give the numbers of what was shown in a person's chat since then, oldest first."""
        return shown_in(self._connection, person, since)

    def hidden(self, person: str, newest: int) -> None:
        """Let go of the numbers of messages that were deleted, up to the newest of them."""
        drop_in(self._connection, person, newest)

    def beside(self, person: str) -> dict[str, list[dict[str, Any]]]:
        """Give what every table holds about a person, by table, without what is sealed."""
        return beside_in(self._connection, person) | self._sealer.beside(person)

    def confirm(self, confirmation: Confirmation) -> None:
        """Keep who has confirmed the help numbers, and when."""
        confirm_in(self._connection, confirmation)

    def confirmations(self) -> tuple[Confirmation, ...]:
        """Give who has confirmed which state of the help numbers, the newest first."""
        return confirmations_in(self._connection)
