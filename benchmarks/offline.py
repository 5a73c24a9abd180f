"""python-telegram-bot's way out of the process, leading to the phones instead of a network."""

from typing import Any

from telegram.request import BaseRequest, RequestData

from benchmarks.phones import Phones
from bot.channels.telegram.answers import EchoedMessage, answer_of, echoes


class Offline(BaseRequest):
    """Hands every call to the phones, as text, the way it would have gone over the wire."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones

    @property
    def read_timeout(self) -> float:
        """How long a read may take; nothing here takes time."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing has to be opened."""

    async def shutdown(self) -> None:
        """Nothing has to be closed."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Answer one call."""
        del method
        parameters = request_data.json_parameters if request_data else {}
        return 200, self._phones.answer(url.rpartition("/")[2], parameters)


class AsShipped(Offline):
    """Reads of an answer what Kith's own transport reads of it."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Answer one call."""
        status, body = await super().do_request(url, method, request_data)
        return status, EchoedMessage(body) if echoes(url) else body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer as Kith does."""
        return answer_of(payload)
