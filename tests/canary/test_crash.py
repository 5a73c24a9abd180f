"""A crash of the interpreter itself: nothing of anybody is written to the disk by it."""

import resource
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.canary.installation import Installation, ended
from tests.canary.marks import chat_of, mark
from tests.canary.search import Search
from tests.numbers import confirmed
from tests.storm.places import TOKEN
from tests.storm.watched import Watched

linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are Linux's")


@linux
async def test_a_crash_leaves_no_image_of_the_memory(tmp_path: Path):
    """The process began where cores are written, and had somebody's words in hand."""
    folder = tmp_path / "run"
    place = Installation(folder, f"sqlite:///{folder}/kith.db")
    confirmed(place.url)
    async with await Watched.start(TOKEN) as api:
        process = await place.start("telegram", KITH_TELEGRAM_API_URL=api.url)
        them = api.person(chat_of(1), first_name=mark(1, 1))
        await them.says(f"{mark(1, 2)} hello")
        await api.drained()
        limit, _ = resource.prlimit(process.pid, resource.RLIMIT_CORE)
        assert limit == 0
        began = time.time()
        assert await ended(process, signal.SIGSEGV) == -signal.SIGSEGV
    assert [file for file in folder.rglob("*core*") if file.stat().st_mtime >= began] == []
    logs = "".join(file.read_text(encoding="utf-8") for file in folder.glob("logs/*"))
    assert "Segmentation fault" in logs
    assert Search([1]).folder(folder) == set()
