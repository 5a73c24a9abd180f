"""What one transaction may do: sessions, the ledger of events, the outbox, and what is due."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, insert, select, update

from storage.tables import cursors, due, ledger, outbox, sessions


@dataclass(frozen=True, slots=True)
class Stored:
    """A person's session as it lies in the database."""

    person: str
    address: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One effect that waits to go out."""

    id: int
    person: str
    address: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Due:
    """Something that was to happen by now."""

    id: int
    person: str
    name: str


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

    def sessions(self, people: Iterable[str]) -> dict[str, Stored]:
        """Give the sessions of these people, locked for this transaction, in the order of keys."""
        query = (
            select(sessions.c.person, sessions.c.address, sessions.c.body)
            .where(sessions.c.person.in_(sorted(set(people))))
            .order_by(sessions.c.person)
            .with_for_update()
        )
        return {row.person: Stored(*row) for row in self._connection.execute(query)}

    def everyone(self, after: str, most: int) -> list[Stored]:
        """Give the next sessions behind the person `after`, in the order of keys, not locked."""
        query = (
            select(sessions.c.person, sessions.c.address, sessions.c.body)
            .where(sessions.c.person > after)
            .order_by(sessions.c.person)
            .limit(most)
        )
        return [Stored(*row) for row in self._connection.execute(query)]

    def ensure(self, people: Mapping[str, bytes], blank: bytes, now: float) -> None:
        """Make a row for each person that has none yet, so that there is something to lock."""
        there = select(sessions.c.person).where(sessions.c.person.in_(sorted(people)))
        known = set(self._connection.scalars(there))
        rows = [
            {"person": person, "address": people[person], "body": blank, "touched": now}
            for person in sorted(people)
            if person not in known
        ]
        if rows:
            self._connection.execute(insert(sessions), rows)

    def save(self, changed: Stored, now: float) -> None:
        """Write a session back; a person who was erased in this transaction gets a new row."""
        values = {"address": changed.address, "body": changed.body, "touched": now}
        written = self._connection.execute(
            update(sessions).where(sessions.c.person == changed.person).values(**values)
        )
        if written.rowcount == 0:
            self._connection.execute(insert(sessions).values(person=changed.person, **values))

    def erase(self, person: str) -> None:
        """Forget a person: session, what waits to go out, and what is due."""
        for table in (outbox, due, sessions):
            self._connection.execute(delete(table).where(table.c.person == person))
        self.erased = True

    def seen(self, events: Iterable[str]) -> set[str]:
        """Give those of these events that were taken in before."""
        query = select(ledger.c.event).where(ledger.c.event.in_(list(events)))
        return set(self._connection.scalars(query))

    def note(self, events: Mapping[str, str], now: float) -> None:
        """Enter events in the ledger, each with the code of its failure or nothing."""
        rows = [{"event": name, "seen": now, "failed": code} for name, code in events.items()]
        if rows:
            self._connection.execute(insert(ledger), rows)

    def prune(self, before: float) -> None:
        """Drop ledger rows that are older than `before`."""
        self._connection.execute(delete(ledger).where(ledger.c.seen < before))

    def post(self, person: str, address: bytes, bodies: Sequence[bytes], now: float) -> list[int]:
        """Put effects in the outbox, in order; give their ids."""
        rows = [
            {"person": person, "address": address, "body": body, "made": now} for body in bodies
        ]
        if not rows:
            return []
        query = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
        return list(self._connection.scalars(query, rows))

    def waiting(self, person: str | None = None, most: int = 500) -> list[Parcel]:
        """Give what waits to go out, oldest first, of one person or of everybody."""
        query = select(outbox.c.id, outbox.c.person, outbox.c.address, outbox.c.body)
        if person is not None:
            query = query.where(outbox.c.person == person)
        return [
            Parcel(*row)
            for row in self._connection.execute(query.order_by(outbox.c.id).limit(most))
        ]

    def people_waiting(self, beginning: str) -> list[str]:
        """Give for whom something waits to go out, of those whose key begins like this."""
        query = select(outbox.c.person).where(
            outbox.c.person.startswith(beginning, autoescape=True)
        )
        return list(self._connection.scalars(query.distinct()))

    def sent(self, ids: Iterable[int]) -> None:
        """Take out of the outbox what has gone out."""
        self._connection.execute(delete(outbox).where(outbox.c.id.in_(list(ids))))

    def unreachable(self, person: str) -> None:
        """Nothing more goes out to this person, and nothing is due for them."""
        for table in (outbox, due):
            self._connection.execute(delete(table).where(table.c.person == person))

    def remind(self, person: str, name: str, at: float) -> None:
        """Set when something of that name is due; an earlier setting goes."""
        mine = (due.c.person == person) & (due.c.name == name)
        self._connection.execute(delete(due).where(mine))
        self._connection.execute(insert(due).values(person=person, name=name, at=at))

    def overdue(self, now: float, most: int = 100) -> list[Due]:
        """Give what is due by now, oldest first."""
        query = select(due.c.id, due.c.person, due.c.name).where(due.c.at <= now)
        return [Due(*row) for row in self._connection.execute(query.order_by(due.c.at).limit(most))]

    def happened(self, ids: Iterable[int]) -> None:
        """Take out what was due and has happened."""
        self._connection.execute(delete(due).where(due.c.id.in_(list(ids))))

    def cursor(self, name: str) -> int | None:
        """Give where an intake stands, if it ever moved."""
        return self._connection.scalar(select(cursors.c.value).where(cursors.c.name == name))

    def move_cursor(self, name: str, value: int) -> None:
        """Remember where an intake stands."""
        self._connection.execute(delete(cursors).where(cursors.c.name == name))
        self._connection.execute(insert(cursors).values(name=name, value=value))
