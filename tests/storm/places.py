"""Where a storm takes place: polling or by webhook, on SQLite or PostgreSQL."""

import os
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.numbers import confirmed
from tests.storm.dialogue import laid_out
from tests.storm.front import Front
from tests.storm.lives import Worker
from tests.storm.run import Storm
from tests.storm.watched import Watched

TOKEN = "42:TEST"


@asynccontextmanager
async def polling(folder: Path, database: str, people: int, seed: int) -> AsyncIterator[Storm]:
    """One process that polls."""
    log = folder / "log"
    async with await Watched.start(TOKEN) as api:
        worker = Worker("poll", "telegram", _settings(folder, database), api.url, log)
        yield Storm(api, database, [worker], log, people, seed)


@asynccontextmanager
async def webhooks(folder: Path, database: str, people: int, seed: int) -> AsyncIterator[Storm]:
    """Two processes behind one address that Telegram posts to."""
    log, secret = folder / "log", secrets.token_hex(8)
    ports = [free_port() for _ in range(4)]
    async with await Watched.start(TOKEN) as api, Front(ports[:2], rough=True) as front:
        shared = _settings(folder, database)
        shared |= {"KITH_WEBHOOK_URL": front.url, "KITH_WEBHOOK_SECRET": secret}
        workers = [
            Worker(
                f"hook{n}",
                "serve",
                {**shared, "KITH_PORT": str(ports[n]), "KITH_METRICS_PORT": str(ports[2 + n])},
                api.url,
                log,
            )
            for n in range(2)
        ]
        yield Storm(api, database, workers, log, people, seed)


def _settings(folder: Path, database: str) -> dict[str, str]:
    dialogues = laid_out(folder / "dialogues")
    confirmed(database, dialogues)
    return {
        "KITH_DIALOGUES": str(dialogues),
        "KITH_DATABASE_URL": database,
        "KITH_KEY_FILE": os.environ.get("KITH_KEY_FILE", ""),
        "KITH_TELEGRAM_TOKEN": TOKEN,
        "KITH_SENDS_A_SECOND": "10000",
    }


def free_port() -> int:
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        port: int = there.getsockname()[1]
        return port
