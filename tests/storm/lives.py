"""Processes of Kith that are killed and started again: each start is one life.

A life is forked from a process that has loaded the program but not begun it, because loading takes
longer than everything between two kills. It is a process of its own and runs all of `kith`.
"""

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.__main__ import main
from tests.running import FORKING, clean, end_with_the_test


@dataclass(slots=True)
class Life:
    """One process from its start to its end; times are seconds of the monotonic clock."""

    name: str
    process: ForkServerProcess
    began: float
    killed: float = 0.0

    async def kill(self) -> None:
        """Let it end at this very moment."""
        self.killed = time.monotonic()
        self.process.kill()
        await asyncio.to_thread(self.process.join)
        assert self.process.exitcode == -9, f"{self.name} had ended: {self.process.exitcode}"


@dataclass(slots=True)
class Worker:
    """One place in which a process runs, life after life."""

    name: str
    command: str
    settings: Mapping[str, str]
    api_url: str
    log: Path
    lives: int = 0

    async def start(self) -> Life:
        """Begin a life; Telegram's server knows it by the address it calls."""
        self.lives += 1
        name = f"{self.name}-{self.lives}"
        settings = {**self.settings, "KITH_TELEGRAM_API_URL": f"{self.api_url}/{name}"}
        process = FORKING.Process(
            target=_live, args=(self.command, settings, str(self.log)), daemon=True
        )
        await asyncio.to_thread(process.start)
        return Life(name, process, time.monotonic())


def _live(command: str, settings: Mapping[str, str], log: str) -> None:
    end_with_the_test()
    settings = {**clean(os.environ), **settings}
    os.environ.clear()
    os.environ.update(settings)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    sys.argv = ["kith", command]
    sys.exit(main())
