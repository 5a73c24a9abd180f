"""The database, open for as long as a command needs it."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Settings
from storage.opening import open_store
from storage.store import Store


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """Open the database of these settings, and close it again. Raises DatabaseUnusable."""
    store = open_store(settings.where)
    try:
        yield store
    finally:
        store.close()
