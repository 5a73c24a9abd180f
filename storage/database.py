"""Opening the database: SQLite set up to keep its promises, and migrated to today's tables."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    create_engine,
    event,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, InterfaceError, InternalError, OperationalError

from storage.patience import BUSY_TIMEOUT_MS, PATIENCE
from storage.revisions import MIGRATIONS, known_revisions
from storage.tables import sessions
from storage.unusable import DatabaseUnusable, KeysUnusable
from storage.whole_files import made_private

Seal = Callable[[Connection], None]
"""Seals what an earlier Kith wrote."""
MIGRATING = 0x6B697468
"""The number of the lock that a migration takes in PostgreSQL."""


def is_away(error: BaseException) -> bool:
    """Say whether the database is why something failed: away, full, locked or not to be written.

    Without its keys, or the master key over them, it is as far away.
    """
    return isinstance(error, OperationalError | InterfaceError | InternalError | KeysUnusable)


def is_clash(error: BaseException) -> bool:
    """Say whether two transactions got in each other's way, so that trying again helps.

    Codes of PostgreSQL: 40001 serialization_failure, 40P01 deadlock_detected.
    """
    return getattr(getattr(error, "orig", None), "sqlstate", "") in {"40001", "40P01"}


def first_line(error: BaseException) -> str:
    """Give what the database said, on one line, without the statement or what was in it."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0] if said else type(error).__name__


def open_database(url: str | URL, seal: Seal | None = None) -> Engine:
    """Open the database at `url` and bring its tables up to date. Raises DatabaseUnusable.

    `seal` seals what an earlier Kith wrote, in the transaction that brings it forward.
    """
    engine = engine_at(url)
    bring_forward(engine, seal)
    return engine


def bring_forward(engine: Engine, seal: Seal | None = None) -> None:
    """Bring the tables of an open database up to date. Raises DatabaseUnusable; it is closed then.

    `seal` is as with `open_database`.
    """
    try:
        migrate(engine, seal=seal)
    except Exception as error:
        engine.dispose()
        if isinstance(error, DatabaseUnusable | KeysUnusable):
            raise
        raise DatabaseUnusable(first_line(error)) from error


def engine_at(url: str | URL) -> Engine:
    """Open the database at `url` as old as it is, or a new one. Raises DatabaseUnusable."""
    engine: Engine | None = None
    try:
        address = address_of(url)
        if address.get_backend_name() == "sqlite" and address.database:
            made_private(Path(address.database))
        patience = PATIENCE if address.get_backend_name() == "postgresql" else {}
        engine = create_engine(address, hide_parameters=True, connect_args=patience)
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine)
        with engine.connect() as connection:
            revision(connection)
    except Exception as error:
        if engine is not None:
            engine.dispose()
        if isinstance(error, DatabaseUnusable):
            raise
        raise DatabaseUnusable(first_line(error)) from error
    return engine


def look_into_database(url: str | URL) -> Engine:
    """Open the database at `url` to read it, as it is: nothing is created, nothing migrated.

    Raises DatabaseUnusable where there is none, or none with our tables.
    """
    engine: Engine | None = None
    try:
        address = address_of(url)
        if address.get_backend_name() == "sqlite":
            engine = _sqlite_to_read(Path(address.database or ""))
        else:
            engine = create_engine(address, hide_parameters=True)
        with engine.connect() as connection:
            connection.execute(select(sessions.c.person).limit(1))
    except Exception as error:
        if engine is not None:
            engine.dispose()
        if isinstance(error, DatabaseUnusable):
            raise
        raise DatabaseUnusable(first_line(error)) from error
    return engine


def address_of(url: str | URL) -> URL:
    """Read the address of a database. Raises DatabaseUnusable."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # what it says may hold a part of the password
        raise DatabaseUnusable("KITH_DATABASE_URL is no address of a database") from None


def _sqlite_to_read(file: Path) -> Engine:
    if not file.is_file():
        message = f"there is none at {file}"
        raise FileNotFoundError(message)
    address = f"{file.resolve().as_uri()}?mode=ro"
    return create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True),
        poolclass=NullPool,
        hide_parameters=True,
    )


def migrate(engine: Engine, to: str = "head", seal: Seal | None = None) -> None:
    """Bring the tables up to the newest revision, or to another one, in one transaction."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # a large table takes its time, and workers that start together take turns
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
        if revision(connection) != (known_revisions()[0] if to == "head" else to):
            _upgrade(connection, to, seal)


def _upgrade(connection: Connection, to: str, seal: Seal | None) -> None:
    from alembic import command  # noqa: PLC0415 - loads long, and most starts find nothing to do
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    config.attributes["seal"] = seal
    command.upgrade(config, to)


def revision(connection: Connection) -> str | None:
    """Give the revision that the tables are at."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    at: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return at


def _prepare_sqlite(engine: Engine) -> None:
    """WAL, full flushes, deleted bytes overwritten, and transactions that lock when they begin.

    A read that later writes could not be given the lock any more; BEGIN IMMEDIATE takes it first.
    """

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
