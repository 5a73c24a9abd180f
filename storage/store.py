"""What one transaction may do: sessions, the ledger of events, the outbox, and what is due.

Every statement is built once, here: building one anew costs SQLAlchemy more than running it.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import OperationalError
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Engine, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.confirming import Confirmation, confirm_in, confirmations_in
from storage.directory import Directory
from storage.showing import Shown, drop_in, keep_in, prune_in, shown_in
from storage.tables import due, ledger, messages, outbox, sessions

log = logging.getLogger(__name__)
_SESSION: Final = select(sessions.c.person, sessions.c.address, sessions.c.body)
_PEOPLE: Final[BindParameter[str]] = bindparam("people", expanding=True)
_THERE: Final = select(sessions.c.person).where(sessions.c.person.in_(_PEOPLE))
_LOCKED: Final = (
    _SESSION.where(sessions.c.person.in_(_PEOPLE)).order_by(sessions.c.person).with_for_update()
)
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
_POST: Final = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
_PARCEL: Final = select(
    outbox.c.id, outbox.c.person, outbox.c.address, outbox.c.body, outbox.c.until
)
_SENT: Final = delete(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True)))
_HELD: Final = (outbox.c.holder == bindparam("me")) & (outbox.c.until > bindparam("now"))
_BUSY: Final = select(outbox.c.person).where(outbox.c.person.in_(_PEOPLE), ~_HELD).distinct()
_theirs = outbox.alias("theirs")
_ELSEWHERE: Final = (
    select(_theirs.c.id)
    .where(
        _theirs.c.person == bindparam("whom"),
        _theirs.c.holder != bindparam("me"),
        _theirs.c.until > bindparam("now"),
    )
    .exists()
)
_CLAIM: Final = (
    update(outbox)
    .where(
        outbox.c.person == bindparam("whom"),
        (outbox.c.until <= bindparam("now")) | (outbox.c.holder == bindparam("me")),
        ~_ELSEWHERE,
    )
    .values(holder=bindparam("me"), until=bindparam("ends"))
)
_MINE: Final = (
    _PARCEL.where(outbox.c.person == bindparam("whom"), _HELD)
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A person's session as it lies in the database."""

    person: str
    address: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One effect that is to wait until it goes out."""

    person: str
    address: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One effect that waits to go out; `until` is when its lease ends, 0 where nobody holds it."""

    id: int
    person: str
    address: bytes
    body: bytes
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Lease:
    """Who may send what waits, and until when, in seconds since 1970; nobody where it is empty."""

    holder: str
    until: float


NOBODY: Final = Lease("", 0.0)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to happen; `wall` is the time meant where the person is, if any."""

    id: int
    person: str
    name: str
    wall: str = ""


class Store:
    """A database of turns. Every method of its transactions belongs to one all-or-nothing whole."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """Do all that is inside, or nothing of it."""
        with self._engine.begin() as connection:
            transaction = Transaction(connection)
            yield transaction
        if transaction.erased and self._engine.dialect.name == "sqlite":
            self._empty_the_log()

    def _empty_the_log(self) -> None:
        """Take what was erased out of SQLite's write-ahead log as well."""
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError:  # what was committed stays so; the next one empties it as well
            log.warning("the log of the database was not emptied")
        finally:
            connection.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


