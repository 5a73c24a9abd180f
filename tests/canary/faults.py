"""What goes wrong during a run: with Telegram, with the machine, with the database, with a row."""

import asyncio
import shutil
import signal
import sqlite3
from asyncio.subprocess import Process
from contextlib import closing
from pathlib import Path

from tests.botapi import Fault
from tests.canary.everybody import Everybody
from tests.canary.installation import ended
from tests.storm.troubles import disk_full
from tests.storm.watched import Watched

A_WHILE = 1.0
PUTTING = ("sendMessage", "editMessageText", "sendPhoto", "sendDocument", "editMessageReplyMarkup")


def refusals(api: Watched) -> None:
    """Let Telegram refuse for a while, in every way it has."""
    for method in PUTTING:
        api.inject(method, Fault(status=500), times=2)
        api.inject(method, Fault(retry_after=1))
        api.inject(method, Fault(status=400))
        api.inject(method, Fault(cut="after"))
        api.inject(method, Fault(cut="before"))
        api.inject(method, Fault(delay=0.5))


def copied(folder: Path, name: str) -> None:
    """Copy the files of the database as they lie there, the log of SQLite with them."""
    (folder / name).mkdir()
    for file in folder.glob("kith*"):
        if file.is_file():
            shutil.copy(file, folder / name / file.name)


def spoilt(file: Path, body: bytes | None = None) -> bytes:
    """Spoil the first session by one bit, or put back what was there; give what was there."""
    with closing(sqlite3.connect(file, timeout=20)) as connection, connection:
        query = "SELECT rowid, body FROM sessions ORDER BY rowid LIMIT 1"
        number, there = connection.execute(query).fetchone()
        changed = body or bytes([there[0] ^ 1]) + there[1:]
        connection.execute("UPDATE sessions SET body = ? WHERE rowid = ?", [changed, number])
    assert isinstance(there, bytes)
    return there


async def all_of_them(everybody: Everybody, process: Process) -> Process:
    """Let everything go wrong, one thing after the other; give the process that runs then."""
    place, file = everybody.place, everybody.place.folder / "kith.db"
    before = spoilt(file)
    await everybody.victim.account.says(f"{everybody.victim.person.told.new('spoilt')} hello")
    await asyncio.sleep(A_WHILE / 2)
    spoilt(file, before)
    refusals(everybody.api)
    await asyncio.to_thread(place.kith, "backup", "while-it-runs.db")
    await asyncio.sleep(A_WHILE)
    copied(place.folder, "copy-while-it-runs")
    await ended(process, signal.SIGKILL)
    copied(place.folder, "copy-after-a-kill")
    process = await place.start("telegram")
    await asyncio.sleep(A_WHILE)
    full = disk_full(file, 4096)
    await full.begin(process.pid)
    await asyncio.sleep(A_WHILE)
    await full.end(process.pid)
    await asyncio.sleep(A_WHILE)
    await ended(process, signal.SIGSEGV)
    return await place.start("telegram")
