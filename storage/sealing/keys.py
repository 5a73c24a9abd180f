"""Everybody's keys: made at the first word, read for each transaction, destroyed to forget.

No key of a person stays in memory after its transaction: another process may have destroyed it.
"""

import hmac
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Engine, bindparam, delete, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from storage.beside import beside_in
from storage.emptying import empty_log
from storage.sealing.box import Key, Unreadable, new_key, place, seal, unseal
from storage.sealing.forgotten import Forgotten, Gone
from storage.sealing.keydatabase import to_read
from storage.sealing.masters import Masters, masters_in
from storage.sealing.tables import keys, keys_metadata, own
from storage.unusable import KeysUnusable

NAMES: Final = "names"
PARTING: Final = "parting"
CHUNK: Final = 500
_PEOPLE: Final[BindParameter[str]] = bindparam("people", expanding=True)
_OF: Final = select(keys.c.person, keys.c.id, keys.c.master, keys.c.wrapped).where(
    keys.c.person.in_(_PEOPLE)
)
_IDS: Final = select(keys.c.id).where(keys.c.person.in_(_PEOPLE))
_NEW: Final = {
    "sqlite": sqlite.insert(keys).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(keys).on_conflict_do_nothing(),
}
_HELD: Final = select(own.c.what, own.c.id, own.c.master, own.c.wrapped)
_TODAY: Final = _HELD.where(own.c.what == NAMES).with_for_update(read=True)
"""Who wraps holds on to this row, so that no key is wrapped by a master key on its way out."""


