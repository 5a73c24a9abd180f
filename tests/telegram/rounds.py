"""A whole round on Telegram: processes that can be killed, people in groups, and what each reads."""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.app import opened
from bot.channels.telegram.serving import run
from bot.clock import Clock
from bot.settings import read_settings
from tests.botapi import BotApi, Group, Person
from tests.running import FORKING, clean, end_with_the_test
from tests.storm.front import Front
from tests.storm.places import free_port
from tests.telegram.conftest import FAST

TOKEN = "42:TEST"
PATIENCE = 15.0


@dataclass(slots=True)
class Place:
    """Where Kith runs: the processes on one database, each with its settings and its ports."""

    api: BotApi
    log: Path
    settings: list[dict[str, str]]
    lives: list[ForkServerProcess] = field(default_factory=list)

    async def begins(self) -> None:
        """Start every process."""
        self.lives = [await self._life(each) for each in self.settings]

    async def is_killed(self, which: int = 0) -> None:
        """Let one process end at this very moment, and another take its place."""
        life = self.lives[which % len(self.lives)]
        life.kill()
        await asyncio.to_thread(life.join)
        assert life.exitcode == -9, self.log.read_text(encoding="utf-8")[-2000:]
        self.lives[which % len(self.lives)] = await self._life(
            self.settings[which % len(self.lives)]
        )

    async def ends(self) -> None:
        """Let every process end."""
        for life in self.lives:
            life.kill()
            await asyncio.to_thread(life.join)

    async def _life(self, settings: dict[str, str]) -> ForkServerProcess:
        life = FORKING.Process(target=_live, args=(settings, str(self.log)), daemon=True)
        await asyncio.to_thread(life.start)
        return life


@asynccontextmanager
async def polling(folder: Path, database: str) -> AsyncIterator[Place]:
    """One process that polls."""
    async with await BotApi.start(TOKEN) as api:
        place = Place(api, folder / "log", [_settings(api, database)])
        await place.begins()
        yield place
        await place.ends()


@asynccontextmanager
async def webhooks(folder: Path, database: str) -> AsyncIterator[Place]:
    """Two processes behind one address, on a road that doubles and loses what is posted."""
    ports = [free_port() for _ in range(4)]
    async with await BotApi.start(TOKEN) as api, Front(ports[:2], rough=True) as front:
        shared = _settings(api, database)
        shared |= {"KITH_WEBHOOK_URL": front.url, "KITH_WEBHOOK_SECRET": secrets.token_hex(8)}
        own = [
            {"KITH_PORT": str(ports[n]), "KITH_METRICS_PORT": str(ports[2 + n])} for n in range(2)
        ]
        place = Place(api, folder / "log", [shared | each for each in own])
        await place.begins()
        yield place
        await place.ends()


def _settings(api: BotApi, database: str) -> dict[str, str]:
    return {
        "KITH_TELEGRAM_TOKEN": TOKEN,
        "KITH_TELEGRAM_API_URL": api.url,
        "KITH_DATABASE_URL": database,
        "KITH_KEY_FILE": os.environ.get("KITH_KEY_FILE", ""),
        "KITH_SENDS_A_SECOND": "10000",
    }


def _live(settings: dict[str, str], log: str) -> None:
    """Serve as `kith telegram` and `kith serve` do, with chats that may be written to fast."""
    end_with_the_test()
    environment = {**clean(os.environ), **settings}
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    read = read_settings(environment)
    ports = [int(settings[name]) for name in ("KITH_PORT", "KITH_METRICS_PORT") if name in settings]
    doors = [socket.create_server(("127.0.0.1", port)) for port in ports]
    with opened(read, Clock(), holder=f"life-{ports}") as turns:
        asyncio.run(run(turns, read, (doors[0], doors[1]) if doors else None, FAST, FAST))


class Voice:
    """Somebody in a private chat, who goes on only when what they wait for stands there."""

    def __init__(self, api: BotApi, number: int, name: str) -> None:
        self.name = name
        self.number = number
        self.person: Person = api.person(number, first_name=name)

    async def says(self, text: str, until: str) -> None:
        """Write something, and wait for what is said to it."""
        mine = await self.person.says(text)
        await self.reads(until, since=mine)

    async def reads(self, until: str, since: int = 0) -> None:
        """Wait until something stands in the chat that has these words."""
        await waited(lambda: until in self.newest(since), lambda: f"{self.name}: {until} in {self}")

    def newest(self, since: int) -> str:
        """Give all that Kith said after a message, as it stands now."""
        after = [seen for seen in self.person.history() if seen.message_id > since and seen.by_bot]
        return "\n".join(seen.text for seen in after)

    async def comes(self, group: Group, called: str) -> None:
        """Follow the newest link out of the group, agree to what has to be, and take part."""
        await self.says(f"/start {code_of(group)}", "18 or over")
        await self.says("Yes", "look at this phone")
        await self.says("No, only me", "Is that all right with you")
        await self.says("Yes, go on", "Would you like to take part")
        await self.says("Yes, I'll take part", "Which name may stand")
        await self.says(called, "First of three")

    async def answers(self, words: str, how: str, then: str) -> None:
        """Answer the prompt that is open, and say what is to become of it."""
        await self.says(words, "like to do with it")
        await self.says(how, then)

    async def leads(self, label: str, told: str, *, taps: int = 1) -> None:
        """Lead: tap a button of the open panel, so many times at once, until it is told as done."""
        await waited(lambda: label in self.buttons(), lambda: f"{self.name}: {label} in {self}")
        newest = self.person.history()[-1].message_id
        for _ in range(taps):
            await self.person.taps(label)
        await self.reads(told, since=newest)

    def newest_question(self) -> str:
        """Give the newest message."""
        return self.person.history()[-1].text

    def buttons(self) -> list[str]:
        """Give the buttons of the newest message."""
        return [label for row in self.person.history()[-1].buttons for label in row]

    def __repr__(self) -> str:
        told = [seen.text for seen in self.person.history() if seen.by_bot]
        return f"{self.name} read {told[-3:]}"


def code_of(group: Group) -> str:
    """Give the code of the newest link that stands in the group."""
    links = [link for seen in group.history() for link in seen.links.values()]
    return links[-1].partition("=")[2]


def standing(group: Group) -> str:
    """Give all that the bot has said in a group, as it stands now."""
    return "\n".join(seen.text for seen in group.history() if seen.by_bot)


async def waited(done: Callable[[], bool], told: Callable[[], str]) -> None:
    """Wait until something is so; say what is there instead where it never is."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not done():  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(told()) from None
