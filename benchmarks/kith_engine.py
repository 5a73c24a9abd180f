"""Kith whole: from an update's JSON to an accepted answer and a committed mark that it went out."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, event
from telegram import Bot, Update

from benchmarks.neutral.dialogue import SMALLEST, dialogue
from benchmarks.neutral.people import NO_NUMBER, Doing
from benchmarks.neutral.script import NAME, write_dialogues
from benchmarks.offline import Offline
from benchmarks.phones import TOKEN, Phones
from bot.channels.telegram.help_from_memory import HelpFromMemory
from bot.channels.telegram.polling import take_in
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.tapping import Taps
from bot.clock import Clock
from bot.library import Library, load_library
from bot.turns import Turns
from bot.writer import Writer
from storage.database import open_database
from storage.store import Store


@cache
def library_of(states: int, *, safety: bool) -> Library:
    """Give the neutral dialogue as Kith's library, read once."""
    with tempfile.TemporaryDirectory() as folder:
        write_dialogues(Path(folder), dialogue(states), safety=safety)
        library = load_library(Path(folder))
    return replace(library, catalogue=replace(library.catalogue, root=NAME))


def database(folder: Path, *, full: bool) -> Engine:
    """Open a database of Kith's: full flushes as it is served, or those of synchronous=NORMAL."""
    engine = open_database(f"sqlite:///{folder}/kith.db")
    if not full:
        engine.dispose()
        event.listen(engine, "connect", lambda found, _: found.execute("PRAGMA synchronous=NORMAL"))
    return engine


@dataclass(frozen=True, slots=True)
class Kith:
    """A running Kith: takes updates; at rest when nothing waits to go out or to be marked."""

    bot: Bot
    turns: Turns
    writer: Writer
    sender: Sender
    taps: Taps
    away: HelpFromMemory

    async def take(self, raw: bytes) -> None:
        """Take in one update and commit its turn; the answer follows by itself."""
        update = Update.de_json(json.loads(raw), self.bot)
        kept = await take_in([update], self.turns, self.writer, self.sender, self.taps, self.away)
        assert kept, "a turn was not committed"

    async def rest(self) -> None:
        """Wait until everything has gone out and is marked so."""
        while True:
            await self.sender.finish(60)
            if not await asyncio.wrap_future(self.writer.call(lambda tx: tx.waiting(None, 1))):
                return


@asynccontextmanager
async def kith(
    phones: Phones, folder: Path, *, states: int, full: bool, safety: bool
) -> AsyncIterator[Kith]:
    """Start Kith on an empty database in `folder`, and stop it."""
    store = Store(database(folder, full=full))
    turns = Turns(store, library_of(states, safety=safety), Clock())
    bot = Bot(TOKEN, request=Offline(phones), get_updates_request=Offline(phones))
    await bot.initialize()
    writer = Writer(turns)
    sender, taps = Sender(bot, writer), Taps(bot)
    try:
        yield Kith(bot, turns, writer, sender, taps, HelpFromMemory(bot, turns.library.catalogue))
    finally:
        sender.stop()
        taps.stop()
        writer.close()
        await bot.shutdown()
        store.close()


def read_with_kith(walk: Sequence[Doing]) -> list[Doing]:
    """Give a walk with what Kith's people read: the oracle, and two things that Kith always adds.

    Under the sentence about a wrong number stands the question once more, and the last text is
    followed by the screen of a finished dialogue.
    """
    screens = library_of(SMALLEST, safety=False).catalogue.screens
    finished = screens["finished"].say.render({})
    made = list(walk)
    for place, doing in enumerate(walk):
        if doing.value == NO_NUMBER:
            asked = walk[place - 1].read[-1]
            made[place] = replace(doing, read=(f"{doing.read[0]}\n\n{asked}",))
    made[-1] = replace(made[-1], read=(*made[-1].read, finished))
    return made
