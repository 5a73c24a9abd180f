"""The condition of the keys, looked at without making or changing anything."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from sqlalchemy import Engine, NullPool, create_engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from storage.database import address_of, first_line
from storage.looking import PATIENCE, still
from storage.opening import holds_sealed, key_file_of
from storage.sealing.forgotten import list_beside
from storage.sealing.keydatabase import SCHEMA, address_of_keys
from storage.sealing.masters import SETTING, Masters, masters_in, set_masters
from storage.sealing.tables import keys, own
from storage.unusable import KeysUnusable
from storage.where import Where

Answer = TypeVar("Answer")
Master = Literal["there", "missing", "open", "unusable"]


@dataclass(frozen=True, slots=True)
class KeysCondition:
    """How the keys are. `source` names where the master key is looked for.

    `master`: there, missing, open to others, or not to be used, for the reason in `trouble`. Not
    all of what is `sealed` or `wrapped` has to be there: conversations without keys can't be read.
    `strange`: something is wrapped by a master key that isn't there; `halfway`: a rotation was
    begun and not finished; `beside`: the master key lies in the same folder as the data. `unlisted`
    is where the list of who was forgotten is missed; empty where it is there.
    """

    source: str
    keys_at: str
    master: Master = "there"
    trouble: str = ""
    sealed: bool = False
    wrapped: bool = False
    strange: bool = False
    halfway: bool = False
    beside: bool = False
    unlisted: str = ""


def keys_condition(where: Where) -> KeysCondition:
    """Look at the keys of a database that is there; never raises for what is wrong with them."""
    address = address_of(where.database)
    file = key_file_of(where, address)
    is_file = address.get_backend_name() == "sqlite"
    apart = address_of_keys(address)
    shown = apart.render_as_string(hide_password=True)
    condition = KeysCondition(
        SETTING if where.master_key else str(file), shown if is_file else f"{shown} ({SCHEMA})"
    )
    data, listed = Path(address.database or "").resolve(), list_beside(file)
    try:
        masters = _masters(where, file)
        held = Path(apart.database or "").resolve()
        sealed = _asked(_engine(where, data if is_file else None), holds_sealed)
        there = held.is_file() or not is_file
        keys_in = _engine(where, held if is_file else None) if there else None
        wrapped = _asked(keys_in, _masters_named) if keys_in else set()
    except KeysUnusable as unusable:
        kind: Master = "open" if "read by others" in str(unusable) else "unusable"
        return replace(condition, master=kind, trouble=str(unusable))
    except (SQLAlchemyError, OSError) as error:
        return replace(condition, master="unusable", trouble=first_line(error))
    return replace(
        condition,
        master="there" if masters else "missing",
        sealed=sealed,
        wrapped=bool(wrapped),
        strange=masters is not None and any(masters.find(ref) is None for ref in wrapped),
        halfway=masters is not None and _is_halfway(masters, wrapped),
        unlisted="" if listed.is_file() else str(listed),
        beside=is_file and not where.master_key and file.resolve().parent == data.parent,
    )


def _masters(where: Where, file: Path) -> Masters | None:
    if where.master_key:
        return set_masters(where.master_key)
    return masters_in(file) if file.exists() else None


def _is_halfway(masters: Masters, wrapped: AbstractSet[str]) -> bool:
    """Old master keys leave a file last; a setting is the operator's, and may hold old ones."""
    several = masters.file is not None and len(masters.keys) > 1
    return several or bool(wrapped - {masters.newest.id.hex()})


def _engine(where: Where, file: Path | None) -> Engine:
    if file:
        return still(file)
    server = {"connect_timeout": PATIENCE}
    return create_engine(
        where.database, poolclass=NullPool, hide_parameters=True, connect_args=server
    )


def _asked(engine: Engine, question: Callable[[Engine], Answer]) -> Answer:
    try:
        return question(engine)
    finally:
        engine.dispose()


def _masters_named(engine: Engine) -> set[str]:
    """Give the ids of the master keys that anything is wrapped by."""
    schema = None if engine.dialect.name == "sqlite" else SCHEMA
    if not inspect(engine).has_table("own", schema=schema):
        return set()
    there = engine.execution_options(schema_translate_map={None: schema})
    with there.connect() as connection:
        return {
            ref
            for table in (keys, own)
            for ref in connection.scalars(select(table.c.master).distinct())
        }
