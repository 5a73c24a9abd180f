"""A backup: one SQLite file with all of one moment, from either database and into either."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    MetaData,
    NullPool,
    create_engine,
    delete,
    event,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from storage.copying import Told, copy_rows, rows_in
from storage.database import Seal, look_into_database, migrate, open_database, revision
from storage.revisions import known_revisions
from storage.tables import confirmations, metadata, sessions
from storage.unusable import DatabaseUnusable
from storage.whole_files import new_file, refuse

LOOKS_EVERY = 20_000
"""So many steps SQLite makes between two looks at how far it is."""
ELSEWHERE = "restore into a new database (KITH_DATABASE_URL), then start Kith on that one"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. `size` is in bytes."""

    size: int
    conversations: int


def back_up(url: str, file: Path, told: Told | None = None) -> Backup:
    """Write all that the database at `url` holds into a new file that only its owner can read.

    The file has its name only when it is whole, checked and on the disk; the bot goes on writing
    meanwhile. It holds no deleted bytes. Raises BackupRefused, and DatabaseUnusable.
    """
    try:
        with new_file(file) as part:
            _copy(url, part, told)
            conversations = _checked(part)
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        refuse(f"the backup can't be written to {file}: {_reason(error)}", "name another place")
    return Backup(file.stat().st_size, conversations)


def restore(file: Path, url: str, told: Told | None = None, seal: Seal | None = None) -> Backup:
    """Bring a backup into the empty database at `url`, all of it or nothing; the file stays.

    `seal` seals what an earlier Kith had written in the open.

    Raises BackupRefused where the database holds anything or the file is no whole backup, and
    DatabaseUnusable.
    """
    try:
        conversations = _checked(file)
        with _as_of_today(file, seal) as source:
            _refuse_early(url)
            target = open_database(url)
            try:
                with source.connect() as there, target.begin() as here:
                    _refuse_to_mix(here)
                    here.execute(delete(confirmations))  # they come as they were backed up
                    copy_rows(there, here, metadata.sorted_tables, told)
            finally:
                target.dispose()
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        refuse(f"{file} can't be read: {_reason(error)}", "name a file that `kith backup` wrote")
    return Backup(file.stat().st_size, conversations)


def _copy(url: str, part: Path, told: Told | None) -> None:
    source = look_into_database(url)
    try:
        if source.dialect.name == "sqlite":
            _copy_pages(source, part, told)
        else:
            _copy_tables(source, part, told)
    finally:
        source.dispose()


def _copy_pages(source: Engine, part: Path, told: Told | None) -> None:
    """Let SQLite write its pages anew: what it reads is one moment, and no writer waits for it."""
    with closing(source.raw_connection()) as connection:
        sqlite = connection.driver_connection
        assert isinstance(sqlite, sqlite3.Connection)  # noqa: S101 - mypy asks
        whole = _pragma(sqlite, "page_count") * _pragma(sqlite, "page_size")
        if told:
            sqlite.set_progress_handler(
                lambda: told(min(part.stat().st_size, whole), whole), LOOKS_EVERY
            )
        sqlite.execute("VACUUM INTO ?", [str(part)])
    if told:
        told(whole, whole)


def _copy_tables(source: Engine, part: Path, told: Told | None) -> None:
    """Read every table in one transaction that sees one moment, into tables of the same age."""
    alone = source.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with alone.connect() as there, _written_fast(part) as target:
        age = revision(there)
        migrate(target, age or "head")
        tables = MetaData()
        tables.reflect(there)
        kept = [table for table in tables.sorted_tables if table.name != "alembic_version"]
        with target.begin() as here:
            copy_rows(there, here, kept, told)


@contextmanager
def _written_fast(part: Path) -> Iterator[Engine]:
    """Open a new file without a journal; it is flushed once, at the end, or thrown away."""
    engine = create_engine(
        URL.create("sqlite", database=str(part)), poolclass=NullPool, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")

    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _as_of_today(file: Path, seal: Seal | None) -> Iterator[Engine]:
    """Open a backup with today's tables; an earlier version's is brought forward in a copy."""
    engine = look_into_database(URL.create("sqlite", database=str(file)))
    try:
        with engine.connect() as connection:
            age = revision(connection)
        if age == known_revisions()[0]:
            yield engine
            return
    finally:
        engine.dispose()
    if age not in known_revisions():
        refuse(f"{file} is not from this Kith or an earlier one", "install the newer Kith first")
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "backup"
        shutil.copyfile(file, copied)
        engine = open_database(URL.create("sqlite", database=str(copied)), seal)
        try:
            yield engine
        finally:
            engine.dispose()


def _checked(file: Path) -> int:
    """Read the whole file; give how many conversations it holds. Raises BackupRefused."""
    address = f"{file.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            refuse(f"{file} is damaged: {found.splitlines()[-1]}", "take an earlier backup")
        (count,) = connection.execute("SELECT count(*) FROM sessions").fetchone()
    return int(count)


def _refuse_early(url: str) -> None:
    """Refuse a database that is in use before it is opened, which would bring it forward."""
    try:
        engine = look_into_database(url)
    except DatabaseUnusable:
        return  # there is none yet, or opening it will say what is wrong
    try:
        with engine.connect() as connection:
            _refuse_conversations(connection)
    finally:
        engine.dispose()


def _refuse_to_mix(here: Connection) -> None:
    """Keep a running bot out until the end, and refuse a database that holds anything."""
    if here.dialect.name == "postgresql":
        names = ", ".join(table.name for table in metadata.sorted_tables)
        here.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
    _refuse_conversations(here)
    used = [table for table in metadata.sorted_tables if table is not confirmations]
    if any(here.execute(select(table).limit(1)).first() for table in used):
        refuse("the database has been in use", ELSEWHERE)


def _refuse_conversations(connection: Connection) -> None:
    if conversations := rows_in(connection, sessions):
        held = "1 conversation" if conversations == 1 else f"{conversations} conversations"
        refuse(f"the database holds {held}", ELSEWHERE)


def _reason(error: Exception) -> str:
    cause = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
    return str(cause).splitlines()[0]


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
