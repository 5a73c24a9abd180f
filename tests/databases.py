"""Both databases that Kith stands on."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.opening import bring_back_keys, open_store, open_vault
from storage.sealing.copies import back_up_keys
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


def bring_keys(url: str, to: str) -> None:
    """Bring the keys of one database, and the master key, to another, as an operator would."""
    there, here = where(url), where(to)
    if not there.key_file and there.database.startswith("sqlite"):
        file = Path(there.database.removeprefix("sqlite:///")).with_suffix(".key")
        shutil.copy(file, Path(to.removeprefix("sqlite:///")).with_suffix(".key"))
    with tempfile.TemporaryDirectory() as folder:
        with closing(open_vault(there)) as vault:
            back_up_keys(vault, Path(folder) / "keys")
        bring_back_keys(here, Path(folder) / "keys")
