"""Both databases that Kith stands on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.opening import open_store
from storage.store import Store
from storage.where import Where


def where(url: str) -> Where:
    """Give where everything lies with the database at `url`, as a command would find it."""
    return Where(url, key_file=os.environ.get("KITH_KEY_FILE", ""))


def opened_store(url: str) -> Store:
    """Open the database at `url` with its keys, as a command would."""
    return open_store(where(url))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/kith.db"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = opened_store(url)
    yield store
    store.close()
