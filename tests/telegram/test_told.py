"""What the operator reads while Kith serves: steps, kinds, durations and codes; nobody's words."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import pytest

from bot.library import Library
from bot.logs.guarding import Foreign
from bot.parcels import pack
from bot.turns import Turns
from storage.store import Letter, Store
from tests.botapi import BotApi, Fault
from tests.databases import opened_store
from tests.logged import Logged
from tests.telegram.conftest import Meets, Serving
from tests.telegram.faults import Refusing
from tests.telegram.talk import Talk

CHAT, MARK = 5550123456, "Rosemary drinks"
WORDS = ("rosemary", "drinks", str(CHAT), "42:test", "telegram:")


@dataclass(frozen=True, slots=True)
class Breaking(Library):
    """Words that can't be found, with somebody's in the message."""

    def speaking(self, language: str) -> Library:
        """Fail."""
        raise ValueError(MARK, language)


class Broken(Turns):
    """Every turn fails by itself."""

    def __init__(
        self, store: Store, library: Library, clock: Callable[[], datetime], holder: str
    ) -> None:
        broken = Breaking(**{each.name: getattr(library, each.name) for each in fields(library)})
        super().__init__(store, broken, clock, holder)


@pytest.fixture(autouse=True)
def _libraries_guarded() -> Iterator[None]:
    """Let what libraries log go the way that it goes in a program."""
    foreign = Foreign()
    logging.getLogger().addHandler(foreign)
    yield
    logging.getLogger().removeHandler(foreign)


@pytest.fixture
def her(meets: Meets) -> Talk:
    """Give somebody whose number and name can be looked for."""
    return meets(CHAT, "Rosemary")


def nothing_of_her_in(logged: Logged) -> None:
    """Assert that neither words, name, number nor token are in what came out."""
    for word in WORDS:
        assert word not in logged.written.lower(), word
    assert "Traceback" not in logged.written


def the(*events: str, logged: Logged) -> Mapping[str, Any]:
    """Give the first line of these events."""
    return logged.lines(*events)[0]


async def test_each_turn_is_one_line_of_step_kind_and_duration(
    serving: Serving, her: Talk, logged: Logged
) -> None:
    """Where it led, by what kind of event, how long it took; and nothing else."""
    async with serving():
        await her.says("/start")
        await her.says(MARK)
        await her.taps("Yes")
    lines = [
        {name: each for name, each in line.items() if name not in {"at", "ms"}}
        for line in logged.lines()
    ]
    turn = {"level": "info", "event": "turn", "outcome": "taken", "script": "reflection"}
    assert lines == [
        {**turn, "kind": "text", "step": "adult"},
        {**turn, "kind": "text", "step": "adult"},
        {**turn, "kind": "choice", "step": "phone"},
    ]
    assert all(0 < line["ms"] < 10_000 for line in logged.lines())
    nothing_of_her_in(logged)


async def test_a_text_that_raises_a_concern_is_a_text_like_any_other(
    serving: Serving, her: Talk, logged: Logged
) -> None:
    """Nobody can read from the log whose words weighed heavy, or when."""
    async with serving():
        await her.says("/start")
        await her.says("I want to kill myself tonight")
        await her.taps("I have seen this")
        await her.taps("Yes, go on")
        await her.says("It is soup")
    _, heavy, plain = [line for line in logged.lines() if line["kind"] == "text"]
    assert {**heavy, "at": "", "ms": 0} == {**plain, "at": "", "ms": 0}


async def test_a_turn_that_fails_says_where(serving: Serving, her: Talk, logged: Logged) -> None:
    """Type and place, so that it can be mended; the words in the exception stay where they are."""
    async with serving(Broken):
        await her.person.says(MARK)
        await her.person.sees()
    line = the("turn-failed", logged=logged)
    assert (line["kind"], line["fault"]) == ("text", "ValueError")
    assert [each.rpartition(":")[2] for each in line["places"]] == ["_turned"]
    assert "please report this line" in line["says"]
    nothing_of_her_in(logged)


async def test_a_sending_that_fails_tells_no_words(
    database: str, api: BotApi, serving: Serving, her: Talk, logged: Logged
) -> None:
    """A message that can't be read, one that Telegram refuses, one that is cut off."""
    store = opened_store(database)
    name = store.name("telegram", "8")
    with store.transaction() as tx:
        tx.ensure([name], 0.0)
        tx.post([Letter(name, pack({"chat": 8}), MARK.encode())], time.time())
    store.close()
    api.inject("sendMessage", Fault(status=400))
    api.inject("sendMessage", Fault(cut="before"))
    async with serving():
        await her.person.says("/start")
        async with asyncio.timeout(10):
            while {line["event"] for line in logged.lines("not-sent-yet", "message-refused")} != {  # noqa: ASYNC110
                "not-sent-yet",
                "message-refused",
            }:
                await asyncio.sleep(0.05)
    assert {line["fault"] for line in logged.lines("message-refused")} == {"BadRequest"}
    assert "JSONDecodeError" in {line["fault"] for line in logged.lines("not-sent-yet")}
    nothing_of_her_in(logged)


async def test_an_update_that_can_not_be_read_tells_no_words(
    serving: Serving, her: Talk, meets: Meets, logged: Logged
) -> None:
    """It is passed over, and said so by the type of the fault and its place."""
    broken = {"id": "1", "question": MARK, "options": []}
    her.person._utter(her.person.user, {"poll": broken})
    al = meets(8, "Al")
    async with serving():
        await al.says("/start")
    assert the("update-passed-over", logged=logged)["fault"] == "TypeError"
    assert the("updates-not-read", logged=logged)["fault"] == "TypeError"
    nothing_of_her_in(logged)


async def test_a_database_that_is_away_tells_no_words(
    serving: Serving, her: Talk, logged: Logged
) -> None:
    """One line says that it is away and one that it is back; what was being written is in none."""
    async with serving(Refusing):
        await her.says(MARK)
    assert [line["event"] for line in logged.lines() if line["level"] == "error"] == [
        "database-away",
        "database-back",
    ]
    nothing_of_her_in(logged)