class Keys:
    """The keys database, what opens it, and the list of who was forgotten.

    Only with `make` are Kith's own keys made where there are none. Raises KeysUnusable.
    """

    def __init__(
        self, engine: Engine, masters: Masters, forgotten: Forgotten, *, make: bool = False
    ) -> None:
        self.engine = engine
        self.forgotten = forgotten
        self.masters = masters
        self.reading = to_read(engine)
        self.to_clean = True
        held = self._own(make=make)
        self._names = hmac.new(held[NAMES].secret, digestmod="sha256")
        self.parting = held[PARTING]

    def name(self, channel: str, chat: str) -> str:
        """Give under which name somebody is found: a keyed hash, with the channel in front."""
        # hmac.digest lets go of Python's lock, and then the loop waits until the writer does
        hashed = self._names.copy()
        hashed.update(f"{channel}:{chat}".encode())
        return f"{channel}:{hashed.hexdigest()}"

    def of(self, people: Iterable[str]) -> dict[str, Key]:
        """Give the keys of those of these people who have one that is whole.

        The key of somebody who was forgotten seals nothing more, even where it is still there.
        Raises KeysUnusable where the master key of today is not there.
        """
        wanted = sorted(set(people))
        found: dict[str, Key] = {}
        with self.reading.connect() as connection:
            for at in range(0, len(wanted), CHUNK):
                for row in connection.execute(_OF, {"people": wanted[at : at + CHUNK]}):
                    if self.forgotten.has(row.id):
                        continue
                    self._need_master(row.master, connection)
                    with suppress(Unreadable):  # one that was changed is as good as lost
                        found[row.person] = self._opened(row, "keys", row.person)
        return found

    def beside(self, person: str) -> dict[str, list[dict[str, Any]]]:
        """Give what is here about a person, by table, without the key itself."""
        with self.reading.connect() as connection:
            return beside_in(connection, person, keys_metadata)

    def make(self, people: Iterable[str]) -> dict[str, Key]:
        """Make a key for each of these people who has none, on the disk when this comes back."""
        wanted = sorted(set(people))
        if not wanted:
            return {}
        with self.engine.begin() as connection:
            today = connection.execute(_TODAY).one()
            master = self.master(today.master)
            there = self._kept(connection, wanted)
            drawn = {person: new_key() for person in wanted if person not in there}
            now = time.time()
            rows = [
                {**_row(person, key, master), "person": person, "made": now}
                for person, key in drawn.items()
            ]
            if rows:
                connection.execute(_NEW[connection.dialect.name], rows)
                # another process may have been first in the same moment
                made = set(connection.scalars(_IDS, {"people": list(drawn)}))
                drawn = {person: key for person, key in drawn.items() if key.id in made}
        return drawn if len(drawn) == len(wanted) else drawn | self.of(set(wanted) - drawn.keys())

    def _kept(self, connection: Connection, wanted: list[str]) -> set[str]:
        """Give who has a key that counts; what was forgotten only by half goes now."""
        rows = connection.execute(_OF, {"people": wanted}).all()
        half = {row.person: row.id for row in rows if self.forgotten.has(row.id, look=True)}
        if half:
            connection.execute(delete(keys).where(keys.c.id.in_(half.values())))
            self.to_clean = True
        return {row.person for row in rows} - half.keys()

    def destroy(self, people: Iterable[str], at: float) -> None:
        """Destroy these people's keys, whole or not; that they are gone is written first.

        Call `clean` once nothing is locked. Raises KeysUnusable where it can't be written.
        """
        wanted = sorted(set(people))
        if not wanted:
            return
        # locked first: where the keys can't be changed now, nobody stands on the list half gone
        with self.engine.begin() as connection:
            found = [
                Gone(at, row.person, row.id)
                for begin in range(0, len(wanted), CHUNK)
                for row in connection.execute(_OF, {"people": wanted[begin : begin + CHUNK]})
            ]
            self.forgotten.add(found)
            gone = _deleted(connection, [each.key for each in found])
        self.to_clean = self.to_clean or gone > 0

    def remove(self, ids: Iterable[bytes]) -> int:
        """Take keys out of the database; say how many there were. `clean` empties the logs."""
        wanted = list(ids)
        if not wanted:
            return 0
        with self.engine.begin() as connection:
            gone = _deleted(connection, wanted)
        self.to_clean = self.to_clean or gone > 0
        return gone

    def clean(self) -> None:
        """Take what was destroyed out of what the database still holds of it.

        Not from within a transaction of the data: PostgreSQL would keep what that could still see.
        """
        if not self.to_clean:
            return
        try:
            if self.engine.dialect.name == "sqlite":
                self.to_clean = not empty_log(self.engine)
            else:
                alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
                with alone.connect() as there:
                    there.exec_driver_sql("VACUUM keys")
                self.to_clean = False
        except OperationalError:
            return  # the next one takes it out as well

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def _own(self, *, make: bool) -> dict[str, Key]:
        """Give Kith's own keys; where there are none yet, make them."""
        with self.reading.connect() as connection:
            rows = connection.execute(_HELD).all()
        if not rows and make:
            with self.engine.begin() as connection:
                if self.engine.dialect.name == "postgresql":
                    connection.execute(text("LOCK TABLE own IN EXCLUSIVE MODE"))
                if not connection.execute(_HELD).all():
                    self._make_own(connection)
                rows = connection.execute(_HELD).all()
        for row in rows:
            self.master(row.master)
        try:
            held = {row.what: self._opened(row, "own", row.what) for row in rows}
        except Unreadable:
            held = {}
        if held.keys() < {NAMES, PARTING}:
            message = (
                "Kith's own keys in the keys database are not there or were changed "
                "-> bring it back from its backup: kith keys restore FILE"
            )
            raise KeysUnusable(message)
        return held

    def _make_own(self, connection: Connection) -> None:
        for what in (NAMES, PARTING):
            key = new_key()
            row = _row(what, key, self.masters.newest, table="own")
            connection.execute(insert(own).values(what=what, **row))

    def _opened(self, row: Any, table: str, whose: str) -> Key:
        where = place(table, "wrapped", row.id.hex(), whose)
        if (master := self.masters.find(row.master)) is None:
            raise Unreadable
        return Key(row.id, unseal(master, row.wrapped, where))

    def _need_master(self, ref: str, connection: Connection) -> None:
        """See to it that a key is lost by itself only where the master key of today is there."""
        try:
            self.master(ref)
        except KeysUnusable:
            self.master(connection.execute(_TODAY).one().master)

    def master(self, ref: str) -> Key:
        """Give a master key; where another process has made a new one, read the file anew.

        Those that were known stay known: what was read before a rotation is still to be opened.
        Raises KeysUnusable.
        """
        found = self.masters.find(ref)
        if found is None and self.masters.file is not None and self.masters.file.exists():
            self.masters = masters_in(self.masters.file).and_older(self.masters)
            found = self.masters.find(ref)
        if found is None:
            message = (
                f"the master key {ref} that the keys are wrapped by is not in "
                f"{self.masters.source} -> put it back there; nothing was changed"
            )
            raise KeysUnusable(message)
        return found


def _deleted(connection: Connection, ids: Sequence[bytes]) -> int:
    gone = 0
    for at in range(0, len(ids), CHUNK):
        some = delete(keys).where(keys.c.id.in_(ids[at : at + CHUNK]))
        gone += connection.execute(some).rowcount
    return gone


def _row(person: str, key: Key, master: Key, table: str = "keys") -> dict[str, object]:
    where = place(table, "wrapped", key.id.hex(), person)
    return {"id": key.id, "master": master.id.hex(), "wrapped": seal(master, key.secret, where)}
