"""A database that is away for a while: the operator is told, people wait, nothing is lost."""

import asyncio
import os
import resource
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.botapi import Person
from tests.conftest import ROOT
from tests.logged import is_complaint
from tests.numbers import confirmed
from tests.postgres import DRIVER, server_of_our_own
from tests.storm.dialogue import laid_out
from tests.storm.places import TOKEN, free_port
from tests.storm.troubles import (
    Trouble,
    bound_by_permissions,
    disk_full,
    server_killed,
    server_read_only,
)
from tests.storm.watched import Put, Watched

A_PAGE = 4096
A_WHILE, SETTLED = 3.0, 0.3
needs_limits = pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="limits of another process can't be set here"
)


@pytest.fixture(scope="module")
def server() -> Iterator[object]:
    """Give a PostgreSQL that may be killed."""
    with server_of_our_own() as one:
        yield one


@pytest.fixture
def troubled(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Trouble]:
    """Give the address of a database, and what is to befall it."""
    file = tmp_path / "kith.db"
    match request.param:
        case "full":
            return f"sqlite:///{file}", disk_full(file, A_PAGE)
        case "unwritable":
            return f"sqlite:///{file}", disk_full(file, 0)
    one, name = request.getfixturevalue("server"), f"kith_{uuid4().hex}"
    address = make_url(one.get_uri()).set(drivername=DRIVER)
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    url = address.set(database=name).render_as_string(hide_password=False)
    return url, server_killed(one) if request.param == "killed" else server_read_only(one)


@asynccontextmanager
async def program(
    folder: Path, database: str, api: Watched, command: str = "telegram", *, bound: bool = False
) -> AsyncIterator[tuple[Process, list[str]]]:
    """Run `python -m bot`; give it with the lines of its complaints, as they come."""
    ports = [str(free_port()), str(free_port())]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    dialogues = laid_out(folder / "dialogues")
    if not bound:
        confirmed(database, dialogues)
    settings = {
        "KITH_DIALOGUES": str(dialogues),
        "KITH_DATABASE_URL": database,
        "KITH_TELEGRAM_TOKEN": TOKEN,
        "KITH_TELEGRAM_API_URL": api.url,
        "KITH_WEBHOOK_URL": f"http://127.0.0.1:{ports[0]}/telegram",
        "KITH_PORT": ports[0],
        "KITH_METRICS_PORT": ports[1],
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", command),
        env={**clean, **settings},
        cwd=ROOT,
        stderr=PIPE,
        preexec_fn=bound_by_permissions if bound else None,
    )
    told: list[str] = []
    reading = asyncio.ensure_future(_read(process, told))
    try:
        yield process, told
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


async def _read(process: Process, told: list[str]) -> None:
    assert process.stderr is not None
    async for line in process.stderr:
        said = line.decode().rstrip()
        told += [said] if is_complaint(said) and not said.startswith("Kith is listening") else []


async def asked(api: Watched, person: Person, step: str, seconds: float = 20.0) -> Put:
    """Wait until somebody's newest question is this one."""
    chat = person.user["id"]
    async with asyncio.timeout(seconds):
        while not (api.puts[chat] and api.puts[chat][-1].step == step):
            api.stirred[chat].clear()
            await api.stirred[chat].wait()
    return api.puts[chat][-1]


async def puts(api: Watched, person: Person, many: int, seconds: float = 20.0) -> None:
    """Wait until somebody was sent so many messages."""
    chat = person.user["id"]
    async with asyncio.timeout(seconds):
        while len(api.puts[chat]) < many:
            api.stirred[chat].clear()
            await api.stirred[chat].wait()


async def both_at_the_first_question(api: Watched) -> tuple[Person, Person]:
    """Give two people who were asked the first question, with nothing on its way any more."""
    jo, al = api.person(1, first_name="Jo"), api.person(2, first_name="Al")
    for one in (jo, al):
        await one.says("/start")
        await asked(api, one, "ready")
    await api.drained()
    await asyncio.sleep(SETTLED)
    return jo, al


