"""What many tests share: the real dialogues, a clock that stands still, a person at a terminal."""

import gc
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from bot.engine.session import Session
from bot.library import Library
from tests.fakes import shipped
from tests.shared import made_once

pytest_plugins = (
    *("tests.postgres", "tests.databases", "tests.typed", "tests.logged"),
    "tests.collecting",
)
ROOT = Path(__file__).resolve().parent.parent
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
"""Hundreds of commands are started: compiling Kith anew for each would take a quarter of its time."""
gc.set_threshold(100_000, 50, 1000)
"""What is loaded once stays to the end: to search it for rubbish all the time takes a twentieth."""


def pytest_xdist_auto_num_workers() -> int:
    """Run one worker more than there are cores: many tests wait for a process, a clock or a line."""
    return (os.cpu_count() or 1) + 1


class StoppedClock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture(scope="session")
def library() -> Library:
    return shipped()


@pytest.fixture(scope="session")
def places(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Session]:
    """Give a session at every place of the reflection, found once for all tests that ask."""
    from tests.safety.places import every_place  # noqa: PLC0415 - few tests ask

    return made_once(tmp_path_factory, "places", lambda: every_place(library))


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()
