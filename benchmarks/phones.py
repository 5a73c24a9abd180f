"""Telegram without a network: what people send arrives as JSON, and calls are answered as JSON."""

import asyncio
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

TOKEN: Final = "42:made-up"
ME: Final = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
NOW: Final = 1_790_000_000
_FIRST: Final = 1000
"""The number of the first person's chat."""
_ME: Final = json.dumps(ME)


@dataclass(slots=True)
class Phone:
    """One person's phone: every text that came, and the newest message with buttons."""

    who: str
    chat: str
    read: list[str] = field(default_factory=list)
    message: str = ""
    keyboard: str = ""
    waits_for: int = 0
    waiting: asyncio.Future[None] | None = None


class Phones:
    """Everybody's phones, and what Telegram does between them and a bot.

    Updates and answers have the fields that Telegram sends for these messages; a message that is
    answered or tapped comes back whole, with its buttons.
    """

    def __init__(self, people: int) -> None:
        self._phones = [_phone(number) for number in range(_FIRST, _FIRST + people)]
        self._updates = 0
        self._messages = 10**6
        self.calls = 0

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
        self._updates += 1
        return (
            f'{{"update_id":{self._updates},"callback_query":{{"id":"{10**15 + self._updates}",'
            f'"from":{phone.who},"chat_instance":"-3141592653589793","data":{json.dumps(data)},'
            f'"message":{phone.message}}}}}'
        ).encode()

    def answer(self, method: str, parameters: Mapping[str, str]) -> bytes:
        """Take a call as the Bot API would and give its answer."""
        self.calls += 1
        match method:
            case "sendMessage" | "editMessageText" | "editMessageReplyMarkup":
                result = self._message(method, parameters)
            case "getMe":
                result = _ME
            case _:
                result = "true"
        return f'{{"ok":true,"result":{result}}}'.encode()

    def read(self, person: int) -> list[str]:
        """Give every text that came to a person's phone."""
        return self._phones[person].read

    async def reads(self, person: int, count: int) -> None:
        """Wait until so many texts have come to a person's phone."""
        phone = self._phones[person]
        if len(phone.read) < count:
            phone.waits_for = count
            phone.waiting = asyncio.get_running_loop().create_future()
            await phone.waiting

    def _wrote(self, person: int, content: str) -> bytes:
        phone = self._phones[person]
        self._updates += 1
        self._messages += 1
        return (
            f'{{"update_id":{self._updates},"message":{{"message_id":{self._messages},'
            f'"from":{phone.who},"chat":{phone.chat},"date":{NOW},{content}}}}}'
        ).encode()

    def _message(self, method: str, parameters: Mapping[str, str]) -> str:
        phone = self._phones[int(parameters["chat_id"]) - _FIRST]
        keyboard = parameters.get("reply_markup", "")
        number = parameters.get("message_id")
        if number is None:
            self._messages += 1
            number = str(self._messages)
        text = parameters.get("text", "")
        if "parse_mode" in parameters:
            text = html.unescape(text)
        edited = "" if method == "sendMessage" else f'"edit_date":{NOW},'
        quiet = '"link_preview_options":{"is_disabled":true},'
        message = (
            f'{{"message_id":{number},"from":{_ME},"chat":{phone.chat},"date":{NOW},{edited}'
            f'"text":{json.dumps(text or phone.read[-1])}'
            f'{"," + quiet[:-1] if "link_preview_options" in parameters else ""}'
            f'{f",{_MARKUP}{keyboard}" if keyboard else ""}}}'
        )
        if text:
            phone.read.append(text)
            if keyboard:
                phone.message, phone.keyboard = message, keyboard
            if phone.waiting and len(phone.read) >= phone.waits_for:
                phone.waiting.set_result(None)
                phone.waiting = None
        return message


_MARKUP: Final = '"reply_markup":'


def _phone(number: int) -> Phone:
    names = {"first_name": f"User{number}", "username": f"user{number}"}
    who = json.dumps({"id": number, "is_bot": False, **names, "language_code": "en"})
    return Phone(who, json.dumps({"id": number, **names, "type": "private"}))
