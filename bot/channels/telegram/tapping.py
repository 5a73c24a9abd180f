"""Letting a tapped button come to rest: lightly, beside everything else, and never twice."""

import asyncio
from typing import Final

from telegram import Bot, CallbackQuery
from telegram.error import TelegramError

from bot.arrivals import Outcome
from bot.channels.telegram.writing import Keyboard, keyboard
from bot.engine.effects import Nudge, Say
from bot.logs.lines import log

SETTLED: Final = "-"
"""What a button stands for whose question is answered: nothing any more."""


class Taps:
    """Answers taps in the background: a slow answer to one person holds up nobody else."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._answering: set[asyncio.Task[None]] = set()

    def answer(self, query: CallbackQuery, outcome: Outcome) -> None:
        """Let the button rest, with a word where the tap changed nothing."""
        task = asyncio.ensure_future(self._answer(query, outcome))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    def stop(self) -> None:
        """Leave unanswered what is not answered yet; buttons come to rest by themselves."""
        for task in self._answering:
            task.cancel()

    async def _answer(self, query: CallbackQuery, outcome: Outcome) -> None:
        nudge = next((each.text for each in outcome.effects if isinstance(each, Nudge)), None)
        try:
            await self._bot.answer_callback_query(query.id, text=nudge)
            if query.message and _picked(outcome) and (settled := _settled(query)):
                chat, message = query.message.chat.id, query.message.message_id
                look = {"reply_markup": settled}
                await self._bot.edit_message_reply_markup(chat, message, api_kwargs=look)
        except TelegramError as error:
            log.info("tap-not-answered", fault=error)


def _picked(outcome: Outcome) -> bool:
    """Say whether the tap settled its question: taken, and nothing stands in its place."""
    replaced = any(isinstance(each, Say) and each.replace for each in outcome.effects)
    return outcome.turn is not None and outcome.turn.accepted and not replaced


def _settled(query: CallbackQuery) -> Keyboard | None:
    """Leave on the message only what was picked."""
    shown = getattr(query.message, "reply_markup", None)
    buttons = [button for row in shown.inline_keyboard for button in row] if shown else []
    label = next((each.text for each in buttons if each.callback_data == query.data), None)
    if label is None:
        return None
    return keyboard([[{"text": f"✓ {label}", "callback_data": SETTLED}]])
