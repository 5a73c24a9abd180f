"""HTTP to the Bot API on aiohttp: each call made once, its token in no error and no log."""

import asyncio
import io
import json
import select
from collections.abc import AsyncIterator
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.answers import EchoedMessage, answer_of, echoes, scrubbed

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace
    from telegram._utils.types import ODVInput

MOST_CONNECTIONS: Final = 256
READ_SECONDS, WRITE_SECONDS, CONNECT_SECONDS, POOL_SECONDS = 5.0, 5.0, 5.0, 1.0
FILE_WRITE_SECONDS: Final = 20.0
"""The library's own times, and its longer one for a file."""
CHUNK: Final = 1 << 16
BLAMING: Final = range(400, 500)
"""What the library takes for a refusal of this message, this person or this bot."""
_UNSAID: Final = BaseRequest.DEFAULT_NONE
_JSON: Final = {"Content-Type": "application/json"}


class HttpRequest(BaseRequest):
    """Carries calls to the Bot API, each one once: what may have arrived is never repeated.

    Of a message that Telegram echoes only its id, date, chat id and chat type are handed on:
    what somebody was told lies in one place less, and sending it takes a fraction of the time.
    Trouble is a TimedOut or a NetworkError that says nothing of the address, which holds the
    token. Certificates are checked; proxies and redirects are not followed.
    """

    __slots__ = ("_most", "_places", "_read", "_session")

    def __init__(
        self, most_connections: int = MOST_CONNECTIONS, read_seconds: float | None = READ_SECONDS
    ) -> None:
        self._most = most_connections
        self._read = read_seconds
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(most_connections)

    @property
    def read_timeout(self) -> float | None:
        """The seconds an answer may take where a call does not say otherwise; None for ever."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; a second time does nothing, after a shutdown it opens again."""
        if self._session is None:
            self._places = asyncio.Semaphore(self._most)
            self._session = aiohttp.ClientSession(
                connector=_Connector(limit=self._most),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection; a second time does nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. Raises NetworkError where it is no JSON, without telling what it is."""
        return answer_of(payload)

    async def do_request(  # noqa: PLR0913, PLR0917 - as the library has it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: "ODVInput[float]" = _UNSAID,
        write_timeout: "ODVInput[float]" = _UNSAID,
        connect_timeout: "ODVInput[float]" = _UNSAID,
        pool_timeout: "ODVInput[float]" = _UNSAID,
    ) -> tuple[int, bytes]:
        """Make one call and give the status and the body. Times are seconds, None is for ever.

        The read timeout is for each piece of an answer, the write timeout for each 64 KiB of a
        file; a call without files is written at once, and the read timeout is for it too.
        Raises TimedOut or NetworkError.
        """
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_said(connect_timeout, CONNECT_SECONDS),
            sock_read=_said(read_timeout, self._read),
        )
        trouble: TelegramError
        await self._take_place(_said(pool_timeout, POOL_SECONDS))
        try:
            if request_data is not None and request_data.contains_files:
                write = _said(write_timeout, FILE_WRITE_SECONDS)
                status, body = await self._upload(url, request_data, timeout, write)
            else:
                data = json.dumps(request_data.parameters).encode() if request_data else None
                kind = _JSON if request_data else {}
                status, body = await self._exchange(method, url, timeout, data, kind)
        except TimeoutError:
            trouble = TimedOut()
        except Exception as error:  # noqa: BLE001 - any error may tell the address, token and all
            trouble = NetworkError(f"aiohttp: {type(error).__name__}")
        else:
            if status < HTTPStatus.MULTIPLE_CHOICES:
                return status, EchoedMessage(body) if echoes(url) else body
            refusal = scrubbed(body, url)
            if refusal or method == "GET" or status not in BLAMING:
                return status, refusal or b"{}"
            # a 403 of a proxy says nothing about the person, and nothing may be dropped for it
            trouble = NetworkError(f"{status} by something else than Telegram")
        finally:
            self._places.release()
        raise trouble  # here it has no context: the error of aiohttp may tell the address

    async def _take_place(self, seconds: float | None) -> None:
        """Wait for one of the connections there may be, first come, first served."""
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
        except TimeoutError:
            raise TimedOut("every connection is in use; nothing was sent") from None

    async def _upload(
        self,
        url: str,
        request_data: RequestData,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - several times, not one
        write: float | None,
    ) -> tuple[int, bytes]:
        form = aiohttp.FormData(quote_fields=False)  # a file's name goes as it is, in UTF-8
        for name, value in request_data.json_parameters.items():
            form.add_field(name, value, content_type="text/plain; charset=utf-8")
        for name, (filename, content, kind) in request_data.multipart_data.items():
            stream = io.BytesIO(content) if isinstance(content, bytes) else content
            form.add_field(name, stream, filename=filename, content_type=kind)
        parts = form()
        whole = await parts.as_bytes()
        headers = {"Content-Type": parts.content_type, "Content-Length": str(len(whole))}
        async with asyncio.timeout(None) as writing:
            chunks = _in_chunks(whole, writing, write)
            return await self._exchange("POST", url, timeout, chunks, headers)

    async def _exchange(
        self,
        method: str,
        url: str,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - several times, not one
        data: bytes | AsyncIterator[bytes] | None,
        headers: dict[str, str],
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("initialize() comes first")
        async with self._session.request(
            method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            return answer.status, await answer.read()


class _Connector(aiohttp.TCPConnector):
    """Passes over idle connections that the other side has closed, and drops those left half-way.

    aiohttp repeats no POST on a closed connection, rightly: it can't know whether the call had
    arrived. Here nothing is written yet, so another connection is safe.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit)
        self._used: WeakSet[object] = WeakSet()

    async def connect(
        self,
        req: "ClientRequest",
        traces: "list[Trace]",
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - as aiohttp has it
    ) -> "Connection":
        """Give a connection that is open, as far as this side can know."""
        while True:
            connection = await super().connect(req, traces, timeout)
            if connection.protocol in self._used and _stirs(connection.transport):
                connection.close()
                continue
            self._used.add(connection.protocol)
            connection.add_callback(partial(_drop_unwritten, connection.transport))
            return connection


def _drop_unwritten(transport: asyncio.Transport | None) -> None:
    """Drop a line whose call was given up half-written; closing would wait for the other half."""
    if transport is not None and transport.get_write_buffer_size():
        transport.abort()


def _stirs(transport: asyncio.Transport | None) -> bool:
    """Say whether something came in on an idle connection; that can only be its end."""
    if transport is None or transport.is_closing():
        return True
    poll = select.poll()
    poll.register(transport.get_extra_info("socket").fileno(), select.POLLIN)
    return bool(poll.poll(0))


async def _in_chunks(
    whole: bytes, writing: asyncio.Timeout, seconds: float | None
) -> AsyncIterator[bytes]:
    """Give the pieces of an upload; each has its time from when the one before it was written."""
    now = asyncio.get_running_loop().time
    for start in range(0, len(whole), CHUNK):
        writing.reschedule(None if seconds is None else now() + seconds)
        yield whole[start : start + CHUNK]
    writing.reschedule(None)


def _said(given: "ODVInput[float]", default: float | None) -> float | None:
    return given if given is None or isinstance(given, int | float) else default
