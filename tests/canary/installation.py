"""One installation in a folder of its own: every file that its processes write lies in there."""

import asyncio
import os
import resource
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import TextIO

from sqlalchemy import create_engine, text

from tests import running
from tests.conftest import ROOT
from tests.storm.places import TOKEN

PATIENCE = 60.0
SERVING = b"Ctrl-C stops it."
"""How the line ends that says that a process serves."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation with `kith chat`: what it hears and what it says."""

    stdin: TextIO
    stdout: TextIO


@dataclass(slots=True)
class Installation:
    """Where Kith runs: `folder` is temporary folder, home and working folder of all it starts.

    What a chat in the terminal says to the person is not written there: it is for them to see.
    """

    folder: Path
    url: str
    settings: Mapping[str, str] = field(default_factory=dict)
    started: int = 0

    def __post_init__(self) -> None:
        for name in ("tmp", "home", "logs"):
            (self.folder / name).mkdir(parents=True)

    @property
    def environment(self) -> dict[str, str]:
        """Give the settings of every process here; a crash in C tells where it was."""
        return {
            "TMPDIR": str(self.folder / "tmp"),
            "HOME": str(self.folder / "home"),
            "PYTHONPATH": str(ROOT),
            "PYTHONFAULTHANDLER": "1",
            "KITH_DATABASE_URL": self.url,
            "KITH_TELEGRAM_TOKEN": TOKEN,
            "KITH_SENDS_A_SECOND": "10000",
            **self.settings,
        }

    def log(self, name: str) -> Path:
        """Give a new file for what a process says."""
        self.started += 1
        return self.folder / "logs" / f"{self.started:03}-{name}"

    async def start(self, command: str, **settings: str) -> Process:
        """Start a process as an operator does, where a crash may leave a core; wait till it serves."""
        file = self.log(command)
        with file.open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-X", "faulthandler", "-m", "bot", command),
                env={**running.clean(os.environ), **self.environment, **settings},
                cwd=self.folder,
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_with_cores,
            )
        async with asyncio.timeout(PATIENCE):
            while SERVING not in file.read_bytes():
                assert process.returncode is None, file.read_text(encoding="utf-8")
                await asyncio.sleep(0.02)
        return process

    def kith(self, *arguments: str) -> CompletedProcess[str]:
        """Run a command to its end, and keep what it said."""
        said = running.kith(*arguments, folder=self.folder, **self.environment)
        self.log(arguments[0]).write_text(said.stdout + said.stderr, encoding="utf-8")
        return said

    def said(self, *arguments: str, lines: str = "") -> CompletedProcess[str]:
        """Run a command that speaks to a person, and keep only its complaints."""
        said = running.kith(*arguments, lines=lines, folder=self.folder, **self.environment)
        self.log(arguments[0]).write_text(said.stderr, encoding="utf-8")
        return said

    @contextmanager
    def chat(self, *arguments: str) -> Iterator[Chat]:
        """Run `kith chat` for as long as the block lasts, with a line to it."""
        complaints = self.log("chat")
        complaints.touch()
        with TemporaryDirectory() as name:
            ways = [Path(name, each) for each in ("in", "out")]
            for way in ways:
                os.mkfifo(way)
            words = ("chat", *arguments)
            process = running.forked(words, self.environment, [*ways, complaints], self.folder)
            with (
                ways[0].open("w", encoding="utf-8") as there,
                ways[1].open(encoding="utf-8") as here,
            ):
                yield Chat(there, here)
                there.close()
                while here.read(1 << 16):
                    pass
            process.join(PATIENCE)
            assert process.exitcode == 0, complaints.read_text(encoding="utf-8")

    def count(self, table: str) -> int:
        """Count the rows of a table, beside Kith."""
        engine = create_engine(self.url)
        with engine.connect() as connection:
            found = connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
        engine.dispose()
        return int(found or 0)


async def ended(process: Process, how: signal.Signals) -> int:
    """Send a signal and wait for the end; give the exit code."""
    process.send_signal(how)
    return await asyncio.wait_for(process.wait(), PATIENCE)


def _with_cores() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
