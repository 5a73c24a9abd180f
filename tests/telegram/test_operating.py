"""What an operator meets: one clear line with the remedy, and a stop that is one."""

import asyncio
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict

from tests import running
from tests.botapi import BotApi, Fault
from tests.conftest import ROOT
from tests.logged import is_complaint
from tests.numbers import confirmed
from tests.running import Program
from tests.telegram.talk import Talk, arrived

LISTENING = "Kith is listening as @kith_test_bot. Ctrl-C stops it."
"""How the one line begins that says that all is well."""


@contextmanager
def program(
    database: str, *command: str, ready: bool = True, anew: bool = False, **settings: str
) -> Iterator[Program]:
    """Run `kith telegram`, or another command, as operators do; `ready` has its numbers.

    `anew` starts Python anew for it; otherwise it is forked from a process that is loaded.
    """
    if ready:
        confirmed(database)
    settings = {"KITH_DATABASE_URL": database, **settings}
    with running.program(*(command or ("telegram",)), anew=anew, **settings) as process:
        yield process


async def ended(process: Program) -> tuple[int | None, list[str]]:
    """Wait for the end; give the exit code and what was complained about, line by line."""
    code, lines = await process.ended(within=20)
    return code, [line for line in lines if not line.startswith(LISTENING) and is_complaint(line)]


def serving_at(api: BotApi) -> dict[str, str]:
    return {"KITH_TELEGRAM_TOKEN": "42:TEST", "KITH_TELEGRAM_API_URL": api.url}


@pytest.mark.parametrize(
    ("settings", "remedy"),
    [
        ({"KITH_TELEGRAM_TOKEN": ""}, "KITH_TELEGRAM_TOKEN"),
        ({"KITH_TELEGRAM_TOKEN": "43:OTHER"}, "KITH_TELEGRAM_TOKEN"),
        ({"KITH_TELEGRAM_API_URL": "http://127.0.0.1:1"}, "KITH_TELEGRAM_API_URL"),
    ],
    ids=["no token", "wrong token", "unreachable"],
)
async def test_a_setting_that_does_not_work_is_one_line_with_the_remedy(
    settings: dict[str, str], remedy: str, api: BotApi, database: str
) -> None:
    """Whoever sets Kith up reads which setting to look at, and nothing else; exit code 2."""
    with program(database, **(serving_at(api) | settings)) as process:
        code, lines = await ended(process)
    assert code == 2
    assert len(lines) == 1, lines
    assert remedy in lines[0]


