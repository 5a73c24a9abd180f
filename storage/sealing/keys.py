"""Everybody's keys: made at the first word, read for each transaction, destroyed to forget.

No key of a person stays in memory after its transaction: another process may have destroyed it.
"""

import hmac
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Engine, bindparam, delete, insert, select, text
from sqlalchemy.exc import OperationalError

from storage.emptying import empty_log
from storage.sealing.box import Key, Unreadable, new_key, place, seal, unseal
from storage.sealing.forgotten import Forgotten, Gone
from storage.sealing.keydatabase import to_read
from storage.sealing.masters import Masters, masters_in
from storage.sealing.tables import keys, own
from storage.unusable import KeysUnusable

NAMES: Final = "names"
PARTING: Final = "parting"
CHUNK: Final = 500
_PEOPLE: Final[BindParameter[str]] = bindparam("people", expanding=True)
_OF: Final = select(keys.c.person, keys.c.id, keys.c.master, keys.c.wrapped).where(
    keys.c.person.in_(_PEOPLE)
)
_THERE: Final = select(keys.c.person).where(keys.c.person.in_(_PEOPLE))
_NEW: Final = insert(keys)
_HELD: Final = select(own.c.what, own.c.id, own.c.master, own.c.wrapped)
_TODAY: Final = _HELD.where(own.c.what == NAMES).with_for_update(read=True)
"""Who wraps holds on to this row, so that no key is wrapped by a master key on its way out."""


class Keys:
    """The keys database, what opens it, and the list of who was forgotten."""

    def __init__(self, engine: Engine, masters: Masters, forgotten: Forgotten) -> None:
        self.engine = engine
        self.forgotten = forgotten
        self.masters = masters
        self._reading = to_read(engine)
        self.to_clean = False
        held = self._made_own()
        self._names = held[NAMES]
        self.parting = held[PARTING]

    def name(self, channel: str, chat: str) -> str:
        """Give under which name somebody is found: a keyed hash, with the channel in front."""
        said = f"{channel}:{chat}".encode()
        return f"{channel}:{hmac.digest(self._names.secret, said, 'sha256').hex()}"

    def of(self, people: Iterable[str]) -> dict[str, Key]:
        """Give the keys of those of these people who have one that is whole.

        Raises KeysUnusable where the master key of one is not there.
        """
        wanted = sorted(set(people))
        found: dict[str, Key] = {}
        with self._reading.connect() as connection:
            for at in range(0, len(wanted), CHUNK):
                for row in connection.execute(_OF, {"people": wanted[at : at + CHUNK]}):
                    with suppress(Unreadable):  # one that was changed is as good as lost
                        found[row.person] = self._opened(row, "keys", row.person)
        return found

    def make(self, people: Iterable[str]) -> dict[str, Key]:
        """Make a key for each of these people who has none, on the disk when this comes back."""
        wanted = sorted(set(people))
        if not wanted:
            return {}
        with self.engine.begin() as connection:
            today = connection.execute(_TODAY).one()
            master = self.master(today.master)
            there = set(connection.scalars(_THERE, {"people": wanted}))
            drawn = {person: new_key() for person in wanted if person not in there}
            now = time.time()
            rows = [
                {**_row(person, key, master), "person": person, "made": now}
                for person, key in drawn.items()
            ]
            if rows:
                connection.execute(_NEW, rows)
        return self.of(wanted) if there else drawn

    def destroy(self, found: Mapping[str, bytes], at: float) -> None:
        """Destroy the keys of these people, by their ids; that they are gone is written first."""
        self.forgotten.add(Gone(at, person, ref) for person, ref in found.items())
        self.remove(found.values())

    def remove(self, ids: Iterable[bytes]) -> int:
        """Take keys out of the database, and out of SQLite's log; say how many there were."""
        wanted, gone = list(ids), 0
        with self.engine.begin() as connection:
            for at in range(0, len(wanted), CHUNK):
                some = delete(keys).where(keys.c.id.in_(wanted[at : at + CHUNK]))
                gone += connection.execute(some).rowcount
        if gone:
            self.to_clean = True
            self.clean()
        return gone

    def clean(self) -> None:
        """Take what was destroyed out of what the database still holds of it."""
        if not self.to_clean:
            return
        alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        try:
            if self.engine.dialect.name == "sqlite":
                self.to_clean = not empty_log(self.engine)
            else:
                with alone.connect() as there:
                    there.exec_driver_sql("VACUUM keys")
                self.to_clean = False
        except OperationalError:
            return  # the next one takes it out as well

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def _made_own(self) -> dict[str, Key]:
        """Give Kith's own keys; where there are none yet, make them."""
        with self.engine.begin() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE own IN EXCLUSIVE MODE"))
            rows = {row.what: row for row in connection.execute(_HELD)}
            if not rows:
                self._make_own(connection)
                rows = {row.what: row for row in connection.execute(_HELD)}
        try:
            return {what: self._opened(row, "own", what) for what, row in rows.items()}
        except Unreadable:
            message = (
                "Kith's own keys in the keys database were changed "
                "-> bring it back from its backup: kith keys restore FILE"
            )
            raise KeysUnusable(message) from None

    def _make_own(self, connection: Connection) -> None:
        for what in (NAMES, PARTING):
            key = new_key()
            row = _row(what, key, self.masters.newest, table="own")
            connection.execute(insert(own).values(what=what, **row))

    def _opened(self, row: Any, table: str, whose: str) -> Key:
        where = place(table, "wrapped", row.id.hex(), whose)
        return Key(row.id, unseal(self.master(row.master), row.wrapped, where))

    def master(self, ref: str) -> Key:
        """Give a master key; where another process has made a new one, read the file anew."""
        found = self.masters.find(ref)
        if found is None and self.masters.file is not None and self.masters.file.exists():
            self.masters = masters_in(self.masters.file)
            found = self.masters.find(ref)
        if found is None:
            message = (
                f"the master key {ref} that the keys are wrapped by is not in "
                f"{self.masters.source} -> put it back there; nothing was changed"
            )
            raise KeysUnusable(message)
        return found


def _row(person: str, key: Key, master: Key, table: str = "keys") -> dict[str, object]:
    where = place(table, "wrapped", key.id.hex(), person)
    return {"id": key.id, "master": master.id.hex(), "wrapped": seal(master, key.secret, where)}
