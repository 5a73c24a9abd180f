"""Both databases that Kith stands on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import open_database
from storage.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/kith.db"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(open_database(url))
    yield store
    store.close()
