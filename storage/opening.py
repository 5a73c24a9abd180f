"""Opening all that is kept: the database, the keys apart from it, and the master key over them."""

from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from storage.adopting import adopt
from storage.beside import about_people
from storage.database import (
    address_of,
    bring_forward,
    engine_at,
    first_line,
    look_into_database,
    revision,
)
from storage.sealing.copies import restore_keys
from storage.sealing.forgotten import Forgotten, list_beside
from storage.sealing.keydatabase import address_of_keys, open_keys
from storage.sealing.keys import Keys
from storage.sealing.masters import SETTING, Masters, make_file, masters_in, set_masters
from storage.sealing.replaying import replay
from storage.sealing.tables import keys, own
from storage.store import Store
from storage.tables import sessions
from storage.unusable import DatabaseUnusable, KeysUnusable
from storage.where import Where

SEALED_SINCE: Final = "0005"
AWAY: Final = Path("data/kith.key")
"""Where the key file lies when the database is on a server."""


def open_store(where: Where) -> Store:
    """Open the database with its keys; make what is not there yet, and finish what was begun.

    Whoever was forgotten since a backup was made, and came back with it, is forgotten again.
    Raises DatabaseUnusable, and KeysUnusable where what is there could not be read; nothing was
    changed then.
    """
    address = address_of(where.database)
    engine = engine_at(address)
    try:
        with engine.connect() as connection:
            age = revision(connection)
        vault = _vault(where, address, sealed=holds_sealed(engine))
    except BaseException:
        engine.dispose()
        raise
    try:
        bring_forward(engine, lambda connection: adopt(connection, vault))
    except BaseException:
        vault.close()
        raise
    store = Store(engine, vault)
    try:
        if age is not None and age < SEALED_SINCE:
            _write_anew(engine)
        replay(store)
        store.clean()  # whatever an earlier run could not take out of the logs any more
    except BaseException as error:
        store.close()
        if isinstance(error, SQLAlchemyError):
            raise DatabaseUnusable(first_line(error)) from error
        raise
    return store


def _write_anew(engine: Engine) -> None:
    """Take what lay in the open out of PostgreSQL's files, where a change leaves what was there."""
    if engine.dialect.name != "postgresql":
        return
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        for table in about_people():
            connection.exec_driver_sql(f"VACUUM (FULL) {table}")
        connection.exec_driver_sql("RESET statement_timeout")


def look_into_store(where: Where) -> Store:
    """Open the database with its keys to read it as it is: nothing is made, nothing migrated.

    Raises DatabaseUnusable and KeysUnusable.
    """
    engine = look_into_database(where.database)
    try:
        return Store(engine, open_vault(where))
    except BaseException:
        engine.dispose()
        raise


def open_vault(where: Where) -> Keys:
    """Open the keys alone, those that are there. Raises KeysUnusable."""
    address = address_of(where.database)
    file = key_file_of(where, address)
    masters = _masters(where, file, make=False)
    held = open_keys(address, make=False)
    try:
        return Keys(held, masters, _list(file))
    except BaseException:
        held.dispose()
        raise


def seal_in(connection: Connection, where: Where) -> None:
    """Seal what an earlier Kith wrote, with the keys of the database that it is brought into."""
    vault = _vault(where, address_of(where.database), sealed=False)
    try:
        adopt(connection, vault)
    finally:
        vault.close()


def bring_back_keys(where: Where, file: Path) -> int:
    """Bring a backup of the keys into a keys database that holds nobody's; say how many came.

    Raises KeysUnusable without the master key, and BackupRefused.
    """
    address = address_of(where.database)
    key_file = key_file_of(where, address)
    masters = _masters(where, key_file, make=False)
    held = open_keys(address)
    try:
        return restore_keys(file, held, masters, _list(key_file))
    finally:
        held.dispose()


def key_file_of(where: Where, address: URL) -> Path:
    """Give where the file of the master key lies, whether or not it is there."""
    if where.key_file:
        return Path(where.key_file)
    if address.get_backend_name() == "sqlite":
        return Path(address.database or "").with_suffix(".key")
    return AWAY


def _vault(where: Where, address: URL, *, sealed: bool) -> Keys:
    file = key_file_of(where, address)
    held = open_keys(address)
    try:
        fresh = _is_fresh(held)
        if fresh and sealed:
            _refuse_without_keys(address)
        masters = _masters(where, file, make=fresh)
        forgotten = _list(file)
        forgotten.can_grow()  # an operator hears of it now, and not somebody who wants to go
        if fresh:
            forgotten.begin()
        vault = Keys(held, masters, forgotten, make=True)
        for ref in _wrapping(held):
            vault.master(ref)
    except BaseException:
        held.dispose()
        raise
    return vault


def _masters(where: Where, file: Path, *, make: bool) -> Masters:
    if where.master_key:
        return set_masters(where.master_key)
    if file.exists():
        return masters_in(file)
    if not make:
        message = (
            f"the master key is missing: there is no {file} and {SETTING} is not set "
            "-> bring it back from where you keep a copy; nothing was changed"
        )
        raise KeysUnusable(message)
    return make_file(file)


def _list(file: Path) -> Forgotten:
    return Forgotten(list_beside(file))


def _is_fresh(held: Engine) -> bool:
    with held.connect() as connection:
        return connection.execute(select(own.c.what).limit(1)).first() is None


def _wrapping(held: Engine) -> list[str]:
    """Give the ids of the master keys that anything is wrapped by."""
    with held.connect() as connection:
        return list(connection.scalars(select(keys.c.master).distinct()))


def holds_sealed(engine: Engine) -> bool:
    """Say whether the database holds conversations that were sealed."""
    with engine.connect() as connection:
        at = revision(connection)
        if at is None or at < SEALED_SINCE or not inspect(connection).has_table("sessions"):
            return False
        return connection.execute(select(sessions.c.person).limit(1)).first() is not None


def _refuse_without_keys(address: URL) -> None:
    where = address_of_keys(address).render_as_string(hide_password=True)
    message = (
        f"the database holds conversations, but their keys are not at {where} "
        "-> bring them back from their backup: kith keys restore FILE; nothing was changed"
    )
    raise KeysUnusable(message)
