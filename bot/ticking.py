"""Looking at the clock: what is due is taken in, and what is long past is dropped."""

import asyncio
import time
from typing import TYPE_CHECKING, Final

from bot.logs.lines import log
from bot.logs.turning import tell_turn
from bot.outage import complain
from bot.turns import Turns
from bot.writer import Writer

if TYPE_CHECKING:
    from bot.arrivals import Arrival

TICK_SECONDS: Final = 20.0
PRUNE_EVERY: Final = 180


async def watch_the_clock(turns: Turns, writer: Writer) -> None:
    """Take in what is due, for ever; a database that is away is asked again later.

    Several processes may watch: the ledger lets each due row happen once.
    """
    ticks = 0
    while True:
        try:
            due: list[Arrival] = await writer.call(turns.due_in)
            began = time.perf_counter()
            taken = await asyncio.gather(*map(writer.submit, due))
            took = time.perf_counter() - began
            for arrival, (outcome,) in zip(due, taken, strict=True):
                tell_turn(arrival.event, outcome, took)
            await asyncio.to_thread(turns.look_around, ready=True)
            if ticks % PRUNE_EVERY == 0:
                await writer.call(turns.prune)
                await asyncio.to_thread(turns.work_out)
            ticks += 1
        except Exception as error:  # noqa: BLE001 - what is due stays due
            complain(log.error, "due-not-looked-at", error)
        await asyncio.sleep(TICK_SECONDS)
