"""The rows as whoever holds the disk can read and change them, beside Kith."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, LargeBinary, MetaData, Table, create_engine, select

SEALED: Final = (
    ("sessions", "address"),
    ("sessions", "body"),
    ("outbox", "address"),
    ("outbox", "body"),
)
"""The columns of the data that hold bytes of a person; a test sees to it that these are all."""


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Open the database for one transaction, as any program could."""
    engine: Engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def table(connection: Connection, name: str) -> Table:
    """Give a table as it stands in the database."""
    return Table(name, MetaData(), autoload_with=connection)


def sealed_columns(url: str) -> set[tuple[str, str]]:
    """Give all columns of bytes in tables that have people in them."""
    metadata = MetaData()
    with connected(url) as connection:
        metadata.reflect(connection)
    return {
        (one.name, column.name)
        for one in metadata.tables.values()
        if "person" in one.c
        for column in one.c
        if isinstance(column.type, LargeBinary)
    }


def rows(url: str, name: str, person: str) -> list[dict[str, Any]]:
    """Give somebody's rows of a table, in order."""
    with connected(url) as connection:
        there = table(connection, name)
        query = select(there).where(there.c.person == person).order_by(*there.primary_key)
        return [dict(row) for row in connection.execute(query).mappings()]


def put(url: str, name: str, key: Mapping[str, Any], **changed: Any) -> None:
    """Change a row that is found by these values."""
    with connected(url) as connection:
        there = table(connection, name)
        change = there.update().values(**changed)
        for column, value in key.items():
            change = change.where(there.c[column] == value)
        assert connection.execute(change).rowcount == 1


def key_of(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Give by what a row is found again."""
    return {column: row[column] for column in (("id",) if name == "outbox" else ("person",))}
