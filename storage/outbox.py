"""What waits to go out: put there in order, held by one process at a time, sealed until it went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    insert,
    select,
    text,
    update,
)

from storage.sealing.box import Unreadable
from storage.sealing.sealer import Sealer
from storage.tables import outbox

_PEOPLE: Final[BindParameter[str]] = bindparam("people", expanding=True)
_IDS: Final = {
    "sqlite": text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) "
        "SELECT i + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0) FROM n"
    ),
    "postgresql": text(
        "SELECT nextval(pg_get_serial_sequence('outbox', 'id')) FROM generate_series(1, :many)"
    ),
}
"""Numbers are drawn first: a row is sealed to its own. In SQLite the writer has the lock by now."""
_POST: Final = insert(outbox)
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


class Outbox:
    """What one transaction may do with what waits to go out."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def post(self, letters: Sequence[Letter], now: float, lease: Lease) -> list[Parcel]:
        """Put effects in, in order, and give them as they wait there.

        With a lease they are held at once, but not those of a person for whom something waits
        that this holder may not send: it has to go out first.
        """
        if not letters:
            return []
        self._sealer.know(letter.person for letter in letters)
        busy = self._busy({letter.person for letter in letters}, lease, now)
        draw = _IDS[self._connection.dialect.name]
        numbers = list(self._connection.scalars(draw, {"many": len(letters)}))
        parcels = [
            Parcel(
                number,
                letter.person,
                letter.address,
                letter.body,
                0.0 if letter.person in busy else lease.until,
            )
            for number, letter in zip(numbers, letters, strict=True)
        ]
        rows = [self._row(parcel, now, lease) for parcel in parcels]
        self._connection.execute(_POST, rows)
        return parcels

    def claim(self, person: str, lease: Lease, now: float, most: int) -> list[Parcel]:
        """Take over what waits for a person, oldest first; nothing as long as another holds it."""
        values = {"whom": person, "me": lease.holder, "now": now}
        self._connection.execute(_CLAIM, {**values, "ends": lease.until})
        return self._opened(self._connection.execute(_MINE, {**values, "most": most}).all())

    def renew(self, people: Sequence[str], lease: Lease) -> set[int]:
        """Hold on to what is held for these people; give the numbers of all that is."""
        mine = (outbox.c.holder == lease.holder) & outbox.c.person.in_(people)
        self._connection.execute(update(outbox).where(mine).values(until=lease.until))
        return set(self._connection.scalars(select(outbox.c.id).where(mine)))

    def release(self, holder: str) -> None:
        """Let go of everything that this holder holds, so that another can send it at once."""
        mine = update(outbox).where(outbox.c.holder == holder)
        self._connection.execute(mine.values(holder="", until=0.0))

    def unheld(self, beginning: str, now: float, most: int) -> list[str]:
        """Give for whom something waits that nobody holds, of those whose key begins like this."""
        query = (
            select(outbox.c.person)
            .where(outbox.c.until <= now, outbox.c.person.startswith(beginning, autoescape=True))
            .distinct()
            .limit(most)
        )
        return list(self._connection.scalars(query))

    def waiting(self, person: str | None, most: int) -> list[Parcel]:
        """Give what waits to go out, oldest first, of one person or of everybody."""
        query = _PARCEL if person is None else _PARCEL.where(outbox.c.person == person)
        rows = self._connection.execute(query.order_by(outbox.c.id).limit(most)).all()
        return self._opened(rows)

    def sent(self, ids: Sequence[int]) -> None:
        """Take out what has gone out."""
        if ids:
            self._connection.execute(_SENT, {"ids": ids})

    def _busy(self, people: set[str], lease: Lease, now: float) -> set[str]:
        if not lease.holder:
            return people
        values = {"people": sorted(people), "me": lease.holder, "now": now}
        return set(self._connection.scalars(_BUSY, values))

    def _row(self, parcel: Parcel, now: float, lease: Lease) -> dict[str, Any]:
        row = str(parcel.id)
        sealed = {
            column: self._sealer.part(value, "outbox", column, parcel.person, row)
            for column, value in (("address", parcel.address), ("body", parcel.body))
        }
        return {
            "id": parcel.id,
            "person": parcel.person,
            **sealed,
            "made": now,
            "holder": lease.holder if parcel.until else "",
            "until": parcel.until,
        }

    def _opened(self, rows: Iterable[Any]) -> list[Parcel]:
        """Open what waits; what can't be opened stays where it is, and goes to nobody."""
        found = list(rows)
        self._sealer.know(row.person for row in found)
        parcels = []
        for row in found:
            number = str(row.id)
            try:
                address, body = (
                    self._sealer.open(getattr(row, column), "outbox", column, row.person, number)
                    for column in ("address", "body")
                )
            except Unreadable:
                continue
            parcels.append(Parcel(row.id, row.person, address, body, row.until))
        return parcels
