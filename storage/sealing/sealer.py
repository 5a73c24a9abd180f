"""What one transaction seals and opens: with the keys of the people it is about, and no others."""

from collections.abc import Iterable
from typing import Any

from storage.sealing.box import Key, KeyLost, Unreadable, key_id_of, place, seal, unseal
from storage.sealing.keys import Keys


class Sealer:
    """Knows the keys of the people who were looked up, until the transaction is over."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._known: dict[str, Key] = {}

    def know(self, people: Iterable[str]) -> None:
        """Look up keys. Call it only once the rows of these people are locked, where they are."""
        if unknown := {person for person in people if person not in self._known}:
            self._known.update(self._keys.of(unknown))

    def make(self, people: Iterable[str]) -> None:
        """See to it that each of these people has a key."""
        if lacking := {person for person in people if person not in self._known}:
            self._known.update(self._keys.make(lacking))

    def seal(self, plain: bytes, table: str, column: str, person: str, row: str = "") -> bytes:
        """Seal a value under its person's key. Raises Unreadable where they have none."""
        if person not in self._known:
            raise KeyLost
        return seal(self._known[person], plain, place(table, column, row, person))

    def part(self, plain: bytes, table: str, column: str, person: str, row: str) -> bytes:
        """Seal what is on its way out; of somebody who was forgotten, under the key of goodbyes."""
        key = self._known.get(person, self._keys.parting)
        return seal(key, plain, place(table, column, row, person))

    def open(self, sealed: bytes, table: str, column: str, person: str, row: str = "") -> bytes:
        """Open a value that belongs there; nothing where nothing is. Raises Unreadable."""
        if not sealed:
            return b""
        ref = key_id_of(sealed)
        key = self._keys.parting if ref == self._keys.parting.id else self._known.get(person)
        if key is None:
            raise KeyLost
        return unseal(key, sealed, place(table, column, row, person))

    def was_forgotten(self, sealed: bytes, *, look: bool = False) -> bool:
        """Say whether a value is of somebody who was forgotten, even where rows are left of them.

        What another process has forgotten is known only after a `look`.
        """
        try:
            return self._keys.forgotten.has(key_id_of(sealed), look=look)
        except Unreadable:
            return False

    def beside(self, person: str) -> dict[str, list[dict[str, Any]]]:
        """Give what the keys database holds about a person, by table, without the keys."""
        return self._keys.beside(person)

    def destroy(self, people: Iterable[str], now: float) -> None:
        """Destroy the keys of these people; what was sealed under them opens never again."""
        wanted = set(people)
        for person in wanted:
            self._known.pop(person, None)
        self._keys.destroy(wanted, now)
