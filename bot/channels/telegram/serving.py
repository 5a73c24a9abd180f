"""Serving Telegram from start to stop, with one clear line for whatever prevents it."""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.polling import poll
from bot.channels.telegram.sending import Sender, seconds_of
from bot.channels.telegram.tapping import Taps
from bot.settings import Settings
from bot.ticking import watch_the_clock
from bot.turns import Turns
from bot.writer import Writer
from storage.store import Parcel

DRAIN_SECONDS: Final = 10.0
UNUSABLE: Final = 2
TALKATIVE: Final = ("telegram", "httpx", "httpcore")
"""Libraries that log whole messages or addresses with the token in them; they are hushed."""
T = TypeVar("T")
log = logging.getLogger(__name__)


def serve(turns: Turns, settings: Settings) -> int:
    """Serve Telegram until told to stop; give the exit code. Trouble is one clear line."""
    try:
        return asyncio.run(_until_told(turns, settings))
    except InvalidToken:
        return _refuse(
            "Telegram does not know this token -> copy KITH_TELEGRAM_TOKEN from BotFather again"
        )
    except Conflict:
        return _refuse(
            "another program is asking Telegram with this token -> stop the other one first"
        )
    except TelegramError:
        address = settings.telegram_api_url
        return _refuse(
            f"Telegram can't be reached at {address} -> check the network and KITH_TELEGRAM_API_URL"
        )


def _refuse(reason: str) -> int:
    sys.stderr.write(f"kith: {reason}\n")
    return UNUSABLE


async def _until_told(turns: Turns, settings: Settings) -> int:
    """Run until a signal says stop; a second signal does not wait for what is on its way."""
    running = asyncio.ensure_future(run(turns, settings))
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        log.debug("stopped before it was serving, or told twice")
    return 0


async def run(turns: Turns, settings: Settings) -> None:
    """Serve Telegram until cancelled, then finish what is in hand."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    address = settings.telegram_api_url
    bot = Bot(
        settings.telegram_token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot"
    )
    try:
        await _patiently(bot.initialize)
        await _introduce(bot, turns)
        await _exchange(bot, turns)
    finally:
        await bot.shutdown()


async def _exchange(bot: Bot, turns: Turns) -> None:
    """Take in, look at the clock and send, until cancelled."""
    loop = asyncio.get_running_loop()

    def posted(parcels: list[Parcel]) -> None:
        loop.call_soon_threadsafe(sender.hand_over, parcels)

    writer = Writer(turns, posted)
    sender, taps = Sender(bot, turns, writer), Taps(bot)
    await asyncio.wrap_future(writer.call(lambda tx: tx.release(turns.holder)))
    tasks = [
        asyncio.ensure_future(work)
        for work in (
            sender.sweep(),
            poll(bot, turns, writer, taps),
            watch_the_clock(turns, writer),
        )
    ]
    unconfirmed = turns.library.catalogue.unconfirmed
    numbers = f" {unconfirmed} help numbers are unconfirmed." if unconfirmed else ""
    sys.stderr.write(f"Kith is listening as @{bot.username}. Ctrl-C stops it.{numbers}\n")
    try:
        await asyncio.gather(*tasks)
    except asyncio.CancelledError:
        for task in tasks:
            task.cancel()
        await sender.finish(DRAIN_SECONDS)
    finally:
        for task in tasks:
            task.cancel()
        sender.stop()
        taps.stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        writer.close()


async def _introduce(bot: Bot, turns: Turns) -> None:
    """Publish the commands with what they do; a webhook that is still set is taken down."""
    commands = [BotCommand(n, text) for n, text in turns.library.catalogue.commands.items()]
    await _patiently(bot.delete_webhook)
    scope = BotCommandScopeAllPrivateChats()
    await _patiently(lambda: bot.set_my_commands(commands, scope=scope))


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call, and again after the wait where Telegram asks for one."""
    while True:
        try:
            return await call()
        except RetryAfter as flood:
            await asyncio.sleep(seconds_of(flood))
