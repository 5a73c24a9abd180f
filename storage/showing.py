"""Which messages stand in a chat, by their numbers, as long as they can be deleted or edited."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import messages, sessions

PIECE: Final = "+"
"""Stands between a tag and what tells one piece of it from another."""
LONGEST_TAG: Final = 64
"""The longest tag of a message; what stands behind it tells its pieces apart."""
_KNOWN: Final[Any] = select(
    sessions.c.person,
    bindparam("number", type_=messages.c.number.type),
    bindparam("at", type_=messages.c.at.type),
    bindparam("tag", type_=messages.c.tag.type),
).where(sessions.c.person == bindparam("whose"))
_COLUMNS: Final = ("person", "number", "at", "tag")
_KEEP: Final = {
    "sqlite": sqlite.insert(messages).from_select(_COLUMNS, _KNOWN).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(messages)
    .from_select(_COLUMNS, _KNOWN)
    .on_conflict_do_nothing(),
}
_MINE: Final = messages.c.person == bindparam("whose")


@dataclass(frozen=True, slots=True)
class Shown:
    """One message that stands in a person's chat; what has a tag may be edited as long as it does.

    `tag` is that of a post, with what tells its pieces apart behind it.
    """

    person: str
    number: int
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A parcel that has gone out, and the messages that it became, by their numbers."""

    parcel: int
    shown: tuple[Shown, ...] = ()


class Posts:
    """What one transaction may know and forget of messages that stand under a tag."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tagged(self, person: str, tag: str) -> dict[str, tuple[int, ...]]:
        """Give the numbers of what stands in a chat under a tag, by its pieces; the first is ''.

        A piece has several numbers where it went out more than once: the oldest comes first.
        """
        mine = (messages.c.tag == tag) | messages.c.tag.startswith(tag + PIECE, autoescape=True)
        query = select(messages.c.tag, messages.c.number).where(_MINE, mine)
        rows = self._connection.execute(query.order_by(messages.c.number), {"whose": person})
        found: dict[str, tuple[int, ...]] = {}
        for whole, number in rows:
            piece = whole.removeprefix(tag).removeprefix(PIECE)
            found[piece] = (*found.get(piece, ()), number)
        return found

    def lift(self, person: str, numbers: Collection[int]) -> None:
        """Let go of the numbers of messages that were deleted one by one."""
        gone = delete(messages).where(_MINE, messages.c.number.in_(numbers))
        self._connection.execute(gone, {"whose": person})


def keep_in(connection: Connection, shown: Sequence[Shown], now: float) -> None:
    """Keep the numbers of messages, but for people who are not known: they were forgotten."""
    if shown:
        rows = [
            {"whose": each.person, "number": each.number, "at": now, "tag": each.tag}
            for each in shown
        ]
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
    """Let go of what was shown before then: it can't be deleted any more, nor edited by a tag."""
    old = (messages.c.at < before) & (messages.c.tag == "")
    connection.execute(delete(messages).where(old))
