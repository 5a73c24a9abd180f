"""Everything that the database holds about one person, whatever tables there come to be."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, LargeBinary, MetaData, Table, select

from storage.tables import metadata

PERSON: Final = "person"


def about_people(tables: MetaData = metadata) -> dict[str, Table]:
    """Give every table with rows about a person, by name."""
    return {name: table for name, table in tables.tables.items() if PERSON in table.columns}


def beside_in(
    connection: Connection, person: str, tables: MetaData = metadata
) -> dict[str, list[dict[str, Any]]]:
    """Give the rows about a person by table, the empty ones left out.

    What is sealed, and who it is about, is left out of each row: only the columns that can be read
    without a key are there.
    """
    rows = {
        name: [
            dict(row)
            for row in connection.execute(
                select(*_readable(table)).where(table.c.person == person)
            ).mappings()
        ]
        for name, table in about_people(tables).items()
    }
    return {name: found for name, found in rows.items() if found}


def _readable(table: Table) -> Sequence[Column[Any]]:
    return [
        column
        for column in table.columns
        if column.name != PERSON and not isinstance(column.type, LargeBinary)
    ]
