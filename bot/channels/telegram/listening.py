"""The webhook: Telegram posts an update, and is answered 200 only after its turn is committed."""

import asyncio
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update

from bot.channels.telegram.exchange import DRAIN_SECONDS, Exchange
from bot.logs.lines import log
from bot.outage import complain
from bot.settings import HOOK

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
MOST_BYTES: Final = 1_000_000
"""An update of Telegram's is far below this; more is nobody we know."""
READY_SECONDS: Final = 2.0
KEEP_ALIVE_SECONDS: Final = 150
"""Longer than a proxy keeps a connection, so that it is never closed under a request."""


def secret_of(token: str) -> str:
    """Derive a secret for the webhook from the bot's token, the same in every worker."""
    return hmac.new(token.encode(), b"kith webhook", hashlib.sha256).hexdigest()


async def listen(
    parts: Exchange, secret: str, public: socket.socket, private: socket.socket
) -> None:
    """Serve the webhook and the metrics until cancelled; requests in hand are answered first."""
    servers = [_Server(_receiving(parts, secret)), _Server(_watching(parts))]
    serving = [
        asyncio.ensure_future(server.serve([door]))
        for server, door in zip(servers, (public, private), strict=True)
    ]
    try:
        await asyncio.wait(serving, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*serving)


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever started it."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=int(DRAIN_SECONDS),
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _receiving(parts: Exchange, secret: str) -> Starlette:
    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body_of(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        try:
            update = Update.de_json(json.loads(body), parts.bot)
        except Exception as error:  # noqa: BLE001 - sent again it would be no better
            parts.unreadable(error)
            return Response()
        return Response(status_code=200 if await parts.take_in([update]) else 503)

    async def ready(_: Request) -> Response:
        return await _ready(parts)

    return Starlette(
        routes=[
            Route(HOOK, receive, methods=["POST"]),
            Route("/health", _health),
            Route("/ready", ready),
        ]
    )


def _watching(parts: Exchange) -> Starlette:
    async def metrics(_: Request) -> Response:
        return Response(parts.metrics.written(), media_type="text/plain; version=0.0.4")

    return Starlette(routes=[Route("/metrics", metrics)])


async def _health(_: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _ready(parts: Exchange) -> Response:
    """Say whether a turn could be committed now."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            await parts.writer.call(lambda tx: tx.seen(["-"]))
    except Exception as error:  # noqa: BLE001 - whatever it is, no turn could be kept
        complain(log.warning, "not-ready", error)
        return PlainTextResponse("the database is away\n", 503)
    return PlainTextResponse("ready\n")


async def _body_of(request: Request) -> bytes | None:
    """Read a body, at most so much; None where there is more."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)
