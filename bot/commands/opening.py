"""The database, open for as long as a command needs it."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Settings
from storage.database import open_database
from storage.store import Store


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """Open the database of these settings, and close it again. Raises DatabaseUnusable."""
    store = Store(open_database(settings.database_url))
    try:
        yield store
    finally:
        store.close()
