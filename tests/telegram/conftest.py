"""Kith on Telegram: the real library, the real poll loop, a Bot API server on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.telegram.limiting import Pace
from bot.channels.telegram.serving import run
from bot.library import Library
from bot.settings import read_settings
from bot.turns import Turns
from tests.botapi import BotApi
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.telegram.talk import Talk

FAST = Pace(0.001, 1000)
"""People in tests answer faster than people."""
Serving = Callable[..., AbstractAsyncContextManager[None]]
Meets = Callable[..., Talk]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with await BotApi.start(token="42:TEST") as server:
        yield server


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/kith.db"


@pytest.fixture
def serving(api: BotApi, library: Library, clock: StoppedClock, database: str) -> Serving:
    """Run Kith for as long as a block lasts; several times for a restart."""

    @asynccontextmanager
    async def serve(turns: type[Turns] = Turns, **more: str) -> AsyncIterator[None]:
        environment = {
            "KITH_TELEGRAM_TOKEN": "42:TEST",
            "KITH_TELEGRAM_API_URL": api.url,
            "KITH_DATABASE_URL": database,
            "KITH_SENDS_A_SECOND": "1000",
            **more,
        }
        settings = read_settings(environment)
        store = opened_store(settings.database_url)
        task = asyncio.ensure_future(
            run(turns(store, library, clock, "poller"), settings, pace=FAST, group=FAST)
        )
        try:
            yield
        finally:
            task.cancel()
            try:
                await task
            finally:
                store.close()

    return serve


@pytest.fixture
def meets(api: BotApi, database: str) -> Meets:
    """Give somebody who talks with Kith."""

    def meet(number: int = 7, name: str = "Jo") -> Talk:
        return Talk(api, api.person(number, first_name=name), database)

    return meet


@pytest.fixture
def jo(meets: Meets) -> Talk:
    """Give Jo, who talks with Kith."""
    return meets()
