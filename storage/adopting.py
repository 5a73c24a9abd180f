"""Sealing what an earlier Kith wrote: names become hashes, and what was open lies sealed."""

import json
from typing import Final

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from storage.sealing.box import place, seal
from storage.sealing.keys import Keys
from storage.tables import due, messages, outbox, sessions

BATCH: Final = 500


def adopt(connection: Connection, vault: Keys) -> None:
    """Seal every session and all that waits to go out, and put hashes for names, in all tables.

    What can't be read names nobody; it goes, since nobody could be found by it. A backup from
    before brings nobody back who was forgotten after they were last in it.
    """
    names: dict[str, str] = {}
    _leave_out(connection, vault)
    rows = connection.execute(select(sessions.c.person, sessions.c.address, sessions.c.body)).all()
    for at in range(0, len(rows), BATCH):
        some = rows[at : at + BATCH]
        found = {row.person: _name(vault, row.person, row.address) for row in some}
        names |= found
        held = vault.make(found.values())
        for row in some:
            name = found[row.person]
            sealed = {
                column: seal(held[name], getattr(row, column), place("sessions", column, "", name))
                for column in ("address", "body")
            }
            mine = update(sessions).where(sessions.c.person == row.person)
            connection.execute(mine.values(person=name, **sealed))
    _adopt_letters(connection, vault, names)
    for table in (due, messages):
        _rename(connection, table, names, vault)


def _leave_out(connection: Connection, vault: Keys) -> None:
    """Take out whoever was forgotten since; what lay in the open has no key that could be gone."""
    since: dict[str, float] = {}
    for gone in vault.forgotten.all():
        since[gone.person] = max(gone.at, since.get(gone.person, gone.at))
    if not since:
        return
    stayed = set()
    for row in connection.execute(
        select(sessions.c.person, sessions.c.address, sessions.c.touched)
    ):
        name = _name(vault, row.person, row.address)
        if name not in since or row.touched > since[name]:
            stayed.add(row.person)
    for table in (sessions, outbox, due, messages):
        for person in connection.scalars(select(table.c.person).distinct()).all():
            listed = table is sessions or _name(vault, person, b"") in since
            if person not in stayed and listed:
                connection.execute(delete(table).where(table.c.person == person))


def _adopt_letters(connection: Connection, vault: Keys, names: dict[str, str]) -> None:
    query = select(outbox.c.id, outbox.c.person, outbox.c.address, outbox.c.body)
    for row in connection.execute(query).all():
        name = names.get(row.person) or _name(vault, row.person, row.address)
        names[row.person] = name
        key = vault.make([name])[name]
        sealed = {
            column: seal(key, getattr(row, column), place("outbox", column, str(row.id), name))
            for column in ("address", "body")
        }
        connection.execute(
            update(outbox).where(outbox.c.id == row.id).values(person=name, **sealed)
        )


def _rename(connection: Connection, table: Table, names: dict[str, str], vault: Keys) -> None:
    for person in connection.scalars(select(table.c.person).distinct()).all():
        name = names.get(person) or _name(vault, person, b"")
        mine = update(table).where(table.c.person == bindparam("whose"))
        connection.execute(mine.values(person=name), {"whose": person})


def _name(vault: Keys, person: str, address: bytes) -> str:
    """Give the name by which somebody is found from now on."""
    try:
        known = json.loads(address)
        return vault.name(str(known["channel"]), str(known["chat"]))
    except (ValueError, KeyError, TypeError):
        channel, _, chat = person.partition(":")
        return vault.name(channel, chat)
