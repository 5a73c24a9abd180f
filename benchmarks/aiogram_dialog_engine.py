"""aiogram-dialog, with everything in memory and its own way of sending and editing messages."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.base import BaseSession
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import TelegramMethod
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Const, Jinja

from benchmarks.neutral.dialogue import CHECKED, END, START, Question, goodbye, retry, takes
from benchmarks.neutral.script import PRINTED
from benchmarks.phones import TOKEN, Phones


class Offline(BaseSession):
    """Hands every call to the phones, its values written as they would go over the wire."""

    def __init__(self, phones: Phones) -> None:
        super().__init__()
        self._phones = phones

    async def close(self) -> None:
        """Nothing has to be closed."""

    async def stream_content(self, *_: Any, **__: Any) -> AsyncIterator[bytes]:
        """Nothing is ever downloaded."""
        yield b""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - its name there
    ) -> Any:
        """Answer one call."""
        del timeout
        values = method.model_dump(warnings=False).items()
        prepared = {name: self.prepare_value(value, bot=bot, files={}) for name, value in values}
        given = {name: value for name, value in prepared.items() if value}
        content = self._phones.answer(method.__api_method__, given).decode()
        return self.check_response(bot, method, 200, content).result


@dataclass(frozen=True, slots=True)
class Dialogs:
    """A running dispatcher; it has done everything when it has taken an update."""

    dispatcher: Dispatcher
    bot: Bot

    async def take(self, raw: bytes) -> None:
        """Let the handlers process one update."""
        await self.dispatcher.feed_raw_update(self.bot, json.loads(raw))

    async def rest(self) -> None:
        """Nothing is left to do."""


@asynccontextmanager
async def aiogram_dialog(
    dialogue: Mapping[str, Question], phones: Phones, _: Path
) -> AsyncIterator[Dialogs]:
    """Start a dispatcher with the neutral dialogue, and stop it."""
    names = (*dialogue, END)
    states = type("States", (StatesGroup,), {name: State() for name in names})
    state_of = {name: getattr(states, name) for name in names}
    windows = [_window(question, state_of) for question in dialogue.values()]
    last = Window(Jinja(goodbye(PRINTED)), state=state_of[END], getter=_answers)
    router, dispatcher = Router(), Dispatcher(storage=MemoryStorage())

    @router.message(CommandStart())
    async def begin(_: Message, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(state_of[START], mode=StartMode.RESET_STACK)

    dispatcher.include_router(router)
    dispatcher.include_router(Dialog(*windows, last))
    setup_dialogs(dispatcher)
    yield Dialogs(dispatcher, Bot(TOKEN, session=Offline(phones)))
    await dispatcher.storage.close()


async def _answers(dialog_manager: DialogManager, **_: object) -> dict[str, Any]:
    return dict(dialog_manager.dialog_data)


def _window(question: Question, states: Mapping[str, State]) -> Window:
    asked = question.text(PRINTED)
    texts = [Jinja(asked)]
    if question.id == CHECKED:
        texts = [Jinja(retry(PRINTED), when=F["wrong"]), Jinja(asked, when=~F["wrong"])]
    buttons = [
        Button(Const(label), id=value, on_click=_tapped(question, value, states))
        for value, label in question.labels().items()
    ]
    answered = Column(*buttons) if buttons else MessageInput(_written(question, states))
    return Window(*texts, answered, state=states[question.id], getter=_answers)


def _tapped(
    question: Question, value: str, states: Mapping[str, State]
) -> Callable[..., Awaitable[None]]:
    async def on_click(_: object, __: object, manager: DialogManager) -> None:
        manager.dialog_data[question.id] = value
        await manager.switch_to(states[question.leads_to(value)])

    return on_click


def _written(question: Question, states: Mapping[str, State]) -> Callable[..., Awaitable[None]]:
    async def on_text(message: Message, _: object, manager: DialogManager) -> None:
        text = message.text or ""
        manager.dialog_data["wrong"] = not takes(question, text)
        if not manager.dialog_data["wrong"]:
            manager.dialog_data[question.id] = text
            await manager.switch_to(states[question.leads_to(text)])

    return on_text
