"""The command line, run as people do: a process of its own, and only the settings that are given.

Most runs are forked from a process that has loaded the program and its dialogues but not begun it,
because that takes longer than what a test then looks at. `begun` starts Python anew, as a terminal
does.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.conftest import ROOT

LONGEST = 60
FORKING = get_context("forkserver")
FORKING.set_forkserver_preload(["tests.running", "tests.loaded"])
Settings = Mapping[str, str]


def kith(
    *arguments: str, lines: str = "", folder: Path = ROOT, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with these lines as its input, and wait for its end."""
    with tempfile.TemporaryDirectory() as name:
        streams = [Path(name, each) for each in ("in", "out", "err")]
        for stream in streams:
            stream.write_text(lines if stream.name == "in" else "", encoding="utf-8")
        process = forked(arguments, settings, streams, folder)
        process.join(LONGEST)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(list(arguments), LONGEST)
        out, err = (stream.read_text(encoding="utf-8") for stream in streams[1:])
    return subprocess.CompletedProcess(list(arguments), process.exitcode, out, err)


def begun(
    *arguments: str, lines: str = "", folder: Path = ROOT, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command from the very beginning, where its start is what the test is about."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**clean(os.environ), **settings},
        check=False,
        timeout=LONGEST,
    )


def forked(
    arguments: tuple[str, ...],
    settings: Settings,
    streams: list[Path],
    folder: Path = ROOT,
) -> ForkServerProcess:
    """Begin a command whose input, output and complaints are these files, or named pipes."""
    environment = {**clean(os.environ), **settings}
    told = (arguments, environment, [str(stream) for stream in streams], str(folder))
    process = FORKING.Process(target=_run, args=told, daemon=True)
    process.start()
    return process


@dataclass(slots=True)
class Program:
    """A command that runs beside a test: it can be told to stop, and its end waited for."""

    process: ForkServerProcess | subprocess.Popen[bytes]
    complaints: Path

    def send_signal(self, number: int) -> None:
        """Send it a signal, as an operator or a system does."""
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    async def ended(self, within: float) -> tuple[int | None, list[str]]:
        """Wait for its end; give the exit code and what was complained about, line by line.

        Raises TimeoutError where it runs on.
        """
        until = time.monotonic() + within
        while (code := self.code()) is None:
            if time.monotonic() > until:
                raise TimeoutError
            await asyncio.sleep(0.01)
        return code, self.complaints.read_text(encoding="utf-8").splitlines()

    def code(self) -> int | None:
        """Give the exit code, once it has ended."""
        is_forked = isinstance(self.process, ForkServerProcess)
        return self.process.exitcode if is_forked else self.process.poll()


@contextmanager
def program(*command: str, anew: bool = False, **settings: str) -> Iterator[Program]:
    """Run a command for as long as the block does; `anew` starts Python anew for it."""
    with tempfile.TemporaryDirectory() as name:
        streams = [Path(name, each) for each in ("in", "out", "err")]
        for stream in streams:
            stream.touch()
        process = (
            started(command, settings, streams) if anew else forked(command, settings, streams)
        )
        try:
            yield Program(process, streams[2])
        finally:
            process.kill()
            process.join() if isinstance(process, ForkServerProcess) else process.wait()


def started(
    arguments: tuple[str, ...], settings: Settings, streams: list[Path]
) -> subprocess.Popen[bytes]:
    """Begin a command from the very beginning; its complaints go to the last of these files."""
    with streams[2].open("wb") as complaints:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            env={**clean(os.environ), **settings},
            cwd=ROOT,
        )


def clean(environment: Settings) -> dict[str, str]:
    """Give an environment without settings of Kith, but for where a test on a server has its key."""
    return {
        name: value
        for name, value in environment.items()
        if not name.startswith("KITH_") or name == "KITH_KEY_FILE"
    }


def end_with_the_test() -> None:
    """End this process when the one that wanted it has ended."""
    parent = parent_process()
    assert parent is not None
    ends = threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True)
    ends.start()


def _run(arguments: tuple[str, ...], settings: Settings, streams: list[str], folder: str) -> None:
    from bot.__main__ import main  # noqa: PLC0415 - loaded where this is forked from

    end_with_the_test()
    os.environ.clear()
    os.environ.update(settings)
    os.chdir(folder)
    for number, stream in enumerate(streams):
        os.dup2(os.open(stream, os.O_RDONLY if number == 0 else os.O_WRONLY), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, closefd=False)  # noqa: SIM115 - for as long as the process lives
        for number, mode in enumerate("rww")
    )
    sys.argv = ["kith", *arguments]
    sys.exit(main())
