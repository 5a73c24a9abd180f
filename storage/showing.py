"""Which messages stand in a chat, by their numbers, for as long as they can still be deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import messages, sessions

_KNOWN: Final[Any] = select(
    sessions.c.person,
    bindparam("number", type_=messages.c.number.type),
    bindparam("at", type_=messages.c.at.type),
).where(sessions.c.person == bindparam("whose"))
_COLUMNS: Final = ("person", "number", "at")
_KEEP: Final = {
    "sqlite": sqlite.insert(messages).from_select(_COLUMNS, _KNOWN).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(messages)
    .from_select(_COLUMNS, _KNOWN)
    .on_conflict_do_nothing(),
}
_MINE: Final = messages.c.person == bindparam("whose")


@dataclass(frozen=True, slots=True)
class Shown:
    """One message that stands in a person's chat."""

    person: str
    number: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A parcel that has gone out, and the numbers of the messages that it became."""

    parcel: int
    person: str = ""
    messages: tuple[int, ...] = ()


def keep_in(connection: Connection, shown: Sequence[Shown], now: float) -> None:
    """Keep the numbers of messages, but for people who are not known: they were forgotten."""
    if shown:
        rows = [{"whose": each.person, "number": each.number, "at": now} for each in shown]
        connection.execute(_KEEP[connection.dialect.name], rows)


def shown_in(connection: Connection, person: str, since: float) -> list[int]:
    """Give the numbers of what was shown in a person's chat since then, oldest first."""
    query = select(messages.c.number).where(_MINE, messages.c.at > since)
    return list(connection.scalars(query.order_by(messages.c.number), {"whose": person}))


def drop_in(connection: Connection, person: str, newest: int) -> None:
    """Let go of the numbers of messages that stand there no more: all up to the newest of them."""
    gone = delete(messages).where(_MINE, messages.c.number <= newest)
    connection.execute(gone, {"whose": person})


def prune_in(connection: Connection, before: float) -> None:
    """Let go of what was shown before then: it can't be deleted any more."""
    connection.execute(delete(messages).where(messages.c.at < before))
