"""Opening the keys database: a file beside SQLite's, a schema of its own in PostgreSQL."""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import SQLAlchemyError

from storage.patience import BUSY_TIMEOUT_MS, PATIENCE
from storage.sealing.tables import keys_metadata
from storage.unusable import KeysUnusable
from storage.whole_files import made_private

SCHEMA: Final = "kith_keys"
MAKING: Final = 0x6B657973
"""The number of the lock under which PostgreSQL makes the tables."""
_READS: Final = "kith_reads"
_NO_RIGHT: Final = "42501"
"""insufficient_privilege (PostgreSQL, appendix A)."""
_MAY_NOT_MAKE: Final = (
    f"as its administrator: CREATE SCHEMA {SCHEMA} AUTHORIZATION the user in KITH_DATABASE_URL"
)


def address_of_keys(data: URL) -> URL:
    """Give where the keys lie for the database at this address."""
    if data.get_backend_name() != "sqlite":
        return data
    file = Path(data.database or "")
    return URL.create("sqlite", database=str(file.with_name(f"{file.stem}-keys{file.suffix}")))


def open_keys(data: URL, *, make: bool = True) -> Engine:
    """Open the keys of the database at this address, and make the tables where there are none.

    Raises KeysUnusable.
    """
    address = address_of_keys(data)
    engine: Engine | None = None
    try:
        engine = _sqlite(address, make=make) if _is_file(address) else _server(address)
        with engine.begin() as connection:
            if make and not _is_file(address):
                _make_schema(connection)
            there = inspect(connection).has_table("keys")
            if make and not there:
                keys_metadata.create_all(connection, checkfirst=False)
    except (SQLAlchemyError, OSError) as error:
        if engine is not None:
            engine.dispose()
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        refused = getattr(getattr(error, "orig", None), "sqlstate", "") == _NO_RIGHT
        remedy = _MAY_NOT_MAKE if refused else "see that it is there"
        message = f"the keys at {_shown(address)} can't be opened: {cause} -> {remedy}"
        raise KeysUnusable(message) from error
    if not there and not make:
        engine.dispose()
        message = (
            f"there are no keys at {_shown(address)} "
            "-> bring them back from their backup: kith keys restore FILE"
        )
        raise KeysUnusable(message)
    return engine


def to_read(engine: Engine) -> Engine:
    """Give the same database for single statements that only read, with no transaction around."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_READS: True})
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _make_schema(connection: Connection) -> None:
    """Make the schema where there is none; workers that start together take turns."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MAKING})")
    # asking first: to make it takes rights that a careful operator gives nobody
    if not inspect(connection).has_schema(SCHEMA):
        connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")


def _is_file(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _shown(address: URL) -> str:
    where = address.render_as_string(hide_password=True)
    return where if _is_file(address) else f"{where} (schema {SCHEMA})"


def _server(address: URL) -> Engine:
    options = f"{PATIENCE['options']} -c search_path={SCHEMA}"
    return create_engine(
        address, hide_parameters=True, connect_args={**PATIENCE, "options": options}
    )


def _sqlite(address: URL, *, make: bool) -> Engine:
    if not make and not Path(address.database or "").is_file():
        message = "there is no such file"
        raise FileNotFoundError(message)
    made_private(Path(address.database or ""))
    engine = create_engine(address, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # who only reads waits for nobody, and nobody for them
        if not connection.get_execution_options().get(_READS):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
