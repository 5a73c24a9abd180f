"""Letting nothing more go out to whoever can't be reached, and still looking after their data."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    insert,
    select,
)

from storage.sealing.box import sealed_under
from storage.tables import due, outbox, sessions

_PEOPLE: Final[BindParameter[str]] = bindparam("people", expanding=True)
# locked, so that nothing is set for somebody whom another process is just forgetting
_KNOWN: Final = (
    select(sessions.c.person)
    .where(sessions.c.person.in_(_PEOPLE))
    .order_by(sessions.c.person)
    .with_for_update()
)
_UNSENT: Final = delete(outbox).where(outbox.c.person.in_(_PEOPLE))
_OVER: Final = delete(due).where(due.c.person.in_(_PEOPLE), due.c.name != bindparam("but"))
_SET: Final = select(due.c.person).where(due.c.person.in_(_PEOPLE))


def silence_in(connection: Connection, people: Iterable[str], but: str, now: float) -> None:
    """Drop what waits for these people and what is due for them, but not what is called `but`.

    That stays due when it was; where it was not set, it is due now for whoever is known.
    """
    theirs = {"people": sorted(people)}
    known = list(connection.scalars(_KNOWN, theirs))
    connection.execute(_UNSENT, theirs)
    connection.execute(_OVER, {**theirs, "but": but})
    there = set(connection.scalars(_SET, theirs))
    if missing := [person for person in known if person not in there]:
        rows = [{"person": person, "name": but, "at": now} for person in missing]
        connection.execute(insert(due), rows)


def left_in(
    connection: Connection,
    table: Table,
    column: ColumnElement[Any],
    people: Sequence[str],
    keys: AbstractSet[bytes],
) -> dict[Any, str]:
    """Give whose each row of these people is that is still sealed under one of these keys."""
    query = select(column, table.c.person, table.c.address).where(table.c.person.in_(people))
    rows = connection.execute(query)
    return {row[0]: row.person for row in rows if sealed_under(row.address, keys)}
