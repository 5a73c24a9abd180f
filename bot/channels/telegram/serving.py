"""Serving Telegram from start to stop, with one clear line for whatever prevents it."""

import asyncio
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeVar

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.exchange import Exchange, exchange
from bot.channels.telegram.http import HttpRequest
from bot.channels.telegram.intake import ALLOWED_UPDATES
from bot.channels.telegram.leading import admins, anyone
from bot.channels.telegram.limiting import GROUP, PRIVATE, Limiter, Pace
from bot.channels.telegram.listening import listen, secret_of
from bot.channels.telegram.only_for import UNSEEN
from bot.channels.telegram.polling import poll
from bot.channels.telegram.sending import seconds_of
from bot.doctor.telegram import PRIVACY, TOLD_TOO_MUCH
from bot.logs.guarding import in_a_task
from bot.metrics import Metrics
from bot.settings import Settings
from bot.turns import Turns

MOST_CONNECTIONS: Final = 100
UNUSABLE: Final = 2
T = TypeVar("T")


Doors = tuple[socket.socket, socket.socket]
"""Where a webhook listens: for Telegram, and for whoever watches over this process."""


def serve(turns: Turns, settings: Settings, doors: Doors | None = None) -> int:
    """Serve Telegram until told to stop; give the exit code. Trouble is one clear line.

    With doors Telegram posts to them; without, it is polled.
    """
    try:
        return asyncio.run(_until_told(turns, settings, doors))
    except InvalidToken:
        return _refuse(
            "Telegram does not know this token -> copy KITH_TELEGRAM_TOKEN from BotFather again"
        )
    except Conflict:
        return _refuse(
            "another program is asking Telegram with this token -> stop the other one first"
        )
    except BadRequest as refused:
        return _refuse(f"Telegram refuses this: {refused.message} -> check KITH_WEBHOOK_URL")
    except TelegramError:
        address = settings.telegram_api_url
        return _refuse(
            f"Telegram can't be reached at {address} -> check the network and KITH_TELEGRAM_API_URL"
        )


def _refuse(reason: str) -> int:
    sys.stderr.write(f"kith: {reason}\n")
    return UNUSABLE


async def _until_told(turns: Turns, settings: Settings, doors: Doors | None) -> int:
    """Run until a signal says stop; a second signal does not wait for what is on its way."""
    running, loop = asyncio.ensure_future(run(turns, settings, doors)), asyncio.get_running_loop()
    loop.set_exception_handler(in_a_task)
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, running.cancel)
    with suppress(asyncio.CancelledError):  # stopped before it was serving, or told twice
        await running
    return 0


async def run(
    turns: Turns,
    settings: Settings,
    doors: Doors | None = None,
    pace: Pace = PRIVATE,
    group: Pace = GROUP,
) -> None:
    """Serve Telegram until cancelled, then finish what is in hand.

    One private chat gets the one pace, a group the other.
    """
    address = settings.telegram_api_url
    bot = ExtBot(
        settings.telegram_token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=HttpRequest(),
        get_updates_request=HttpRequest(),
        rate_limiter=Limiter(settings.sends_a_second, pace, group),
    )
    leads = anyone if settings.round_leaders == "anyone" else admins(bot)
    try:
        await _patiently(bot.initialize)
        await _introduce(bot, turns)
        if doors:
            await exchange(bot, turns, Metrics(), await _hooked(bot, settings, doors), leads)
        else:
            await _patiently(bot.delete_webhook)
            _announce(f"is listening as @{bot.username}")
            await exchange(bot, turns, Metrics(), poll, leads)
    finally:
        await bot.shutdown()


async def _hooked(
    bot: Bot, settings: Settings, doors: Doors
) -> Callable[[Exchange], Awaitable[None]]:
    """Tell Telegram where to post, and give what takes in what it posts there."""
    secret = settings.webhook_secret or secret_of(settings.telegram_token)
    await _patiently(
        lambda: bot.set_webhook(
            settings.webhook_url,
            secret_token=secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=MOST_CONNECTIONS,
        )
    )
    public, private = (door.getsockname()[1] for door in doors)
    _announce(f"serves @{bot.username} on port {public}, metrics on {private}")
    return lambda parts: listen(parts, secret, *doors)


def _announce(doing: str) -> None:
    sys.stderr.write(f"Kith {doing}. Ctrl-C stops it.\n")


async def _introduce(bot: Bot, turns: Turns) -> None:
    """Publish the commands with what they do; those of groups are unseen by others if they can."""
    catalogue = turns.library.catalogue
    private = [BotCommand(name, text) for name, text in catalogue.commands.items()]
    unseen = [BotCommand(n, text, api_kwargs=UNSEEN) for n, text in catalogue.in_groups.items()]
    here, there = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
    await _patiently(lambda: bot.set_my_commands(private, scope=here))
    await _patiently(lambda: bot.set_my_commands(unseen, scope=there))
    if bot.can_read_all_group_messages:
        sys.stderr.write(f"kith: {TOLD_TOO_MUCH} -> {PRIVACY}\n")


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call, and again after the wait where Telegram asks for one."""
    while True:
        try:
            return await call()
        except RetryAfter as flood:
            await asyncio.sleep(seconds_of(flood))
