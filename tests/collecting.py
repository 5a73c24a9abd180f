"""Tests are compiled by one worker for all of them, and not searched for rubbish ever after."""

import fcntl
import gc
import sys
from collections.abc import Generator

import pytest

sys.dont_write_bytecode = False
OFTEN, OLDER, SELDOM = 700, 10, 100
"""How much is made before each search of Python's; of what has stayed long, ten times as much."""


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let only one worker at a time compile a file of tests: the others find what it wrote."""
    if not isinstance(collector, pytest.Module):
        return (yield)
    with collector.path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        return (yield)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave all tests out of the searches for rubbish: they stay to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN, OLDER, SELDOM)
