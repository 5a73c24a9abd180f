"""A batch of updates goes the way that a poll takes, through the real parts."""

import asyncio
import io
import shutil
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from telegram import Bot

from bot.channels.telegram.exchange import exchange
from bot.channels.telegram.polling import poll
from bot.library import Library
from bot.metrics import Metrics
from bot.turns import Turns
from storage.opening import look_into_store
from storage.store import Store
from tests.databases import opened_store, where
from tests.fuzz.cast import ACTING, GROUP, STANDING_BY, Left, left
from tests.fuzz.offline import Offline

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch left behind: rows, what was sent where, and what was complained about."""

    before: Left
    after: Left
    sent: list[tuple[str, int, str]]
    refused: list[str]
    logged: str
    counted: dict[str, float]


@dataclass(slots=True)
class Kith:
    """Takes one batch after the other, each on a fresh copy of a prepared database."""

    prepared: Path
    library: Library
    clock: Callable[[], datetime]
    loop: asyncio.Runner = field(default_factory=asyncio.Runner)

    def takes(self, updates: Sequence[dict[str, Any]]) -> Taken:
        """Let a batch come in and wait until all of it is acknowledged and answered."""
        return self.loop.run(self._taking(updates))

    async def _taking(self, updates: Sequence[dict[str, Any]]) -> Taken:
        file = self.prepared.with_name("now.db")
        for old in file.parent.glob("now*"):
            old.unlink()
        for name in ("{}.db", "{}-keys.db", "{}.key"):
            there = self.prepared.with_name(name.format(self.prepared.stem))
            shutil.copy(there, there.with_name(name.format("now")))
        looking = look_into_store(where(f"sqlite:///{file}"))
        before = left(looking)
        network = Offline(updates, [*ACTING, *STANDING_BY], GROUP)
        metrics = Metrics()
        store = opened_store(f"sqlite:///{file}")
        bot = Bot("42:TEST", request=network, get_updates_request=network)
        turns = Turns(store, self.library, self.clock, holder="fuzz")
        logged = io.StringIO()
        try:
            with redirect_stderr(logged):
                async with bot:
                    running = asyncio.ensure_future(exchange(bot, turns, metrics, poll))
                    await _until_answered(running, network, looking)
                    running.cancel()
                    await asyncio.gather(running, return_exceptions=True)
        finally:
            store.close()
        after = left(looking)
        looking.close()
        counted = {
            sample.labels["outcome"]: sample.value
            for family in metrics.registry.collect()
            for sample in family.samples
            if sample.name == "kith_updates_total"
        }
        return Taken(before, after, network.sent, network.refused, logged.getvalue(), counted)


async def _until_answered(running: asyncio.Future[None], network: Offline, looking: Store) -> None:
    """Wait until all is acknowledged and nothing waits to go out; raise what Kith died of."""
    taken = asyncio.ensure_future(network.taken.wait())
    await asyncio.wait({running, taken}, timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
    taken.cancel()
    if running.done():
        running.result()
    assert network.taken.is_set(), "an update blocks all others"
    async with asyncio.timeout(SECONDS):
        while left(looking).waiting:  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.002)
