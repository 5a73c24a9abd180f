"""What waits in the outbox goes out: held by one process, in order, at least once."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter

from bot.channels.telegram.from_groups import moved
from bot.channels.telegram.posting import Standing, edit, gathered, take_away
from bot.channels.telegram.putting import put
from bot.channels.telegram.spot import Spot, lost_topic, spot_of
from bot.channels.telegram.writing import Written, written
from bot.engine.effects import Say
from bot.engine.retention import RETENTION
from bot.groups.names import group_channel
from bot.logs.lines import log
from bot.metrics import Metrics
from bot.outage import complain
from bot.parcels import Outgoing, unpack
from bot.turns import LEASE_SECONDS, SHOWN_SECONDS, Turns
from bot.writer import Writer
from storage.outbox import Parcel
from storage.showing import Shown
from storage.store import Transaction

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
RENEW_SECONDS: Final = LEASE_SECONDS / 3
"""So often every lease is renewed: what waits for its pace or for Telegram stays ours."""
SWEEP_SECONDS: Final = 2.0
OURS: Final = ("telegram:", f"{group_channel('telegram')}:")
"""How the names begin of those whom this channel reaches: people, and groups."""
MOST_DELETED: Final = 100
"""So many messages Telegram deletes at once (core.telegram.org/bots/api#deletemessages)."""
MOST_TRIES: Final = 3
"""So often a picture or a page is sent where the network fails; a text is sent for ever."""
T = TypeVar("T")


@dataclass(slots=True)
class _Queue:
    """What this process holds for one person, by number, and how far the oldest has gone out.

    `shown` are its pieces as they stand in the chat; `tries` is how often what is enclosed has
    not gone out, and `forgotten` whether the person was forgotten while something went out.
    """

    held: dict[int, Parcel] = field(default_factory=dict)
    claim: bool = False
    blocked: bool = False
    begun: int = 0
    pieces: int = 0
    shown: list[Shown] = field(default_factory=list)
    tries: int = 0
    forgotten: bool = False

    def add(self, parcels: Iterable[Parcel]) -> None:
        for parcel in parcels:
            if parcel.until:
                self.held[parcel.id] = parcel
            else:
                self.claim = True

    def renewed(self, there: Collection[int], until: float) -> None:
        """Take over the end of a new lease; what was erased meanwhile is dropped.

        What came after the lease was asked for has an end of its own.
        """
        self.held = {
            number: replace(parcel, until=until) if number in there else parcel
            for number, parcel in self.held.items()
            if number in there or parcel.until > until - 1.0
        }

    def oldest(self) -> Parcel | None:
        return self.held[min(self.held)] if self.held else None


class Sender:
    """Sends what this process holds, at least once, in order for each person.

    One person's trouble (a flood limit, a blocked bot) holds up nobody else. What another process
    left behind is taken over once its lease has ended.
    """

    def __init__(self, bot: Bot, turns: Turns, writer: Writer, metrics: Metrics) -> None:
        self._bot = bot
        self._turns = turns
        self._writer = writer
        self._sends = metrics.sends
        self._queues: dict[str, _Queue] = {}
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._refused: InvalidToken | None = None
        self._moved: dict[bytes, Spot] = {}

    def hand_over(self, parcels: Iterable[Parcel]) -> None:
        """Send what was just put into the outbox, in this order; what is not held is claimed."""
        for parcel in parcels:
            self._wake(parcel.person, (parcel,))

    async def sweep(self) -> None:
        """Look again and again for what nobody holds, and claim it.

        Raises InvalidToken once Telegram has refused the token: nothing can go out any more.
        """
        while True:
            if self._refused:
                raise self._refused
            try:
                for ours in OURS:
                    found = await self._ask(lambda tx, it=ours: tx.unheld(it, self._now()))  # type: ignore[misc]
                    for person in found:
                        self.look(person)
            except Exception as error:  # noqa: BLE001 - the database is away; it is asked again
                complain(log.warning, "outbox-not-looked-at", error)
            await asyncio.sleep(SWEEP_SECONDS)

    async def renew(self) -> None:
        """Keep what is held, again and again; what is not there any more is not sent."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            people = list(self._queues)
            try:
                lease = self._turns.lease()
                there = await self._ask(lambda tx, p=people, to=lease: tx.renew(p, to))  # type: ignore[misc]
            except Exception as error:  # noqa: BLE001 - the database is away; it is asked again
                complain(log.warning, "leases-not-renewed", error)
                continue
            for person in people:
                if queue := self._queues.get(person):
                    queue.renewed(there, lease.until)

    def look(self, person: str) -> None:
        """Claim what waits for a person whose turn was committed without our hearing of it."""
        self._queues.setdefault(person, _Queue()).claim = True
        self._wake(person)

    def forget(self, person: str, but: Sequence[Parcel]) -> None:
        """Drop what was to go out to somebody who was forgotten, but for what says so."""
        if queue := self._queues.get(person):
            queue.held = {parcel.id: parcel for parcel in but if parcel.until}
            queue.forgotten = True

    async def finish(self, seconds: float) -> None:
        """Give what is on its way some time; the rest stays in the outbox."""
        now = asyncio.get_running_loop().time
        end = now() + seconds
        while self._busy and now() < end:
            await asyncio.wait(self._busy.values(), timeout=end - now())
            await asyncio.sleep(0)  # whoever got something more meanwhile is busy again

    def stop(self) -> None:
        """Stop sending at once; what is not marked as sent waits for whoever comes next."""
        for task in self._busy.values():
            task.cancel()

    def _wake(self, person: str, parcels: Iterable[Parcel] = ()) -> None:
        queue = self._queues.setdefault(person, _Queue())
        queue.add(parcels)
        if person not in self._busy:
            task = asyncio.ensure_future(self._deliver(person, queue))
            self._busy[person] = task
            task.add_done_callback(lambda done: self._rested(person, done))

    def _rested(self, person: str, done: asyncio.Task[None]) -> None:
        del self._busy[person]
        queue = self._queues.pop(person)
        if not (done.cancelled() or self._refused) and (queue.held or queue.claim):
            self._queues[person] = queue
            self._wake(person)

    async def _deliver(self, person: str, queue: _Queue) -> None:
        wait, seconds = FIRST_WAIT, 0.0
        while True:
            try:
                if seconds:
                    await self._claim(person, queue, seconds + LEASE_SECONDS)
                    await asyncio.sleep(seconds)
                    seconds, queue.claim = 0.0, True
                if not await self._next(person, queue):
                    return
                wait = FIRST_WAIT
            except Forbidden:
                self._sends.labels("blocked").inc()
                queue.blocked = True
            except RetryAfter as flood:
                self._sends.labels("flood").inc()
                seconds = seconds_of(flood)
            except InvalidToken as refused:
                self._refused = refused
                return
            except Exception as error:  # noqa: BLE001 - the network or the database is away
                self._sends.labels("trouble").inc()
                complain(log.warning, "not-sent-yet", error)
                await asyncio.sleep(wait)
                wait, queue.claim = min(wait * 2, LONGEST_WAIT), True

    async def _next(self, person: str, queue: _Queue) -> bool:
        """Send the oldest message that this process holds; False where there is none."""
        if queue.blocked:
            await self._ask(lambda tx: tx.unreachable([person], RETENTION.due, self._now()))
            queue.held.clear()
            queue.blocked = False
        oldest = queue.oldest()
        if queue.claim or (oldest and oldest.until - self._now() < RENEW_SECONDS / 2):
            queue.claim = False
            await self._claim(person, queue, LEASE_SECONDS)
            oldest = queue.oldest()
        if oldest is None:
            return False
        queue.forgotten = False
        outgoing = gathered(oldest, queue.held.values())
        await self._send(oldest, outgoing or Outgoing(Say("")), queue)
        if queue.forgotten and oldest.id not in queue.held:  # while it was on its way
            numbers = [each.number for each in queue.shown]
            await self._delete(spot_of(unpack(oldest.address)).chat, numbers)
        await self._writer.sent(oldest.id, tuple(queue.shown))
        queue.held.pop(oldest.id, None)
        return True

    async def _claim(self, person: str, queue: _Queue, seconds: float) -> None:
        """Take what waits for a person as it stands in the database; a lost lease holds nothing."""
        lease, now = self._turns.lease(seconds), self._now()
        before = set(queue.held)
        claimed = await self._ask(lambda tx: tx.claim(person, lease, now))
        for gone in before - {parcel.id for parcel in claimed}:
            queue.held.pop(gone, None)
        queue.add(claimed)

    async def _send(self, parcel: Parcel, outgoing: Outgoing, queue: _Queue) -> None:
        """Send a parcel from the piece where it stands; what Telegram can't take is passed over."""
        effect, person = outgoing.effect, parcel.person
        spot = self._moved.get(parcel.address) or spot_of(unpack(parcel.address))
        name = self._bot.username if effect.links else ""
        messages = written(outgoing, name) if effect.text else []
        if queue.begun != parcel.id:
            queue.begun, queue.pieces, queue.shown, queue.tries = parcel.id, 0, [], 0
        if effect.clears and not queue.pieces:
            await self._clear(person, spot.chat)
        if not queue.pieces:
            await self._delete(spot.chat, outgoing.gone)
        post = effect.tag if effect.replace else ""
        standing = await self._ask(lambda tx: tx.posts.tagged(person, post)) if post else None
        while queue.pieces < len(messages):
            message = messages[queue.pieces]
            try:
                numbers = await self._show(spot, message, standing, queue)
                queue.shown += [Shown(person, each, message.known_as) for each in numbers]
                self._sends.labels("sent").inc()
            except ChatMigrated as moved:
                if message.tag:  # all posts are made anew where the group is now
                    await self._follow(spot, moved)
                    return
                spot = self._moved[parcel.address] = await self._follow(spot, moved)
                continue
            except BadRequest as refused:
                if lost_topic(spot, refused):
                    spot = Spot(spot.chat)
                    continue
                self._sends.labels("refused").inc()
                log.warning("message-refused", fault=refused)
            queue.pieces += 1
        if standing:
            gone = await take_away(self._bot, spot, messages, standing)
            await self._ask(lambda tx: tx.posts.lift(person, gone))

    async def _follow(self, spot: Spot, to: ChatMigrated) -> Spot:
        """Tell that a group has become a supergroup, if nothing else has told; give where it is."""
        told = moved(self._turns.store.name, spot.chat, to.new_chat_id)
        await self._writer.submit(told)
        return Spot(to.new_chat_id)

    async def _show(
        self, spot: Spot, message: Written, standing: Standing | None, queue: _Queue
    ) -> list[int]:
        """Show a message; what is enclosed and fails again and again holds up nothing after it."""
        try:
            if standing is not None:
                return await edit(self._bot, spot, message, standing)
            return await put(self._bot, spot, message)
        except (BadRequest, Forbidden, RetryAfter, InvalidToken, ChatMigrated):
            raise
        except Exception as error:
            queue.tries += 1
            if not message.enclosed or queue.tries < MOST_TRIES:
                raise
            log.warning("not-enclosed", fault=error)
            return []

    async def _clear(self, person: str, chat: int) -> None:
        """Delete what both sides wrote, as far as it is known and Telegram still lets us.

        A second time does nothing more. Raises what sending raises, but for refusals.
        """
        since = self._now() - SHOWN_SECONDS
        numbers = await self._ask(lambda tx: tx.shown(person, since))
        await self._delete(chat, numbers)
        if numbers:
            await self._ask(lambda tx: tx.hidden(person, numbers[-1]))

    async def _delete(self, chat: int, numbers: Sequence[int]) -> None:
        """Delete messages; those that Telegram doesn't let us delete stay."""
        for at in range(0, len(numbers), MOST_DELETED):
            some = numbers[at : at + MOST_DELETED]
            try:
                await self._bot.delete_messages(chat, some)
            except BadRequest:  # one that can't be deleted keeps the others
                await self._delete_singly(chat, some)

    async def _delete_singly(self, chat: int, numbers: Sequence[int]) -> None:
        for number in numbers:
            with suppress(BadRequest):
                await self._bot.delete_message(chat, number)

    def _now(self) -> float:
        return self._turns.clock().timestamp()

    async def _ask(self, work: Callable[[Transaction], T]) -> T:
        result: T = await self._writer.call(work)
        return result


def seconds_of(flood: RetryAfter) -> float:
    """Give how long Telegram asks to wait; the library gives a number or a timedelta."""
    after = flood.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
