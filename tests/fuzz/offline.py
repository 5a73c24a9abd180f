"""Telegram without a network: the library's own requests, answered in memory."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.botapi import BotApi
from tests.botapi.methods import METHODS
from tests.botapi.wire import STRUCTURES, ApiError, Params

Json = dict[str, Any]


class Offline(BaseRequest):
    """Delivers updates until they are acknowledged; keeps what each chat was sent.

    What the bot sends is judged as the Bot API server of the tests judges it.
    """

    def __init__(self, updates: Sequence[Json], chats: Sequence[int], group: int) -> None:
        self._updates = [json.dumps(update) for update in updates]
        self._ids = [int(update["update_id"]) for update in updates]
        self._api = BotApi()
        people = [self._api.person(chat) for chat in chats]
        self._api.group(group, title="Tuesday", members=people)
        self.taken = asyncio.Event()
        self.sent: list[tuple[str, int, str]] = []
        self.refused: list[str] = []

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Answer a call."""
        assert method == "POST"
        await asyncio.sleep(0)
        name = url.rpartition("/")[2]
        values = dict(request_data.json_parameters) if request_data else {}
        if name == "getUpdates":
            return await self._given(int(values.get("offset", 0)))
        for field in STRUCTURES.split():
            if field in values:
                values[field] = json.loads(values[field])
        if name == "getMe":
            return self._fine(self._api._service.bot)
        if name not in METHODS:
            return self._fine(True)
        try:
            result = METHODS[name](self._api._service, Params(values, {}))
        except ApiError as refusal:
            self.refused.append(f"{name}: {refusal.body['description']}")
            return refusal.status, json.dumps(refusal.body).encode()
        if "chat_id" in values:
            self.sent.append((name, int(values["chat_id"]), json.dumps(values, ensure_ascii=False)))
        return self._fine(result)

    async def _given(self, offset: int) -> tuple[int, bytes]:
        """Give what is not acknowledged; wait for ever where nothing is left."""
        waiting = [
            update
            for number, update in zip(self._ids, self._updates, strict=True)
            if number >= offset
        ]
        if not waiting:
            self.taken.set()
            await asyncio.Event().wait()
        return 200, f'{{"ok": true, "result": [{", ".join(waiting)}]}}'.encode()

    def _fine(self, result: object) -> tuple[int, bytes]:
        return 200, json.dumps({"ok": True, "result": result}).encode()
