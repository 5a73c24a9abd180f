"""The only place that wires: settings, dialogues, database, turns."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.library import load_library
from bot.settings import SettingMissing, Settings
from bot.turns import Turns
from storage.database import open_database
from storage.store import Store


class Clock:
    """The time of day, which a terminal conversation can move ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """Give the time now, with its zone."""
        return datetime.now(UTC) + self.ahead


@contextmanager
def opened(settings: Settings, dialogue: str = "reflection") -> Iterator[tuple[Turns, Clock]]:
    """Open everything for as long as the block runs, to talk along one dialogue.

    Raises BrokenDialogues before the database is touched, SettingMissing for a dialogue that is
    not there, and DatabaseUnusable.
    """
    library = load_library(settings.dialogues, settings.contact)
    if dialogue not in library.catalogue.scripts:
        there = ", ".join(sorted(library.catalogue.scripts))
        message = f"there is no dialogue '{dialogue}' -> use one of: {there}"
        raise SettingMissing(message)
    library = replace(library, catalogue=replace(library.catalogue, root=dialogue))
    store = Store(open_database(settings.database_url))
    clock = Clock()
    try:
        yield Turns(store, library, clock), clock
    finally:
        store.close()
