"""What polling and webhook share: turns are written, what waits goes out, the clock is watched."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from telegram import Bot, Update

from bot.arrivals import Arrival, Outcome
from bot.channels.telegram.from_groups import Hearing, arrivals_of, is_of_a_group
from bot.channels.telegram.help_from_memory import HelpFromMemory
from bot.channels.telegram.intake import arrival_of
from bot.channels.telegram.leading import Leads, admins, asks_to_lead, led
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.tapping import Taps
from bot.channels.telegram.wordy import words_of
from bot.engine.effects import Erase
from bot.engine.events import ConcernRaised
from bot.logs.lines import log
from bot.logs.turning import tell_turn
from bot.metrics import Metrics
from bot.noticing import raised_by
from bot.outage import complain
from bot.ticking import watch_the_clock
from bot.turns import Turns
from bot.writer import Writer
from storage.database import first_line
from storage.outbox import Parcel
from storage.unusable import DatabaseUnusable

DRAIN_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Exchange:
    """The parts that an intake hands updates to."""

    bot: Bot
    turns: Turns
    writer: Writer
    sender: Sender
    taps: Taps
    away: HelpFromMemory
    metrics: Metrics
    leads: Leads

    async def take_in(self, updates: Sequence[Update]) -> bool:
        """Commit the turns of some updates; what they caused goes out from there.

        False where the database could not take them: they stay unacknowledged and come again.
        """
        began = time.perf_counter()
        people: dict[str, list[tuple[Update, Arrival]]] = {}
        for update in updates:
            try:
                arrivals = self._arrivals_of(update)
            except Exception as error:  # noqa: BLE001 - one update's trouble is its own
                self.unreadable(error)
                continue
            for arrival in arrivals:
                people.setdefault(arrival.person, []).append((update, arrival))
            if not arrivals:
                self.metrics.updates.labels("ignored").inc()
        commits = [self._committed([each for _, each in sent]) for sent in people.values()]
        results = await asyncio.gather(*commits, return_exceptions=True)
        kept, took = True, time.perf_counter() - began
        for sent, result in zip(people.values(), results, strict=True):
            if isinstance(result, BaseException):
                complain(log.error, "turn-not-kept", result)
                self.metrics.updates.labels("refused").inc(len(sent))
                kept = False
                await self.away.answer(arrival for _, arrival in sent)
                continue
            for place, ((update, arrival), outcome) in enumerate(zip(sent, result, strict=True)):
                if outcome.turn is None and arrival.only_known:
                    self.metrics.updates.labels("ignored").inc()
                    continue
                self._count(outcome)
                tell_turn(arrival.event, outcome, took)
                if outcome.turn is None:
                    self.sender.look(arrival.person)
                elif Erase() in outcome.effects:
                    # whoever was forgotten may have begun anew since, within the same transaction
                    later = [each for one in result[place:] for each in one.parcels]
                    self.sender.forget(arrival.person, later)
                if update.callback_query:
                    self.taps.answer(update.callback_query, outcome)
        return kept

    def _arrivals_of(self, update: Update) -> list[Arrival]:
        """Read an update; what it says in words is noticed, and in a group dropped."""
        if is_of_a_group(update):
            return arrivals_of(update, Hearing(self.bot.bot, self.turns.store.name, self._raised))
        arrival = arrival_of(update, self.turns.store.name)
        if arrival is None:
            return []
        if arrival.code and update.message:
            # words without spaces look like a code
            words = arrival.code.replace("-", " ").replace("_", " ")
            if heavy := self._raised(words) or self._raised(words_of(update.message)):
                arrival = replace(arrival, event=heavy, code="")
        screened = self.turns.screened(arrival)
        self.metrics.unnoticed.inc(screened.footer)
        return [screened]

    def _raised(self, words: str) -> ConcernRaised | None:
        library = self.turns.library
        raised, unread = raised_by(library.families, library.opinion, words)
        self.metrics.unnoticed.inc(unread)
        return raised

    def _committed(self, arrivals: Sequence[Arrival]) -> Awaitable[list[Outcome]]:
        """Commit one person's turns; nobody else's wait while Telegram is asked who leads."""
        if any(map(asks_to_lead, arrivals)):
            return self._led(arrivals)
        promise: Awaitable[list[Outcome]] = self.writer.submit(*arrivals)
        return promise

    async def _led(self, arrivals: Sequence[Arrival]) -> list[Outcome]:
        told = [await led(each, self.leads) if asks_to_lead(each) else each for each in arrivals]
        outcomes: list[Outcome] = await self.writer.submit(*told)
        return outcomes

    def unreadable(self, error: Exception) -> None:
        """Count an update that the library can't read; it is acknowledged, or it would block."""
        log.error("update-passed-over", fault=error)
        self.metrics.updates.labels("unreadable").inc()

    def _count(self, outcome: Outcome) -> None:
        if outcome.failed:
            self.metrics.updates.labels("failed").inc()
            self.metrics.failures.labels(outcome.failed).inc()
        else:
            self.metrics.updates.labels("taken" if outcome.turn else "repeated").inc()


async def exchange(
    bot: Bot,
    turns: Turns,
    metrics: Metrics,
    intake: Callable[[Exchange], Awaitable[None]],
    leads: Leads | None = None,
) -> None:
    """Let updates come in by `intake` and messages go out, until cancelled.

    `leads` says who may open a round in a group: its admins, unless it says otherwise.

    Then nothing more is taken in, what is in hand is finished, and what is not sent is let go of
    for whoever comes next. Raises DatabaseUnusable where nothing can be written from the start.
    """
    _take_up(turns)
    loop = asyncio.get_running_loop()

    def posted(parcels: list[Parcel]) -> None:
        sender.hand_over(parcels)

    writer = Writer(turns, metrics, posted, loop.create_future, loop.call_soon_threadsafe)
    sender, taps = Sender(bot, turns, writer, metrics), Taps(bot)
    away = HelpFromMemory(bot, turns.library.catalogue)
    parts = Exchange(bot, turns, writer, sender, taps, away, metrics, leads or admins(bot))
    tasks = [
        asyncio.ensure_future(work)
        for work in (
            sender.sweep(),
            sender.renew(),
            intake(parts),
            watch_the_clock(turns, writer),
        )
    ]
    try:
        await asyncio.gather(*tasks)
    except asyncio.CancelledError:
        # told already; told again they would drop what they have in hand
        await asyncio.gather(*tasks, return_exceptions=True)
        await sender.finish(DRAIN_SECONDS)
    finally:
        sender.stop()
        taps.stop()
        try:
            await _ended(tasks)
            await _let_go(turns, writer)
        finally:
            writer.close()


def _take_up(turns: Turns) -> None:
    """Let go of what an earlier run of this process held. Raises DatabaseUnusable."""
    try:
        with turns.store.transaction() as tx:
            tx.release(turns.holder)
    except Exception as error:
        raise DatabaseUnusable(first_line(error)) from error


async def _ended(tasks: Sequence[asyncio.Future[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _let_go(turns: Turns, writer: Writer) -> None:
    try:
        await writer.call(lambda tx: tx.release(turns.holder))
    except Exception as error:  # noqa: BLE001 - the lease ends by itself
        complain(log.warning, "leases-not-let-go", error)
