"""What is left of people who were forgotten: in rows, in keys, and as bytes in live files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, create_engine

from tests.canary.search import as_bytes

SHORTEST = 20
"""Bytes of a value that can't be anywhere by chance."""
PG_KEYS = "kith_keys"


def personal(url: str, schema: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every row about a person with the name of its table: those that say of whom they are."""
    engine, metadata = create_engine(url), MetaData()
    metadata.reflect(engine, schema=schema)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            if "person" in table.c:
                for row in connection.execute(table.select()).mappings():
                    yield table.name, dict(row)
    engine.dispose()


def places(url: str) -> list[tuple[str, str | None]]:
    """Give where rows about people are: in the data, and in the keys apart from it."""
    if url.startswith("sqlite"):
        return [(url, None), (url.replace("kith.db", "kith-keys.db"), None)]
    return [(url, None), (url, PG_KEYS)]


def bytes_of_people(url: str) -> set[bytes]:
    """Give all long values of rows about people; their names are left out.

    By its name somebody is on the list of the forgotten, which is what brings nobody back.
    """
    return {
        as_bytes(value)
        for place in places(url)
        for _, row in personal(*place)
        for column, value in row.items()
        if column != "person" and len(as_bytes(value)) >= SHORTEST
    }


def left_over(url: str) -> list[str]:
    """Name the rows about people that are still there."""
    return [
        f"{name}: {row['person'][:20]}" for place in places(url) for name, row in personal(*place)
    ]


def bytes_left(folder: Path, theirs: set[bytes]) -> list[str]:
    """Name the live files that still hold a value of somebody who is gone, whatever opens it."""
    live = [file for file in folder.glob("kith*") if file.is_file()]
    return [
        f"{file.name}: {len(value)} bytes"
        for file in live
        for data in [file.read_bytes()]
        for value in theirs
        if value in data
    ]
