"""A Bot API server that remembers which process put what into which chat, and when."""

import asyncio
import json
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.botapi import BotApi

FOOTER = 'If you are not safe, type "help" at any time.'
PUTS = ("sendMessage", "editMessageText")


@dataclass(frozen=True, slots=True)
class Button:
    """A button as it was put: what it says, and what it sends back."""

    label: str
    data: str

    @property
    def revision(self) -> int:
        return int(self.data.split("|")[0], 16)

    @property
    def name(self) -> str:
        return self.data.split("|")[1].partition(".")[0]

    @property
    def step(self) -> str:
        return self.data.split("|")[2]


@dataclass(frozen=True, slots=True)
class Put:
    """A message that was sent, or put in the place of another; by which life, and when."""

    life: str
    message_id: int
    text: str
    buttons: tuple[Button, ...]
    at: float

    @property
    def revision(self) -> int:
        """The revision of the question; 0 where this asks nothing."""
        return self.buttons[0].revision if self.buttons else 0

    @property
    def step(self) -> str:
        return self.buttons[0].step if self.buttons else ""


class Watched(BotApi):
    """Remembers what took effect in each chat, in order."""

    def __init__(self, token: str) -> None:
        super().__init__(token)
        self.puts: dict[int, list[Put]] = defaultdict(list)
        self.stirred: dict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self.count = 0

    async def _call(self, request: web.Request) -> Any:
        try:
            result = await super()._call(request)
        except ConnectionResetError:
            return None  # whoever called was killed while calling
        if result is not None and request.match_info["method"] in PUTS:
            life, chat = request.match_info.get("caller", ""), result["chat"]["id"]
            rows = result.get("reply_markup", {}).get("inline_keyboard", [])
            buttons = tuple(
                Button(each["text"], each["callback_data"]) for row in rows for each in row
            )
            at = time.monotonic()
            self.puts[chat].append(Put(life, result["message_id"], result["text"], buttons, at))
            self.count += 1
            self.stirred[chat].set()
        return result

    def undelivered(self) -> int:
        """Count the updates that the bot has not taken yet."""
        return len(self._service.updates.waiting)

    def issued(self) -> int:
        """Count the updates so far; the id of the newest."""
        return len(self._service.updates.issued)


def relative(puts: list[Put]) -> list[str]:
    """Give what a chat read, without what differs from day to day: where revisions begin.

    The line about help that Kith adds where it took long to read a text comes and goes with what
    else the machine has to do.
    """
    first = next((put.revision for put in puts if put.buttons), 0)
    told = [put for put in puts if put.text != FOOTER]
    return [json.dumps(_told(put, first), ensure_ascii=False) for put in told]


def _told(put: Put, first: int) -> list[object]:
    buttons = [[each.label, each.revision - first, each.name, each.step] for each in put.buttons]
    return [put.text, buttons]
