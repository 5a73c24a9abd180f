"""Looking at the clock: what is due is taken in, and what is long past is dropped."""

import asyncio
import logging
from typing import Final

from bot.outage import complain
from bot.turns import Turns
from bot.writer import Writer

TICK_SECONDS: Final = 20.0
PRUNE_EVERY: Final = 180
log = logging.getLogger(__name__)


async def watch_the_clock(turns: Turns, writer: Writer) -> None:
    """Take in what is due, for ever; a database that is away is asked again later.

    Several processes may watch: the ledger lets each due row happen once.
    """
    ticks = 0
    while True:
        try:
            await asyncio.gather(*map(writer.submit, await writer.call(turns.due_in)))
            await asyncio.to_thread(turns.look_around, ready=True)
            if ticks % PRUNE_EVERY == 0:
                await writer.call(turns.prune)
            ticks += 1
        except Exception as error:  # noqa: BLE001 - what is due stays due
            complain(log.error, "what is due was not looked at", error)
        await asyncio.sleep(TICK_SECONDS)
