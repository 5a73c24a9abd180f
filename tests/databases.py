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
    """Give the address of an empty database, of each kind in turn.

    Where the test opens it as a `store` anyway, its tables and keys are there already: making them
    takes longer than what most of these tests then look at.
    """
    opened = "store" in request.fixturenames
    if request.param == "sqlite" and opened:
        for file in request.getfixturevalue("tables_in_sqlite").iterdir():
            shutil.copy(file, tmp_path)
    return _address(request, tmp_path, "postgres_url_with_tables" if opened else "postgres_url")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database that nobody has opened yet, of each kind in turn."""
    return _address(request, tmp_path, "postgres_url")


def _address(request: pytest.FixtureRequest, folder: Path, fixture: str) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{folder}/kith.db"
    address: str = request.getfixturevalue(fixture)
    return address


@pytest.fixture(scope="session")
def tables_in_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make tables and keys once; give the folder with the files to copy."""
    folder = tmp_path_factory.mktemp("tables")
    open_store(Where(f"sqlite:///{folder}/kith.db")).close()
    return folder


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
