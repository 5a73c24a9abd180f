"""The poll loop: an update is acknowledged only after its turn is committed."""

import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from typing import Final

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
)
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.intake import ALLOWED_UPDATES, arrival_of, button_data
from bot.channels.telegram.sending import Sender
from bot.engine.effects import Nudge, Say
from bot.settings import Settings
from bot.turns import Outcome, Turns
from bot.writer import Writer

POLL_SECONDS: Final = 25
DUE_SECONDS: Final = 20.0
DRAIN_SECONDS: Final = 10.0
UNUSABLE: Final = 2
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
    except NetworkError:
        address = settings.telegram_api_url
        return _refuse(
            f"Telegram can't be reached at {address} -> check the network and KITH_TELEGRAM_API_URL"
        )


def _refuse(reason: str) -> int:
    sys.stderr.write(f"kith: {reason}\n")
    return UNUSABLE


async def _until_told(turns: Turns, settings: Settings) -> int:
    """Run until a signal says stop; what is on its way is finished first."""
    running = asyncio.ensure_future(run(turns, settings))
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, running.cancel)
    return await running


async def run(turns: Turns, settings: Settings) -> int:
    """Serve Telegram until cancelled, then finish what is in hand."""
    address = settings.telegram_api_url
    bot = Bot(
        settings.telegram_token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot"
    )
    async with bot:
        await _introduce(bot, turns)
        writer = Writer(turns)
        sender = Sender(bot, writer)
        await sender.wake_all()
        sys.stderr.write(f"Kith is listening as @{bot.username}. Ctrl-C stops it.\n")
        tasks = [
            asyncio.ensure_future(poll(bot, turns, writer, sender)),
            asyncio.ensure_future(_watch_the_clock(turns, writer, sender)),
        ]
        try:
            await asyncio.gather(*tasks)
        except asyncio.CancelledError:
            await sender.finish(DRAIN_SECONDS)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            writer.close()
    return 0


async def _introduce(bot: Bot, turns: Turns) -> None:
    """Publish the commands with what they do; a webhook that is still set is taken down."""
    commands = turns.library.catalogue.commands
    await bot.delete_webhook()
    await bot.set_my_commands(
        [BotCommand(name, text) for name, text in commands.items()],
        scope=BotCommandScopeAllPrivateChats(),
    )


async def poll(bot: Bot, turns: Turns, writer: Writer, sender: Sender) -> None:
    """Ask for updates for ever. The offset moves only past what is committed."""
    offset: int | None = None
    wait = 1.0
    while True:
        try:
            updates = await bot.get_updates(
                offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
            )
        except RetryAfter as flood:
            await asyncio.sleep(float(flood.retry_after))  # type: ignore[arg-type]
            continue
        except (InvalidToken, Conflict):
            raise
        except NetworkError:
            await asyncio.sleep(wait)
            wait = min(wait * 2, 30.0)
            continue
        wait = 1.0
        if updates and await take_in(bot, turns, writer, sender, updates):
            offset = updates[-1].update_id + 1


async def take_in(
    bot: Bot, turns: Turns, writer: Writer, sender: Sender, updates: Sequence[Update]
) -> bool:
    """Commit the turns of some updates, then let what they caused go out.

    False where the database could not take them: they stay unacknowledged and come again.
    """
    arrivals = [(update, arrival_of(update)) for update in updates]
    waiting = [
        (update, arrival, asyncio.wrap_future(writer.submit(turns.screened(arrival))))
        for update, arrival in arrivals
        if arrival is not None
    ]
    outcomes = await asyncio.gather(*(future for _, _, future in waiting), return_exceptions=True)
    kept = True
    for (update, arrival, _), outcome in zip(waiting, outcomes, strict=True):
        if isinstance(outcome, BaseException):
            log.error("turn not kept: %s", type(outcome).__name__)
            kept = False
            continue
        sender.wake(arrival.person)
        if update.callback_query:
            await _answer_tap(bot, update, outcome)
    if not kept:
        await asyncio.sleep(1.0)
    return kept


async def _answer_tap(bot: Bot, update: Update, outcome: Outcome) -> None:
    """Let the tapped button come to rest, and leave on the message what was picked."""
    query = update.callback_query
    if query is None:
        return
    nudge = next((each.text for each in outcome.effects if isinstance(each, Nudge)), None)
    try:
        await bot.answer_callback_query(query.id, text=nudge)
        if query.message and _picked(outcome):
            await bot.edit_message_reply_markup(
                query.message.chat.id, query.message.message_id, reply_markup=_settled(update)
            )
    except TelegramError as error:
        log.info("tap not answered: %s", type(error).__name__)


def _picked(outcome: Outcome) -> bool:
    """Say whether the tap settled its question: taken, and nothing stands in its place."""
    replaced = any(isinstance(each, Say) and each.replace for each in outcome.effects)
    return outcome.turn is not None and outcome.turn.accepted and not replaced


def _settled(update: Update) -> InlineKeyboardMarkup | None:
    query = update.callback_query
    keyboard = getattr(query.message, "reply_markup", None) if query else None
    buttons = [button for row in keyboard.inline_keyboard for button in row] if keyboard else []
    label = next(
        (each.text for each in buttons if query and each.callback_data == query.data), None
    )
    if label is None:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(f"✓ {label}", callback_data=button_data(0, "0"))]]
    )


async def _watch_the_clock(turns: Turns, writer: Writer, sender: Sender) -> None:
    """Take in what is due, again and again."""
    while True:
        for arrival in await asyncio.wrap_future(writer.call(turns.due_in)):
            await asyncio.wrap_future(writer.submit(arrival))
            sender.wake(arrival.person)
        await asyncio.sleep(DUE_SECONDS)
