"""The tables. Bodies are opaque bytes, so that they can be sealed without a change here."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_counting = BigInteger().with_variant(Integer, "sqlite")

sessions = Table(
    "sessions",
    metadata,
    Column("person", String(80), primary_key=True),
    Column("address", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("touched", Float, nullable=False),
)
"""One row a person: where to reach them, and their whole session. Times are seconds since 1970."""

ledger = Table(
    "ledger",
    metadata,
    Column("event", String(120), primary_key=True),
    Column("seen", Float, nullable=False),
    Column("failed", String(60), nullable=False, default=""),
    Index("ix_ledger_seen", "seen"),
)
"""One row for each event that was taken in, so that it is never taken in twice."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", _counting, primary_key=True, autoincrement=True),
    Column("person", String(80), nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("made", Float, nullable=False),
    Column("holder", String(60), nullable=False, server_default=text("''")),
    Column("until", Float, nullable=False, server_default=text("0")),
    Index("ix_outbox_person", "person", "id"),
    sqlite_autoincrement=True,
)
"""One row for each effect that still has to go out; it leaves when it was sent.

`holder` names the process that may send it, `until` when that lease ends; all rows of one person
that are held are held by one process.
"""

due = Table(
    "due",
    metadata,
    Column("id", _counting, primary_key=True, autoincrement=True),
    Column("person", String(80), nullable=False),
    Column("name", String(60), nullable=False),
    Column("at", Float, nullable=False),
    Column("wall", String(19), nullable=False, server_default=text("''")),
    UniqueConstraint("person", "name"),
    Index("ix_due_at", "at"),
    sqlite_autoincrement=True,
)
"""One row for each thing that happens later; at most one of a name for a person.

`wall` is the time that is meant on the wall where the person is, `at` the instant that this is.
"""

messages = Table(
    "messages",
    metadata,
    Column("person", String(80), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False),
    Column("tag", String(80), nullable=False, server_default=text("''")),
    Index("ix_messages_at", "at"),
)
"""One row for each message in a chat, by either side, for as long as it can still be deleted.

`number` is the channel's own number of it; nothing of what it says is here. A post in a group has
a `tag` by which it is edited; it stays as long as what it belongs to.
"""

members = Table(
    "members",
    metadata,
    Column("person", String(80), primary_key=True),
    Column("group", String(90), primary_key=True),
    Column("leads", Boolean, nullable=False),
    Index("ix_members_group", "group"),
)
"""One row for each person in each group that shares Kith, and whether they may lead a round."""

links = Table(
    "links",
    metadata,
    Column("code", String(90), primary_key=True),
    Column("group", String(90), nullable=False),
    Column("purpose", String(20), nullable=False),
    UniqueConstraint("group", "purpose"),
)
"""One row for each link out of a group into the private chat: an opaque code and what it is for.

A group that became a supergroup is found by its new name in the same way (`moved`).
"""

confirmations = Table(
    "confirmations",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("who", String(80), nullable=False),
    Column("at", Float, nullable=False),
)
"""One row for each state of the help numbers that an operator has confirmed: who, and when."""

services = Table(
    "services",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("name", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("corrections", Text, nullable=False),
    Column("assured", String(10), nullable=False),
    Column("missing", Boolean, nullable=False),
    Column("changed", Float, nullable=False),
    Column("version", BigInteger, nullable=False),
    Index("ix_services_version", "version"),
)
"""One row for each entry of the directory, by its source and the id that the source gave it.

`record` is what was imported, as JSON, and `corrections` what staff here know better, laid over it;
`name` and `assured` are of both together. `missing` is what the last whole import didn't hold.
"""

reports = Table(
    "reports",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("verdict", String(20), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("how_many", Integer, nullable=False),
)
"""How many people said the same of an entry on a day; nothing says who."""

totals = Table(
    "totals",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("scope", String(90), primary_key=True),
    Column("body", Text, nullable=False),
    Column("made", Float, nullable=False),
)
"""What may be told of a month, for everybody or for a group: worked out once, and never again.

It holds bands of numbers and nothing of anybody.
"""