async def test_an_address_where_something_else_answers_is_named(database: str) -> None:
    """Pointed at a web page instead of a Bot API, Kith says which setting to look at."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<h1>Welcome</h1>", content_type="text/html")

    runner = web.AppRunner(elsewhere := web.Application())
    elsewhere.router.add_route("*", "/{path:.*}", page)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    settings = {"KITH_TELEGRAM_TOKEN": "42:TEST", "KITH_TELEGRAM_API_URL": url}
    with program(database, **settings) as process:
        code, lines = await ended(process)
    await runner.cleanup()
    assert code == 2
    assert len(lines) == 1, lines
    assert "KITH_TELEGRAM_API_URL" in lines[0]


async def test_a_bot_that_is_told_all_of_a_group_is_warned_of(api: BotApi, database: str) -> None:
    """Where privacy mode is off, one line at the start says so, with the remedy; Kith serves on."""
    api.reads_groups = True
    with program(database, **serving_at(api)) as process:
        await arrived_late(api, "getUpdates")
        process.send_signal(signal.SIGTERM)
        code, lines = await ended(process)
    assert code == 0
    (line,) = lines
    assert "shows Kith all that is said in groups" in line
    assert "/setprivacy" in line


async def test_a_second_program_with_the_token_is_named(api: BotApi, database: str) -> None:
    """Two programs on one token can't both serve people; the one that loses says why."""
    with program(database, **serving_at(api)) as process:
        await arrived_late(api, "getUpdates")
        bot = Bot("42:TEST", base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot")
        async with bot:
            other = asyncio.ensure_future(asks_on_and_on(bot))
            code, lines = await ended(process)
            other.cancel()
            await asyncio.gather(other, return_exceptions=True)
    assert code == 2
    assert len(lines) == 1, lines
    assert "stop the other one first" in lines[0]


async def asks_on_and_on(bot: Bot) -> None:
    while True:
        with suppress(Conflict):
            await bot.get_updates(timeout=20)


async def test_a_program_that_asks_once_with_the_token_is_outlived(
    api: BotApi, database: str, jo: Talk
) -> None:
    """A moment of two programs, as at a restart, does not end the one that stays."""
    with program(database, **serving_at(api)):
        await arrived_late(api, "getUpdates")
        bot = Bot("42:TEST", base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot")
        async with bot:
            await bot.get_updates(timeout=1)
        await jo.says("/start")


async def arrived_late(api: BotApi, method: str) -> None:
    """Wait until a program that has just been started makes a call."""
    for _ in range(4):
        try:
            return await arrived(api, method)
        except TimeoutError:
            continue
    raise AssertionError(f"{method} was never called")


async def test_broken_dialogues_are_named_line_by_line(
    api: BotApi, database: str, tmp_path: Path
) -> None:
    """Each slip of an author's is one line with file, line and column; nothing is served."""
    folder = shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues")
    script = folder / "scripts" / "reflection.yaml"
    text = script.read_text(encoding="utf-8")
    broken = text.replace("go: too_young", "go: to_young").replace("go: brings", "go: bring")
    script.write_text(broken, encoding="utf-8")
    settings = serving_at(api) | {"KITH_DIALOGUES": str(folder)}
    with program(database, **settings) as process:
        code, lines = await ended(process)
    assert code == 1
    assert any("'to_young'" in line for line in lines)
    assert any("'bring'" in line for line in lines)
    for line in lines:
        _, number, column, *_ = line.partition("scripts/")[2].split(":")
        assert number.isdecimal()
        assert column.split()[0].isdecimal()
    assert api.calls == []


async def test_a_stop_is_a_clean_end(api: BotApi, database: str, jo: Talk) -> None:
    """Told to stop while it serves people, Kith ends with exit code 0 and nothing to say."""
    with program(database, **serving_at(api)) as process:
        await arrived_late(api, "getUpdates")
        await jo.says("/start")
        await jo.taps("Yes")
        process.send_signal(signal.SIGTERM)
        code, lines = await ended(process)
    assert (code, lines) == (0, [])
    assert jo.waiting() == 0


async def test_a_stop_while_starting_is_a_clean_end(api: BotApi, database: str) -> None:
    """Told to stop before Telegram has answered for the first time, Kith ends cleanly too."""
    api.inject("getMe", Fault(delay=20))
    with program(database, anew=True, **serving_at(api)) as process:
        await arrived_late(api, "getMe")
        process.send_signal(signal.SIGTERM)
        code, lines = await ended(process)
    assert (code, lines) == (0, [])


async def test_a_second_stop_ends_at_once(api: BotApi, database: str, jo: Talk) -> None:
    """An operator who asks twice is not kept waiting by a message that can't go out now."""
    with program(database, **serving_at(api)) as process:
        await arrived_late(api, "getUpdates")
        api.inject("sendMessage", Fault(retry_after=600), times=20)
        await jo.person.says("/start")
        await api.until_called("sendMessage")
        process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        code, lines = await ended(process)
    assert (code, lines) == (0, [])
    assert jo.waiting() == 2, "what could not go out waits for the next start"


async def test_a_token_that_is_revoked_while_serving_is_named(
    api: BotApi, database: str, jo: Talk
) -> None:
    """A token that stops working ends in the same one line as one that never worked."""
    with program(database, **serving_at(api)) as process:
        await arrived_late(api, "getUpdates")
        api.token = "42:NEW"
        await jo.person.says("/start")
        code, lines = await ended(process)
    assert code == 2
    assert len(lines) == 1, lines
    assert "KITH_TELEGRAM_TOKEN" in lines[0]


@pytest.mark.parametrize(
    ("settings", "remedy"),
    [
        ({"KITH_TELEGRAM_TOKEN": ""}, "KITH_TELEGRAM_TOKEN"),
        ({"KITH_WEBHOOK_URL": ""}, "KITH_WEBHOOK_URL"),
        ({"KITH_WEBHOOK_URL": "https://kith.example.org/elsewhere"}, "KITH_WEBHOOK_URL"),
        ({"KITH_WEBHOOK_URL": "http://kith.example.org/telegram"}, "KITH_WEBHOOK_URL"),
        ({"KITH_PORT": "taken"}, "KITH_PORT"),
        ({"KITH_PORT": "many"}, "KITH_PORT"),
        ({"KITH_SENDS_A_SECOND": "0"}, "KITH_SENDS_A_SECOND"),
        ({"KITH_ZONE": "Mars/Olympus"}, "KITH_ZONE"),
        ({"KITH_QUIET": "at night"}, "KITH_QUIET"),
    ],
    ids=lambda each: " ".join(each.values()) or "empty" if isinstance(each, dict) else "",
)
async def test_a_setting_of_the_webhook_that_does_not_work_is_one_line(
    settings: dict[str, str], remedy: str, api: BotApi, database: str
) -> None:
    """Whoever sets the webhook up reads which setting to look at, and nothing else; exit code 2."""
    good = serving_at(api) | {"KITH_WEBHOOK_URL": "https://kith.example.org/telegram"}
    with socket.create_server(("", 0)) as taken:
        if settings.get("KITH_PORT") == "taken":
            settings = {"KITH_PORT": str(taken.getsockname()[1])}
        ports = {"KITH_PORT": "0", "KITH_METRICS_PORT": "0"}
        with program(database, "serve", **(good | ports | settings)) as process:
            code, lines = await ended(process)
    assert code == 2
    assert len(lines) == 1, lines
    assert remedy in lines[0]


@pytest.mark.parametrize("command", ["telegram", "serve"])
async def test_nothing_is_served_before_the_numbers_are_confirmed(
    command: str, api: BotApi, database: str
) -> None:
    """One clear line with the remedy, and Telegram is not even asked; exit code 2."""
    webhook = {"KITH_WEBHOOK_URL": "https://kith.example.org/telegram"}
    ports = {"KITH_PORT": "0", "KITH_METRICS_PORT": "0"}
    settings = serving_at(api) | webhook | ports
    with program(database, command, ready=False, **settings) as process:
        code, lines = await ended(process)
    assert code == 2
    assert len(lines) == 1, lines
    assert "the help numbers are unconfirmed" in lines[0]
    assert "-> ring or look up each in dialogues/safety/numbers.yaml" in lines[0]
    assert "`kith doctor --confirm-numbers`" in lines[0]
    assert api.calls == []


async def test_the_remedy_works(api: BotApi, database: str, jo: Talk) -> None:
    """Whoever types the command that the line names can then serve people."""
    arguments = ("doctor", "--confirm-numbers", "Sam")
    with program(database, *arguments, ready=False, **serving_at(api)) as process:
        code, lines = await ended(process)
    assert (code, lines) == (0, [])
    with program(database, ready=False, anew=True, **serving_at(api)):
        await arrived_late(api, "getUpdates")
        await jo.says("/start")


async def test_numbers_confirmed_long_ago_are_warned_of(api: BotApi, database: str) -> None:
    """People are still served; the operator reads at every start that somebody should look."""
    confirmed(database, days_ago=91)
    with program(database, ready=False, **serving_at(api)) as process:
        await arrived_late(api, "getUpdates")
        process.send_signal(signal.SIGTERM)
        code, lines = await ended(process)
    assert code == 0
    assert len(lines) == 1, lines
    assert lines[0].startswith("kith: the help numbers were confirmed 91 days ago, by Sam -> ")
