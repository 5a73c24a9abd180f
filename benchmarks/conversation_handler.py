"""python-telegram-bot's ConversationHandler, with everything in memory."""

import json
import warnings
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    ExtBot,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBUserWarning

from benchmarks.neutral.dialogue import END, START, Question, goodbye, retry, takes
from benchmarks.neutral.script import PRINTED
from benchmarks.offline import Offline
from benchmarks.phones import TOKEN, Phones

Context = ContextTypes.DEFAULT_TYPE
Running = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A running application; it has done everything when it has taken an update."""

    application: Running

    async def take(self, raw: bytes) -> None:
        """Let the handlers process one update."""
        update = Update.de_json(json.loads(raw), self.application.bot)
        await self.application.process_update(update)

    async def rest(self) -> None:
        """Nothing is left to do."""


@asynccontextmanager
async def conversation_handler(
    dialogue: Mapping[str, Question], phones: Phones, _: Path
) -> AsyncIterator[Conversation]:
    """Start an application with the neutral dialogue, and stop it."""
    bot = ExtBot(TOKEN, request=Offline(phones), get_updates_request=Offline(phones))
    application = Application.builder().bot(bot).job_queue(None).build()
    application.add_handler(_handler(dialogue))
    async with application:
        yield Conversation(application)


def templates(dialogue: Mapping[str, Question]) -> dict[str, Template]:
    """Compile every text once, as Jinja2, which Kith uses as well."""
    jinja = Environment(autoescape=False)  # noqa: S701 - plain texts, no mark-up
    made = {name: jinja.from_string(each.text(PRINTED)) for name, each in dialogue.items()}
    texts = {"retry": retry(PRINTED), END: goodbye(PRINTED)}
    return made | {name: jinja.from_string(text) for name, text in texts.items()}


def _handler(dialogue: Mapping[str, Question]) -> ConversationHandler[Context]:
    texts = templates(dialogue)
    keyboards = {name: _keyboard(question) for name, question in dialogue.items()}

    async def put(update: Update, context: Context, name: str, answers: dict[str, str]) -> object:
        chat = update.effective_chat.id
        text = texts[name].render(answers)
        await context.bot.send_message(chat, text, reply_markup=keyboards.get(name))
        return ConversationHandler.END if name == END else name

    async def begin(update: Update, context: Context) -> object:
        context.user_data.clear()
        return await put(update, context, START, context.user_data)

    def written(question: Question) -> MessageHandler[Context, object]:
        async def on_text(update: Update, context: Context) -> object:
            text, answers = update.message.text, context.user_data
            if not takes(question, text):
                await context.bot.send_message(
                    update.effective_chat.id, texts["retry"].render(answers)
                )
                return question.id
            answers[question.id] = text
            return await put(update, context, question.leads_to(text), answers)

        return MessageHandler(filters.TEXT & ~filters.COMMAND, on_text)

    def tapped(question: Question) -> CallbackQueryHandler[Context, object]:
        async def on_tap(update: Update, context: Context) -> object:
            await update.callback_query.answer()
            value = update.callback_query.data.partition(":")[2]
            context.user_data[question.id] = value
            return await put(update, context, question.leads_to(value), context.user_data)

        return CallbackQueryHandler(on_tap, pattern=f"^{question.id}:")

    states = {
        name: [tapped(question) if question.buttons else written(question)]
        for name, question in dialogue.items()
    }
    start = CommandHandler("start", begin)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)  # it explains per_message, which is meant
        return ConversationHandler(entry_points=[start], states=states, fallbacks=[start])


def _keyboard(question: Question) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(label, callback_data=f"{question.id}:{value}")]
        for value, label in question.labels().items()
    ]
    return InlineKeyboardMarkup(rows) if rows else None
