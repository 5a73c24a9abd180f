"""The condition of a database, looked at without making, migrating or changing anything."""

import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from storage.confirming import Confirmation, confirmations_in
from storage.database import first_line, revision
from storage.revisions import known_revisions

PATIENCE = 5
"""So many seconds a server has to answer."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How a database is. `address` has no password; `trouble` says why it can't be opened.

    `folder_takes` and `takes`: files can be made there, and the database be written. `age` is that
    of its tables beside this program; `free` the bytes left on its disk, where that can be known.
    `confirmations` says who has confirmed the help numbers here, the newest first.
    """

    address: str
    trouble: str = ""
    absent: bool = False
    folder_takes: bool = True
    takes: bool = True
    age: Literal["today", "behind", "ahead"] = "today"
    free: int | None = None
    confirmations: tuple[Confirmation, ...] = ()


def condition_of(url: str) -> Condition:
    """Look at the database at `url`; never raises for what is wrong with it."""
    try:
        address = make_url(url)
    except (SQLAlchemyError, ValueError):
        # the reason could hold a piece of the password
        return Condition("KITH_DATABASE_URL", "this is no address of a database")
    shown = address.render_as_string(hide_password=True)
    if address.get_backend_name() == "sqlite":
        return _file(address, shown)
    try:
        server = {"connect_timeout": PATIENCE} if "postgres" in address.get_backend_name() else {}
        engine = create_engine(
            address, poolclass=NullPool, hide_parameters=True, connect_args=server
        )
    except Exception as error:  # noqa: BLE001 - an unknown kind, or its library is missing
        return Condition(shown, _reason(error, address))
    return _inside(engine, Condition(shown), address)


def _file(address: URL, shown: str) -> Condition:
    try:
        file = Path(address.database or "").resolve()
        folder = next(each for each in file.parents if each.exists())
        there = file.is_file()
    except (OSError, ValueError) as error:
        return Condition(shown, _reason(error, address))
    condition = Condition(
        shown,
        "" if there or not file.exists() else "that is no file",
        absent=not file.exists(),
        folder_takes=folder.is_dir() and _takes_files(folder),
        takes=not there or _can_be_written(file),
        free=shutil.disk_usage(folder).free,
    )
    return _inside(still(file), condition, address) if there else condition


def still(file: Path) -> Engine:
    """Open a file so that not even SQLite's own files beside it are made, as it would to read."""
    at_work = file.with_name(f"{file.name}-wal").exists()
    address = f"{file.as_uri()}?mode=ro{'' if at_work else '&immutable=1'}"
    return create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool
    )


def _inside(engine: Engine, outside: Condition, address: URL) -> Condition:
    """Look into the tables, and add what is found to what is known from outside."""
    try:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            strange = tables and "alembic_version" not in tables
            return replace(
                outside,
                trouble="it holds the tables of something else" if strange else "",
                absent=not tables,
                takes=outside.takes and _server_takes(connection),
                age=_age(connection),
                confirmations=confirmations_in(connection) if "confirmations" in tables else (),
            )
    except Exception as error:  # noqa: BLE001 - whatever it is, an operator reads its first line
        return replace(outside, trouble=_reason(error, address))
    finally:
        engine.dispose()


def _age(connection: Connection) -> Literal["today", "behind", "ahead"]:
    found = revision(connection)
    newest, *earlier = known_revisions()
    if found in (None, newest):
        return "today"
    return "behind" if found in earlier else "ahead"


def _server_takes(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return True
    only_read: str | None = connection.scalar(text("SHOW transaction_read_only"))
    return only_read == "off"


def _takes_files(folder: Path) -> bool:
    """Try it with a file that has no name: rights alone don't tell of a read-only disk."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _can_be_written(file: Path) -> bool:
    try:
        with file.open("r+b"):
            return True
    except OSError:
        return False


def _reason(error: Exception, address: URL) -> str:
    """Give the first line of what went wrong, without the password should it stand there."""
    reason = first_line(error)
    secret = str(address.password or "")
    return reason.replace(secret, "***") if secret else reason
