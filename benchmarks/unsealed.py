"""Kith's store with nothing sealed, so that what sealing costs can be seen beside it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from storage.sealing.sealer import Sealer
from storage.store import Store, Transaction


class Unsealed(Sealer):
    """Stands where a sealer stands: gives back what it gets, and looks up no keys."""

    def know(self, people: Iterable[str]) -> None:
        """Look nothing up."""

    def make(self, people: Iterable[str]) -> None:
        """Make nothing."""

    def seal(self, plain: bytes, *_: str) -> bytes:
        """Give it back."""
        return plain

    def part(self, plain: bytes, *_: str) -> bytes:
        """Give it back."""
        return plain

    def open(self, sealed: bytes, *_: str) -> bytes:
        """Give it back."""
        return sealed

    def was_forgotten(self, sealed: bytes, *, look: bool = False) -> bool:  # noqa: ARG002
        """Nobody was."""
        return False

    def destroy(self, people: Iterable[str], now: float) -> None:
        """Destroy nothing."""


class UnsealedStore(Store):
    """The same database and the same statements; people stand in it by their chats."""

    def name(self, channel: str, chat: str) -> str:
        """Name a person as before names were hashed."""
        return f"{channel}:{chat}"

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Do all that is inside, or nothing of it."""
        with self.engine.begin() as connection:
            yield Transaction(connection, Unsealed(self.keys))
