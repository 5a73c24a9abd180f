"""A backup of the keys: a file of its own, kept apart from that of the data, and shorter.

What is in it opens only with the master key that wrapped it.
"""

from pathlib import Path
from sqlite3 import Error

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, delete, select
from sqlalchemy.exc import SQLAlchemyError

from storage.copying import copy_rows, rows_in
from storage.database import first_line
from storage.sealing.box import Unreadable, place, unseal
from storage.sealing.forgotten import Forgotten
from storage.sealing.keys import Keys
from storage.sealing.masters import Masters
from storage.sealing.tables import keys, keys_metadata, own
from storage.whole_files import new_file, refuse


def back_up_keys(vault: Keys, file: Path) -> int:
    """Write everybody's wrapped keys into a new file; say how many. Raises BackupRefused."""
    try:
        with new_file(file) as part:
            target = _file(part)
            try:
                keys_metadata.create_all(target)
                with _one_moment(vault).connect() as there, target.begin() as here:
                    copy_rows(there, here, keys_metadata.sorted_tables)
                    found = rows_in(here, keys)
            finally:
                target.dispose()
    except (OSError, Error, SQLAlchemyError) as error:
        refuse(f"the keys can't be written to {file}: {first_line(error)}", "name another place")
    return found


def _one_moment(vault: Keys) -> Engine:
    """Read all as it was at one moment, while keys are made, destroyed and wrapped anew."""
    if vault.engine.dialect.name == "sqlite":
        return vault.reading
    return vault.engine.execution_options(isolation_level="REPEATABLE READ")


def restore_keys(file: Path, held: Engine, masters: Masters, forgotten: Forgotten) -> int:
    """Bring keys back into a keys database that holds nobody's; say how many came.

    The keys of who was forgotten since don't come back. Raises BackupRefused.
    """
    gone = {each.key for each in forgotten.all()}
    if not file.is_file():
        refuse(f"there is no file {file}", "name a file that `kith keys backup` wrote")
    source = _file(file)
    try:
        with source.connect() as there, held.begin() as here:
            if rows_in(here, keys):
                refuse("the keys database holds keys already", "keys come back only into a new one")
            _refuse_strangers(there, masters, file)
            here.execute(delete(own))
            copy_rows(there, here, keys_metadata.sorted_tables)
            here.execute(delete(keys).where(keys.c.id.in_(gone)))
            return rows_in(here, keys)
    except (OSError, Error, SQLAlchemyError) as error:
        remedy = "name a file that `kith keys backup` wrote"
        refuse(f"{file} can't be read: {first_line(error)}", remedy)
    finally:
        source.dispose()


def _refuse_strangers(there: Connection, masters: Masters, file: Path) -> None:
    """Refuse keys that the master key here doesn't open."""
    for row in there.execute(select(own)):
        # a key that is not there opens as little as a wrong one
        master = masters.find(row.master) or masters.newest
        try:
            unseal(master, row.wrapped, place("own", "wrapped", row.id.hex(), row.what))
        except Unreadable:
            refuse(
                f"the master key in {masters.source} doesn't open the keys in {file}",
                "bring back the master key of that time first",
            )


def _file(path: Path) -> Engine:
    address = URL.create("sqlite", database=str(path))
    return create_engine(address, poolclass=NullPool, hide_parameters=True)
