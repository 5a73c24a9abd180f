"""The webhook: Telegram posts, and hears 200 only once a turn is safe."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.channels.telegram.listening import MOST_BYTES, SECRET_HEADER, secret_of
from bot.channels.telegram.serving import run
from bot.library import Library
from bot.settings import read_settings
from bot.turns import Turns
from tests.botapi import BotApi
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.logged import Logged
from tests.telegram.conftest import Meets
from tests.telegram.faults import Away, Deaf, Slow
from tests.telegram.talk import Talk, arrived

ADULT, PHONE = "First, are you 18 or over?", "Might someone else look at this phone or screen?"
START: dict[str, Any] = {
    "update_id": 900,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "Jo"},
        "text": "/start",
    },
}


class Hook:
    """A webhook as the outside world sees it."""

    def __init__(
        self, public: socket.socket, private: socket.socket, task: asyncio.Future[None]
    ) -> None:
        self.task = task
        self.url = f"http://127.0.0.1:{public.getsockname()[1]}"
        self.metrics = f"http://127.0.0.1:{private.getsockname()[1]}/metrics"

    async def posts(self, body: bytes, secret: str = secret_of("42:TEST")) -> int:
        """Post something to the webhook; give the status."""
        headers = {SECRET_HEADER: secret} if secret else {}
        async with aiohttp.ClientSession() as http:
            answer = await http.post(f"{self.url}/telegram", data=body, headers=headers)
            return answer.status

    async def reads(self, path: str) -> tuple[int, str]:
        """Read a page; give status and text."""
        async with aiohttp.ClientSession() as http:
            answer = await http.get(path if path.startswith("http") else self.url + path)
            return answer.status, await answer.text()


Hooked = Callable[..., AbstractAsyncContextManager[Hook]]


@pytest.fixture
def hooked(api: BotApi, library: Library, clock: StoppedClock, database: str) -> Hooked:
    """Run workers behind one address for as long as a block lasts."""

    @asynccontextmanager
    async def hook(turns: type[Turns] = Turns, workers: int = 1) -> AsyncIterator[Hook]:
        public = socket.create_server(("127.0.0.1", 0))
        private = [socket.create_server(("127.0.0.1", 0)) for _ in range(workers)]
        shared = [public.dup() for _ in range(workers)]
        tasks, stores = [], []
        for number, doors in enumerate(zip(shared, private, strict=True)):
            settings = read_settings(
                {
                    "KITH_TELEGRAM_TOKEN": "42:TEST",
                    "KITH_TELEGRAM_API_URL": api.url,
                    "KITH_DATABASE_URL": database,
                    "KITH_SENDS_A_SECOND": "1000",
                    "KITH_WEBHOOK_URL": f"http://127.0.0.1:{public.getsockname()[1]}/telegram",
                }
            )
            store = opened_store(settings.database_url)
            stores.append(store)
            working = turns(store, library, clock, f"worker {number}")
            tasks.append(asyncio.ensure_future(run(working, settings, doors)))
        await arrived(api, "setWebhook", workers)
        try:
            yield Hook(public, private[0], tasks[0])
        finally:
            for task in tasks:
                task.cancel()
            ends = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(isinstance(end, asyncio.CancelledError | None) for end in ends), ends
            for store in stores:
                store.close()
            for door in (public, *shared, *private):
                door.close()

    return hook


async def test_a_conversation_runs_over_the_webhook(hooked: Hooked, jo: Talk) -> None:
    """Whatever can be said when Kith asks for updates can be said when Telegram posts them."""
    async with hooked():
        await jo.says("/start")
        await jo.taps("Yes")
        await jo.says("No, only me")
        assert jo.session().answers["phone"].value == "private"


async def test_a_post_is_acknowledged_only_once_its_turn_is_kept(
    api: BotApi, hooked: Hooked, jo: Talk
) -> None:
    """With the database away Telegram hears 503 and posts again; nothing is lost or doubled."""
    async with hooked(Away) as hook:
        await jo.person.says("/start")
        bot = Bot("42:TEST", base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot")
        async with asyncio.timeout(5), bot:
            while "503" not in ((await bot.get_webhook_info()).last_error_message or ""):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert (await hook.reads("/ready"))[0] == 503
        assert (await hook.reads("/health"))[0] == 200
        Away.gone = False
        await jo.hears()
        assert (await hook.reads("/ready"))[0] == 200
        await api.drained()
        assert jo.session().turn == 1


@pytest.mark.parametrize(
    ("body", "secret", "status"),
    [
        (json.dumps(START).encode(), "", 403),
        (json.dumps(START).encode(), "wrong", 403),
        (json.dumps(START).encode(), "wröng", 403),
        (b"[" * (MOST_BYTES + 1), secret_of("42:TEST"), 413),
        (b"no json", secret_of("42:TEST"), 200),
        (b"[]", secret_of("42:TEST"), 200),
        (b'{"update_id": "x", "message": 5}', secret_of("42:TEST"), 200),
        (b'{"update_id": 5}', secret_of("42:TEST"), 200),
        (b"\xff\xfe", secret_of("42:TEST"), 200),
        (b"[" * 100_000, secret_of("42:TEST"), 200),
    ],
    ids=["none", "wrong", "odd", "huge", "text", "list", "broken", "empty", "bytes", "deep"],
)
async def test_only_telegram_is_listened_to(
    body: bytes, secret: str, status: int, hooked: Hooked, jo: Talk
) -> None:
    """Without the secret nobody is heard; what can't be read does not come again for ever."""
    async with hooked() as hook:
        assert await hook.posts(body, secret) == status
        assert jo.row() == b""
        await jo.says("/start")


