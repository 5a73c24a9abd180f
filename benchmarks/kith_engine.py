"""Kith whole: from an update's JSON to an accepted answer and a committed mark that it went out."""

import asyncio
import io
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, redirect_stderr
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sqlalchemy import event
from telegram import Bot, Update

from benchmarks.neutral.dialogue import SMALLEST, dialogue
from benchmarks.neutral.people import NO_NUMBER, Doing
from benchmarks.neutral.script import NAME, write_dialogues
from benchmarks.offline import AsShipped
from benchmarks.phones import TOKEN, Phones
from bot.channels.telegram.exchange import Exchange, exchange
from bot.clock import Clock
from bot.engine.screens import word
from bot.library import Library, load_library
from bot.metrics import Metrics
from bot.turns import Turns
from storage.opening import open_store
from storage.store import Store
from storage.where import Where


@cache
def library_of(states: int, *, safety: bool) -> Library:
    """Give the neutral dialogue as Kith's library, read once."""
    with tempfile.TemporaryDirectory() as folder:
        write_dialogues(Path(folder), dialogue(states), safety=safety)
        library = load_library(Path(folder))
    return replace(library, catalogue=replace(library.catalogue, root=NAME))


def kept_in(folder: Path, *, full: bool) -> Store:
    """Open a database of Kith's: full flushes as it is served, or those of synchronous=NORMAL."""
    store = open_store(Where(f"sqlite:///{folder}/kith.db"))
    if not full:
        for engine in (store.engine, store.keys.engine):
            engine.dispose()
            event.listen(
                engine, "connect", lambda found, _: found.execute("PRAGMA synchronous=NORMAL")
            )
    return store


class Nowhere(io.TextIOBase):
    """Where the log goes: each line is made as it is in service, and kept by nobody."""

    def write(self, text: str) -> int:
        """Take a text and forget it."""
        return len(text)


@dataclass(frozen=True, slots=True)
class Kith:
    """A running Kith: takes updates; at rest when nothing waits to go out or to be marked."""

    parts: Exchange

    async def take(self, raw: bytes) -> None:
        """Take in one update and commit its turn; the answer follows by itself."""
        update = Update.de_json(json.loads(raw), self.parts.bot)
        assert await self.parts.take_in([update]), "a turn was not committed"

    async def rest(self) -> None:
        """Wait until everything has gone out and is marked so."""
        writer = self.parts.writer
        while await writer.call(lambda tx: tx.waiting(None, 1)):  # noqa: ASYNC110
            await asyncio.sleep(0.001)


@asynccontextmanager
async def kith(
    phones: Phones, folder: Path, *, states: int, full: bool, safety: bool
) -> AsyncIterator[Kith]:
    """Start Kith on an empty database in `folder`, and stop it; its log is written to nowhere."""
    store, library = kept_in(folder, full=full), library_of(states, safety=safety)
    phones.pass_over(word(library.catalogue, "help_footer"))  # it comes where reading took long
    turns = Turns(store, library, Clock(), "bench")
    bot = Bot(TOKEN, request=AsShipped(phones), get_updates_request=AsShipped(phones))
    await bot.initialize()
    ready: asyncio.Future[Exchange] = asyncio.get_running_loop().create_future()

    async def intake(parts: Exchange) -> None:
        ready.set_result(parts)
        await asyncio.Event().wait()

    running = asyncio.ensure_future(exchange(bot, turns, Metrics(), intake))
    with Nowhere() as nowhere, redirect_stderr(nowhere):
        try:
            yield Kith(await ready)
        finally:
            running.cancel()
            await running
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
