"""From effects to what is seen in a chat: escaped, split, with buttons, in order."""

import asyncio
import html
import logging
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter

from bot.channels.telegram.intake import button_data
from bot.engine.effects import Option, Say
from bot.engine.screens import ANY_TIME
from bot.parcels import Outgoing, unpack, unpack_outgoing
from bot.writer import Writer
from storage.store import Parcel, Transaction

LONGEST: Final = 3500
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
_QUIET: Final = LinkPreviewOptions(is_disabled=True)
T = TypeVar("T")
log = logging.getLogger(__name__)


class Sender:
    """Sends what waits in the outbox, at least once, in order for each person.

    One person's trouble (a flood limit, a blocked bot) holds up nobody else.
    """

    def __init__(self, bot: Bot, writer: Writer) -> None:
        self._bot = bot
        self._writer = writer
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._pieces: dict[int, int] = {}

    def wake(self, person: str) -> None:
        """See to it that what waits for this person goes out."""
        if person in self._busy:
            self._again.add(person)
            return
        task = asyncio.ensure_future(self._deliver(person))
        self._busy[person] = task
        task.add_done_callback(lambda _: self._rested(person))

    async def wake_all(self) -> None:
        """Send what an earlier run left behind."""
        for person in await self._ask(lambda tx: tx.people_waiting("telegram:")):
            self.wake(person)

    async def finish(self, seconds: float) -> None:
        """Give what is on its way some time; the rest stays in the outbox."""
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=seconds)

    def stop(self) -> None:
        """Stop sending at once; what is not marked as sent waits for the next start."""
        for task in self._busy.values():
            task.cancel()

    def _rested(self, person: str) -> None:
        del self._busy[person]
        if person in self._again:
            self._again.discard(person)
            self.wake(person)

    async def _deliver(self, person: str) -> None:
        wait, blocked = FIRST_WAIT, False
        while True:
            try:
                if blocked:
                    await self._ask(lambda tx: tx.unreachable(person))
                if not await self._next(person):
                    return
                wait = FIRST_WAIT
            except Forbidden:
                blocked = True
            except RetryAfter as flood:
                await asyncio.sleep(seconds_of(flood))
            except Exception as error:  # noqa: BLE001 - the network or the database is away
                log.warning("not sent yet: %s", type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    async def _next(self, person: str) -> bool:
        """Send the oldest message that waits; False where nothing waits."""
        waiting = await self._ask(lambda tx: tx.waiting(person, 1))
        if not waiting:
            return False
        parcel = waiting[0]
        try:
            await self._send(parcel)
        except BadRequest as refused:
            log.warning("message refused: %s", type(refused).__name__)
        await self._ask(lambda tx: tx.sent([parcel.id]))
        self._pieces.pop(parcel.id, None)
        return True

    async def _send(self, parcel: Parcel) -> None:
        chat = int(unpack(parcel.address)["chat"])
        outgoing = unpack_outgoing(parcel.body)
        *first, last = split(outgoing.effect.text)
        for piece in first[self._pieces.get(parcel.id, 0) :]:
            await self._bot.send_message(
                chat, html.escape(piece, quote=False), ParseMode.HTML, link_preview_options=_QUIET
            )
            self._pieces[parcel.id] = self._pieces.get(parcel.id, 0) + 1
        text, keyboard = html.escape(last, quote=False), keyboard_of(outgoing.effect)
        replaces = outgoing.effect.replace and outgoing.origin and not first
        if replaces and await self._edited(chat, outgoing, text, keyboard):
            return
        await self._bot.send_message(
            chat, text, ParseMode.HTML, reply_markup=keyboard, link_preview_options=_QUIET
        )

    async def _edited(
        self, chat: int, outgoing: Outgoing, text: str, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        """Put a text in place of the message that was tapped; False where that can't be done."""
        try:
            await self._bot.edit_message_text(
                text,
                chat,
                outgoing.origin,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_QUIET,
            )
        except BadRequest as refused:
            return "not modified" in str(refused)
        return True

    async def _ask(self, work: Callable[[Transaction], T]) -> T:
        return await asyncio.wrap_future(self._writer.call(work))


def keyboard_of(effect: Say) -> InlineKeyboardMarkup | None:
    """Lay out the buttons: one choice a row, then back and skip, then what is always there."""
    step = effect.step

    def button(option: Option, name: str) -> InlineKeyboardButton:
        data = button_data(effect.revision, name, step)
        return InlineKeyboardButton(option.label, callback_data=data)

    rows = [[button(option, str(place))] for place, option in enumerate(effect.options)]
    here = [button(each, each.value) for each in effect.freedoms if each.value not in ANY_TIME]
    always = [button(each, each.value) for each in effect.freedoms if each.value in ANY_TIME]
    rows += [row for row in (here, always) if row]
    return InlineKeyboardMarkup(rows) if rows else None


def split(text: str) -> Sequence[str]:
    """Cut a long text at paragraphs, then lines, then words; no piece is too long to send."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > LONGEST:
        window = rest[:LONGEST]
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := window.rfind(mark)) > 0), LONGEST)
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pieces, rest or "…"]


def seconds_of(flood: RetryAfter) -> float:
    """Give how long Telegram asks to wait; the library gives a number or a timedelta."""
    after = flood.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
