"""Telegram without a network: what people send arrives as JSON, and calls are answered as JSON."""

import asyncio
import html
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final

TOKEN: Final = "42:made-up"  # noqa: S105 - of nobody
ME: Final = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
NOW: Final = 1_790_000_000
FIRST: Final = 1000
"""The number of the first person's chat, where no other is asked for."""
_ME: Final = json.dumps(ME)
_UPDATES: Final = count(1)
"""Telegram counts on: no two updates have the same number, whoever they are from."""


@dataclass(slots=True)
class Phone:
    """One person's phone: how many texts came, and the newest message with buttons."""

    who: str
    chat: str
    texts: list[str] = field(default_factory=list)
    count: int = 0
    last: str = ""
    message: str = ""
    keyboard: str = ""
    waits_for: int = 0
    waiting: asyncio.Future[None] | None = None


class Phones:
    """Everybody's phones, and what Telegram does between them and a bot.

    Updates and answers have the fields that Telegram sends for these messages; a message that is
    answered or tapped comes back whole, with its buttons. A person is known by the number of their
    chat. Only with `keeps` are the texts kept that came.
    """

    def __init__(self, people: Iterable[int], *, keeps: bool = False) -> None:
        self._phones = {number: _phone(number) for number in people}
        self._keeps = keeps
        self._aside = ""
        self._messages = 10**6

    def pass_on(self, people: Iterable[int]) -> None:
        """Let other people take over from those there were."""
        self._phones = {number: _phone(number) for number in people}

    def pass_over(self, text: str) -> None:
        """Let a text count for nothing: it comes beside an answer, and only now and then."""
        self._aside = text

    def begins(self, person: int) -> bytes:
        """Give the update of somebody who starts the bot."""
        entities = '"entities":[{"type":"bot_command","offset":0,"length":6}]'
        return self._wrote(person, f'"text":"/start",{entities}')

    def writes(self, person: int, text: str) -> bytes:
        """Give the update of somebody who writes a text."""
        return self._wrote(person, f'"text":{json.dumps(text)}')

    def taps(self, person: int, label: str) -> bytes:
        """Give the update of somebody who taps a button of the newest message that has any."""
        phone = self._phones[person]
        rows = json.loads(phone.keyboard)["inline_keyboard"]
        data = next(each["callback_data"] for row in rows for each in row if each["text"] == label)
        number = next(_UPDATES)
        return (
            f'{{"update_id":{number},"callback_query":{{"id":"{10**15 + number}",'
            f'"from":{phone.who},"chat_instance":"-3141592653589793","data":{json.dumps(data)},'
            f'"message":{phone.message}}}}}'
        ).encode()

    def answer(self, method: str, parameters: Mapping[str, str]) -> bytes:
        """Take a call as the Bot API would and give its answer."""
        match method:
            case "sendMessage" | "editMessageText" | "editMessageReplyMarkup":
                result = self._message(method, parameters)
            case "getMe":
                result = _ME
            case _:
                result = "true"
        return f'{{"ok":true,"result":{result}}}'.encode()

    def texts(self, person: int) -> list[str]:
        """Give every text that came to a person's phone."""
        return self._phones[person].texts

    def count(self, person: int) -> int:
        """Give how many texts came to a person's phone."""
        return self._phones[person].count

    async def reads(self, person: int, count: int) -> None:
        """Wait until so many texts have come to a person's phone."""
        phone = self._phones[person]
        if phone.count < count:
            phone.waits_for = count
            phone.waiting = asyncio.get_running_loop().create_future()
            await phone.waiting

    def _wrote(self, person: int, content: str) -> bytes:
        phone = self._phones[person]
        return (
            f'{{"update_id":{next(_UPDATES)},"message":{{"message_id":{self._next_message()},'
            f'"from":{phone.who},"chat":{phone.chat},"date":{NOW},{content}}}}}'
        ).encode()

    def _message(self, method: str, parameters: Mapping[str, str]) -> str:
        phone = self._phones[int(parameters["chat_id"])]
        text = parameters.get("text", phone.last)
        if "parse_mode" in parameters:
            text = html.unescape(text)
        number = parameters.get("message_id") or self._next_message()
        parts = [
            f'"message_id":{number},"from":{_ME},"chat":{phone.chat},"date":{NOW}',
            f'"text":{json.dumps(text)}',
        ]
        if method != "sendMessage":
            parts.append(f'"edit_date":{NOW}')
        if "link_preview_options" in parameters:
            parts.append('"link_preview_options":{"is_disabled":true}')
        if keyboard := parameters.get("reply_markup", ""):
            parts.append(f'"reply_markup":{keyboard}')
        message = f"{{{','.join(parts)}}}"
        if "text" in parameters and text != self._aside:
            self._came(phone, text, message, keyboard)
        return message

    def _next_message(self) -> int:
        self._messages += 1
        return self._messages

    def _came(self, phone: Phone, text: str, message: str, keyboard: str) -> None:
        phone.count += 1
        phone.last = text
        if self._keeps:
            phone.texts.append(text)
        if keyboard:
            phone.message, phone.keyboard = message, keyboard
        if phone.waiting and phone.count >= phone.waits_for:
            phone.waiting.set_result(None)
            phone.waiting = None


def _phone(number: int) -> Phone:
    names = {"first_name": f"User{number}", "username": f"user{number}"}
    who = json.dumps({"id": number, "is_bot": False, **names, "language_code": "en"})
    return Phone(who, json.dumps({"id": number, **names, "type": "private"}))