@pytest.mark.parametrize(
    ("troubled", "command"),
    [
        pytest.param("full", "telegram", marks=needs_limits),
        pytest.param("unwritable", "telegram", marks=needs_limits),
        ("killed", "telegram"),
        ("read-only", "telegram"),
        ("killed", "serve"),
        ("read-only", "serve"),
    ],
    indirect=["troubled"],
)
async def test_what_comes_while_the_database_is_away_is_taken_when_it_is_back(
    troubled: tuple[str, Trouble], command: str, tmp_path: Path
) -> None:
    """Updates stay with Telegram meanwhile, help is given from memory once, then all goes on."""
    database, trouble = troubled
    async with (
        await Watched.start(TOKEN) as api,
        program(tmp_path, database, api, command) as (process, _),
    ):
        jo, al = await both_at_the_first_question(api)
        await trouble.begin(process.pid)
        await jo.says("Let us begin")
        await al.says("/help")
        before = len(api.puts[2])
        await puts(api, al, before + 1)
        assert "999 - for anyone" in api.puts[2][-1].text
        await asyncio.sleep(A_WHILE)
        assert len(api.puts[2]) == before + 1, "help from memory comes once"
        assert api.puts[1][-1].step == "ready", "nothing is said that was not kept"
        assert api.undelivered() == 2, "Telegram keeps what was not"
        await trouble.end(process.pid)
        await asked(api, jo, "brings")
        await jo.says("all is well again")
        await asked(api, jo, "touches")
        await puts(api, al, before + 2)
        await api.drained()
        assert "999 - for anyone" in api.puts[2][-1].text
        await asyncio.sleep(SETTLED)
        assert len(api.puts[2]) == before + 2, "the help that was asked for is kept now"


@pytest.mark.parametrize(
    "troubled", [pytest.param("full", marks=needs_limits), "killed"], indirect=True
)
async def test_the_operator_reads_one_line_however_long_the_database_is_away(
    troubled: tuple[str, Trouble], tmp_path: Path
) -> None:
    """It says what is wrong and, behind an arrow, what would help; another one says it is over."""
    database, trouble = troubled
    async with (
        await Watched.start(TOKEN) as api,
        program(tmp_path, database, api) as (process, told),
    ):
        jo, al = await both_at_the_first_question(api)
        await trouble.begin(process.pid)
        await jo.says("Let us begin")
        await al.says("Let us begin")
        await asyncio.sleep(A_WHILE)
        assert len([line for line in told if " -> " in line]) == len(told) == 1, told
        await trouble.end(process.pid)
        await asked(api, jo, "brings")
        await asked(api, al, "brings")
        assert len(told) == 2, told


async def test_a_database_that_can_only_be_read_is_one_line_and_loses_nothing(
    tmp_path: Path,
) -> None:
    """Kith ends at once and says which setting to look at; mended, it goes on where it was."""
    folder = tmp_path / "data"
    folder.mkdir()
    file = folder / "kith.db"
    database = f"sqlite:///{file}"
    async with await Watched.start(TOKEN) as api:
        jo = api.person(1, first_name="Jo")
        async with program(tmp_path, database, api):
            await jo.says("/start")
            await asked(api, jo, "ready")
            await api.drained()
            await asyncio.sleep(0.3)
        await jo.says("Let us begin")
        for one in folder.glob("kith.db*"):
            one.chmod(0o400)
        folder.chmod(0o555)
        try:
            async with program(tmp_path, database, api, bound=True) as (process, told):
                code = await asyncio.wait_for(process.wait(), 20)
        finally:
            folder.chmod(0o755)
            for one in folder.iterdir():
                one.chmod(0o600)
        assert code == 2
        (line,) = told
        assert line.startswith("kith: ")
        assert "KITH_DATABASE_URL" in line
        assert api.undelivered() == 1
        async with program(tmp_path, database, api):
            await asked(api, jo, "brings")