class Transaction:
    """Reads and writes that are committed together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.erased = False
        self.directory = Directory(connection)

    def sessions(self, people: Iterable[str]) -> dict[str, Stored]:
        """Give the sessions of these people, locked for this transaction, in the order of keys."""
        found = self._connection.execute(_LOCKED, {"people": sorted(set(people))})
        return {row.person: Stored(*row) for row in found}

    def everyone(self, after: str, most: int) -> list[Stored]:
        """Give the next sessions behind the person `after`, in the order of keys, not locked."""
        found = self._connection.execute(_NEXT, {"after": after, "most": most})
        return [Stored(*row) for row in found]

    def ensure(self, people: Mapping[str, bytes], blank: bytes, now: float) -> None:
        """Make a row for each person that has none yet, so that there is something to lock."""
        known = set(self._connection.scalars(_THERE, {"people": sorted(people)}))
        rows = [
            {"person": person, "address": people[person], "body": blank, "touched": now}
            for person in sorted(people)
            if person not in known
        ]
        if rows:
            self._connection.execute(_NEW[self._connection.dialect.name], rows)

    def save(self, changed: Sequence[Stored], now: float) -> None:
        """Write back sessions whose rows are there."""
        rows = [
            {"whose": one.person, "address": one.address, "body": one.body, "touched": now}
            for one in changed
        ]
        if rows:
            self._connection.execute(_SAVE, rows)

    def erase(self, people: Iterable[str]) -> None:
        """Forget these people: sessions, what waits to go out, what is due, and what they saw."""
        for table in (outbox, due, messages, sessions):
            self._connection.execute(delete(table).where(table.c.person.in_(sorted(people))))
        self.erased = True

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

    def prune_shown(self, before: float) -> None:
        """Drop the numbers of messages that were shown before then."""
        prune_in(self._connection, before)

    def post(self, letters: Sequence[Letter], now: float, lease: Lease = NOBODY) -> list[Parcel]:
        """Put effects in the outbox, in order, and give them as they wait there.

        With a lease they are held at once, but not those of a person for whom something waits
        that this holder may not send: it has to go out first.
        """
        busy = self._busy({letter.person for letter in letters}, lease, now)
        rows: list[dict[str, Any]] = [
            {
                "person": letter.person,
                "address": letter.address,
                "body": letter.body,
                "made": now,
                "holder": "" if letter.person in busy else lease.holder,
                "until": 0.0 if letter.person in busy else lease.until,
            }
            for letter in letters
        ]
        ids = self._connection.scalars(_POST, rows) if rows else ()
        return [
            Parcel(number, row["person"], row["address"], row["body"], row["until"])
            for number, row in zip(ids, rows, strict=True)
        ]

    def _busy(self, people: set[str], lease: Lease, now: float) -> set[str]:
        if not lease.holder or not people:
            return people
        values = {"people": sorted(people), "me": lease.holder, "now": now}
        return set(self._connection.scalars(_BUSY, values))

    def claim(self, person: str, lease: Lease, now: float, most: int = 100) -> list[Parcel]:
        """Take over what waits for a person, oldest first; nothing as long as another holds it."""
        values = {"whom": person, "me": lease.holder, "now": now}
        self._connection.execute(_CLAIM, {**values, "ends": lease.until})
        return [Parcel(*row) for row in self._connection.execute(_MINE, {**values, "most": most})]

    def renew(self, people: Sequence[str], lease: Lease) -> set[int]:
        """Hold on to what is held for these people; give the numbers of all that is."""
        mine = (outbox.c.holder == lease.holder) & outbox.c.person.in_(people)
        self._connection.execute(update(outbox).where(mine).values(until=lease.until))
        return set(self._connection.scalars(select(outbox.c.id).where(mine)))

    def release(self, holder: str) -> None:
        """Let go of everything that this holder holds, so that another can send it at once."""
        mine = update(outbox).where(outbox.c.holder == holder)
        self._connection.execute(mine.values(holder="", until=0.0))

    def unheld(self, beginning: str, now: float, most: int = 500) -> list[str]:
        """Give for whom something waits that nobody holds, of those whose key begins like this."""
        query = (
            select(outbox.c.person)
            .where(outbox.c.until <= now, outbox.c.person.startswith(beginning, autoescape=True))
            .distinct()
            .limit(most)
        )
        return list(self._connection.scalars(query))

    def waiting(self, person: str | None = None, most: int = 500) -> list[Parcel]:
        """Give what waits to go out, oldest first, of one person or of everybody."""
        query = _PARCEL if person is None else _PARCEL.where(outbox.c.person == person)
        return [
            Parcel(*row)
            for row in self._connection.execute(query.order_by(outbox.c.id).limit(most))
        ]

    def sent(self, ids: Sequence[int]) -> None:
        """Take out of the outbox what has gone out."""
        if ids:
            self._connection.execute(_SENT, {"ids": ids})

    def unreachable(self, people: Iterable[str]) -> None:
        """Nothing more goes out to these people, and nothing is due for them."""
        for table in (outbox, due):
            self._connection.execute(delete(table).where(table.c.person.in_(sorted(people))))

    def remind(self, person: str, name: str, at: float, wall: str = "") -> None:
        """Set when something of that name is due; an earlier setting goes."""
        mine = (due.c.person == person) & (due.c.name == name)
        self._connection.execute(delete(due).where(mine))
        self._connection.execute(insert(due).values(person=person, name=name, at=at, wall=wall))

    def put_off(self, number: int, at: float) -> None:
        """Let something that is due be due at another instant; the time meant stays."""
        self._connection.execute(update(due).where(due.c.id == number).values(at=at))

    def reminders(self, person: str) -> list[Due]:
        """Give everything that is to happen for a person."""
        query = select(due.c.id, due.c.person, due.c.name, due.c.wall)
        found = self._connection.execute(query.where(due.c.person == person))
        return [Due(*row) for row in found]

    def overdue(self, now: float, most: int = 100) -> list[Due]:
        """Give what is due by now, oldest first."""
        query = select(due.c.id, due.c.person, due.c.name, due.c.wall).where(due.c.at <= now)
        return [Due(*row) for row in self._connection.execute(query.order_by(due.c.at).limit(most))]

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

    def confirm(self, confirmation: Confirmation) -> None:
        """Keep who has confirmed the help numbers, and when."""
        confirm_in(self._connection, confirmation)

    def confirmations(self) -> tuple[Confirmation, ...]:
        """Give who has confirmed which state of the help numbers, the newest first."""
        return confirmations_in(self._connection)
