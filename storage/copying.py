"""Copying rows from one database to another, whichever two they are, in batches."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, func, insert, select, text

Told = Callable[[int, int], None]
"""Is told how far a copy is: so much of so much."""
BATCH = 1000


def copy_rows(
    source: Connection, target: Connection, tables: Sequence[Table], told: Told | None = None
) -> None:
    """Copy all rows of these tables, and up to which number each has counted.

    The target's tables are empty, and named and shaped alike. What is read is one moment only
    where the source is in a transaction that sees one moment.
    """
    whole = sum(rows_in(source, table) for table in tables)
    done = 0
    for table in tables:
        rows = source.execute(select(table), execution_options={"yield_per": BATCH})
        for some in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in some])
            done += len(some)
            if told:
                told(done, whole)
    for table in tables:
        _count_on(target, table, _counted(source, table))


def rows_in(connection: Connection, table: Table) -> int:
    """Count the rows of a table."""
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _counted(connection: Connection, table: Table) -> int:
    """Give the last number that a table gave to a row by itself, gone or not; 0 for none."""
    if table.autoincrement_column is None:
        return 0
    if connection.dialect.name == "sqlite":
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return connection.scalar(query, {"name": table.name}) or 0
    query = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, :column)::regclass)")
    return connection.scalar(query, _named(table)) or 0


def _count_on(connection: Connection, table: Table, counted: int) -> None:
    """Let a table give the numbers after `counted`, so that none is used a second time."""
    if not counted:
        return
    values = {**_named(table), "counted": counted}
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        change = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :counted)")
    else:
        sequence = "pg_get_serial_sequence(:name, :column)::regclass"
        change = text(f"SELECT setval({sequence}, :counted)")
    connection.execute(change, values)


def _named(table: Table) -> dict[str, str]:
    column = table.autoincrement_column
    return {"name": table.name, "column": column.name if column is not None else ""}