async def test_what_can_not_be_read_is_in_no_log(hooked: Hooked, logged: Logged) -> None:
    """Words, names and numbers of an update that is passed over: only the type of the fault."""
    said: dict[str, Any] = START["message"] | {"text": ["Rosemary"]}
    bodies = [b"Rosemary, no json", json.dumps({"update_id": 5, "message": said}).encode()]
    bodies.append(b'{"update_id": 6, "message": "Rosemary"}')
    async with hooked() as hook:
        for body in bodies:
            assert await hook.posts(body) == 200
    lines = logged.lines("update-passed-over")
    assert len(lines) == len(bodies)
    assert "JSONDecodeError" in [line["fault"] for line in lines]
    assert "Rosemary" not in logged.written


async def test_what_a_process_counts_says_nothing_about_anybody(hooked: Hooked, jo: Talk) -> None:
    """Operators see how many, how fast and what failed; never who or what."""
    async with hooked() as hook:
        await jo.says("/start")
        await jo.says("CANARY")
        await hook.posts(b"no json")
        again = START | {"update_id": 1}
        await hook.posts(json.dumps(again).encode())
        _, metrics = await hook.reads(hook.metrics)
    assert 'kith_updates_total{outcome="taken"} 2.0' in metrics
    assert 'kith_updates_total{outcome="unreadable"} 1.0' in metrics
    assert 'kith_updates_total{outcome="repeated"} 1.0' in metrics
    assert 'kith_sends_total{outcome="sent"}' in metrics
    assert "kith_unnoticed_texts_total 0.0" in metrics
    assert "CANARY" not in metrics
    assert "telegram:7" not in metrics


async def test_a_text_that_could_not_be_read_for_danger_is_counted(
    hooked: Hooked, jo: Talk
) -> None:
    """Operators see that noticing fails; the person reads where help is, and goes on."""
    async with hooked(Deaf) as hook:
        await jo.says("/start")
        assert "If you are not safe" in str(await jo.says("yes"))
        _, metrics = await hook.reads(hook.metrics)
    assert re.search(r"^kith_unnoticed_texts_total [1-9]", metrics, re.MULTILINE)


async def test_metrics_are_not_on_the_public_port(hooked: Hooked) -> None:
    """What is for operators is not for everybody."""
    async with hooked() as hook:
        assert (await hook.reads("/metrics"))[0] == 404


async def test_two_workers_share_the_people(hooked: Hooked, meets: Meets, api: BotApi) -> None:
    """Whichever worker a message reaches, each person is answered once and in order."""
    people = [meets(number, f"P{number}") for number in range(20, 32)]
    async with hooked(workers=2):

        async def talks(one: Talk) -> None:
            await one.says("/start")
            api.repeat()
            await one.taps("Yes")
            await one.says("No, only me")
            await one.says("Yes, go on")

        await asyncio.gather(*map(talks, people))
        await api.drained()
    for one in people:
        assert one.session().turn == 4
        assert len(set(one.said)) == len(one.said)


async def test_a_stop_finishes_what_is_in_hand(hooked: Hooked, jo: Talk) -> None:
    """Told to stop in the middle of a turn, Kith keeps it, says 200, sends the answer, and ends."""
    answer = START | {"message": {**START["message"], "text": "Yes"}}
    async with hooked(Slow) as hook:
        await jo.says("/start")
        Slow.began.clear()
        posted = asyncio.ensure_future(hook.posts(json.dumps(answer).encode()))
        await asyncio.to_thread(Slow.began.wait, 20)
        hook.task.cancel()
        assert await posted == 200
        await asyncio.wait([hook.task])
    assert jo.session().turn == 2
    assert (await jo.hears())[-1].text == PHONE
    assert jo.waiting() == 0
