"""Asking Telegram how it stands with this bot, without taking an update from anybody."""

import asyncio
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx
from telegram import Bot, WebhookInfo
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import HTTPXRequest
from telegram.warnings import PTBUserWarning

from bot.channels.telegram.intake import ALLOWED_UPDATES
from bot.doctor.telegram import Answered, Refused, Telegram, Unreachable

ALONE_SECONDS: Final = 8
"""So long is waited for another program; the libraries that bots use ask again within this time."""
BELOW_ALL: Final = 1
"""Ids of updates are positive, so this offset acknowledges none."""
READ_SECONDS: Final = 10.0


def ask_telegram(
    token: str, address: str, now: Callable[[], datetime], *, polls: bool, alone: bool = False
) -> Telegram:
    """Ask for what `kith doctor` looks at; never raises for what Telegram answers.

    Where this installation `polls`, updates are asked for as well, but none is acknowledged. Only
    with `alone`, when no Kith of this installation runs, the question waits as a bot's would: that
    ends a poll of another program, which gives itself away when it asks again.
    """
    return asyncio.run(_ask(token, address, now, polls=polls, alone=alone))


async def _ask(
    token: str, address: str, now: Callable[[], datetime], *, polls: bool, alone: bool
) -> Telegram:
    clocks: list[float] = []

    async def note_time(response: httpx.Response) -> None:
        if said := response.headers.get("Date"):
            clocks.append((now() - parsedate_to_datetime(said)).total_seconds())

    hooks = {"event_hooks": {"response": [note_time]}}
    line = [HTTPXRequest(read_timeout=READ_SECONDS, httpx_kwargs=hooks) for _ in range(2)]
    bot = Bot(token, f"{address}/bot", f"{address}/file/bot", line[0], line[1])
    try:
        await bot.initialize()
        hook = await bot.get_webhook_info()
        conflict = "" if hook.url or not polls else await _conflict(bot, waiting=alone)
    except InvalidToken:
        return Refused()
    except TelegramError:
        return Unreachable(address)
    finally:
        await bot.shutdown()
    return Answered(
        ahead=clocks[0] if clocks else 0.0,
        reads_groups=bool(bot.bot.can_read_all_group_messages),
        webhook=hook.url,
        trouble=hook.last_error_message or "",
        trouble_ago=_ago(hook, now()),
        waiting=hook.pending_update_count,
        lacking=_lacking(hook),
        other="other getUpdates" in conflict,
        hooked="webhook" in conflict.lower(),
    )


async def _conflict(bot: Bot, *, waiting: bool) -> str:
    """Ask for updates; give why Telegram refuses, or nothing.

    Telegram ends a waiting question when another one comes that waits, never one that does not.
    """
    end = asyncio.get_running_loop().time() + (ALONE_SECONDS if waiting else 0)
    try:
        while (left := int(end - asyncio.get_running_loop().time())) > 0:
            if await _updates_wait(bot, {"limit": 1, "timeout": left}):
                await asyncio.sleep(1)
        await _updates_wait(bot, {"limit": 1, "timeout": 0, "offset": BELOW_ALL})
    except Conflict as conflict:
        return conflict.message
    return ""


async def _updates_wait(bot: Bot, question: dict[str, int]) -> bool:
    """Say whether updates wait; nothing of them is read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)  # it advises the call that reads them
        seconds = question["timeout"] + READ_SECONDS
        return bool(await bot.do_api_request("getUpdates", question, read_timeout=seconds))


def _ago(hook: WebhookInfo, now: datetime) -> float:
    at = hook.last_error_date or now
    return (now - at.astimezone(UTC)).total_seconds()


def _lacking(hook: WebhookInfo) -> tuple[str, ...]:
    """Give what was not asked for; a bot that asks for nothing in particular gets all of these."""
    asked = hook.allowed_updates or ALLOWED_UPDATES
    return tuple(kind for kind in ALLOWED_UPDATES if kind not in asked)
