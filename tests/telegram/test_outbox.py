"""What waits in the outbox, in the cases that only a bad moment shows."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from bot.arrivals import Arrival
from bot.channels.telegram.help_from_memory import HelpFromMemory
from bot.channels.telegram.sending import Sender
from bot.engine.effects import Say
from bot.engine.events import ConcernRaised
from bot.library import Library
from bot.metrics import Metrics
from bot.parcels import Outgoing, pack, pack_outgoing
from bot.turns import Turns
from bot.writer import Writer
from storage.outbox import Lease
from tests.botapi import BotApi, Fault
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.rows import post

ADDRESS = pack({"channel": "telegram", "chat": 7})
LONG = "one " * 1000


class Office:
    """A sender with its writer, on a database of its own."""

    def __init__(self, api: BotApi, folder: Path, library: Library, clock: StoppedClock) -> None:
        self.store = opened_store(f"sqlite:///{folder}/kith.db")
        self.turns = Turns(self.store, library, clock, "me")
        loop = asyncio.get_running_loop()
        self.writer = Writer(
            self.turns, Metrics(), lambda _: None, loop.create_future, loop.call_soon_threadsafe
        )
        self.bot = Bot("42:TEST", base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot")
        self.sender = Sender(self.bot, self.turns, self.writer, Metrics())

    def posts(self, *texts: str, holder: str = "me") -> list[int]:
        with self.store.transaction() as tx:
            bodies = [pack_outgoing(Outgoing(Say(text))) for text in texts]
            lease = Lease(holder, self.turns.lease().until)
            return post(tx, "telegram:7", ADDRESS, bodies, lease)

    def waiting(self) -> int:
        with self.store.transaction() as tx:
            return len(tx.waiting("telegram:7"))


@pytest.fixture
async def office(
    api: BotApi, tmp_path: Path, library: Library, clock: StoppedClock
) -> AsyncIterator[Office]:
    office = Office(api, tmp_path, library, clock)
    async with office.bot:
        yield office
        office.sender.stop()
    office.writer.close()
    office.store.close()


async def test_a_message_after_one_that_was_forgotten_half_way_is_sent_whole(
    api: BotApi, office: Office
) -> None:
    """How far one message got says nothing about the next."""
    jo = api.person(7)
    await jo.says("/start")
    api.inject("sendMessage", Fault(status=502))
    office.posts(LONG + "\n\n" + "two " * 1000)
    api.faults.clear()
    office.sender.look("telegram:7")
    await api.until_called("sendMessage", 1)
    api.inject("sendMessage", Fault(status=502), times=2)
    await api.until_called("sendMessage", 2)
    with office.store.transaction() as tx:
        tx.erase(["telegram:7"], 1.0)
    office.posts("All is forgotten.")
    office.sender.look("telegram:7")
    api.faults.clear()
    await office.sender.finish(10)
    assert [seen.text for seen in jo.history() if seen.by_bot][-1] == "All is forgotten."
    assert office.waiting() == 0


async def test_what_was_erased_while_it_waited_is_not_sent(api: BotApi, office: Office) -> None:
    """A renewal finds that a row is gone, and lets go of its message."""
    jo = api.person(7)
    await jo.says("/start")
    api.inject("sendMessage", Fault(status=429, retry_after=1))
    office.posts("CANARY")
    office.sender.look("telegram:7")
    await api.until_called("sendMessage", 1)
    with office.store.transaction() as tx:
        tx.erase(["telegram:7"], 1.0)
    await office.sender.finish(5)
    assert "CANARY" not in str([seen.text for seen in jo.history() if seen.by_bot])


async def test_what_another_holds_is_left_to_it(api: BotApi, office: Office) -> None:
    """As long as another process may send a person's messages, this one does not."""
    jo = api.person(7)
    await jo.says("/start")
    office.posts("theirs", holder="other")
    office.sender.look("telegram:7")
    await office.sender.finish(5)
    assert api.calls_of("sendMessage") == []
    assert office.waiting() == 1


async def test_help_that_did_not_arrive_is_tried_again(api: BotApi, office: Office) -> None:
    """Only help that was sent is not sent again when the update comes again."""
    jo = api.person(7)
    await jo.says("/start")
    away = HelpFromMemory(office.bot, office.turns.library.catalogue)
    asking = [Arrival("telegram:7", {"chat": 7}, ConcernRaised("suicide", "explicit", "me"), "e")]
    api.inject("sendMessage", Fault(status=502))
    for _ in range(3):
        await away.answer(asking)
    assert len([seen for seen in jo.history() if seen.by_bot]) == 1
