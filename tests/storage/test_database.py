"""Opening the database: migrations, settings that keep promises, and clear refusals."""

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

import storage
from storage.database import open_database, revision
from storage.revisions import known_revisions
from storage.store import Store, Stored
from storage.tables import metadata
from storage.unusable import DatabaseUnusable
from tests.databases import opened_store
from tests.rows import keep

MIGRATIONS = Path(storage.__file__).parent / "migrations"


def test_migrations_make_exactly_the_tables_that_the_program_uses(url: str):
    """From nothing to the newest revision gives the tables of this program, no more and no less."""
    engine = open_database(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
        assert revision(connection) == ScriptDirectory(str(MIGRATIONS)).get_current_head()
    engine.dispose()


def test_the_files_of_migrations_are_named_after_their_revisions():
    """The newest stands first, and Alembic finds the same ones."""
    steps = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    assert known_revisions() == tuple(step.revision for step in steps)


def test_opening_again_changes_nothing(url: str):
    """A restart finds what was there."""
    first = opened_store(url)
    with first.transaction() as tx:
        keep(tx, Stored("a", b"x", b"words"))
    first.close()
    second = opened_store(url)
    with second.transaction() as tx:
        assert tx.sessions(["a"])["a"].body == b"words"
    second.close()


def test_the_folder_of_the_database_is_made(tmp_path: Path):
    """A first start on a fresh machine needs no folder prepared."""
    opened_store(f"sqlite:///{tmp_path}/new/folder/kith.db").close()
    assert (tmp_path / "new" / "folder" / "kith.db").exists()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)],
)
def test_sqlite_is_set_up_to_keep_its_promises(tmp_path: Path, pragma: str, value: object):
    """Nothing committed is lost in a power cut, and what is deleted is overwritten."""
    engine = open_database(f"sqlite:///{tmp_path}/kith.db")
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
    engine.dispose()


def _one_line(url: str) -> str:
    with pytest.raises(DatabaseUnusable) as refused:
        open_database(url)
    message = str(refused.value)
    assert message
    assert "\n" not in message
    return message


def test_a_folder_that_can_not_be_written_is_one_clear_line(tmp_path: Path):
    """An operator reads one line when the database can't lie where it should."""
    (tmp_path / "file").write_text("not a folder")
    _one_line(f"sqlite:///{tmp_path}/file/kith.db")
    _one_line("sqlite:////proc/kith/kith.db")
    _one_line(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_one_clear_line_and_stays_as_it_is(tmp_path: Path):
    """Pointing at the wrong file destroys nothing."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear all, " * 500)
    _one_line(f"sqlite:///{file}")
    assert file.read_text() == "Dear all, " * 500


@pytest.mark.parametrize("url", ["", "nonsense", "oracle://x/y", "sqlite:///\0"])
def test_an_address_that_means_nothing_is_one_clear_line(url: str):
    """A slip in the setting is named as that."""
    _one_line(url)


def test_a_database_of_a_newer_program_is_refused(url: str):
    """An older program doesn't write into tables it doesn't know."""
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    _one_line(url)


def test_two_programs_take_turns_and_lose_nothing(url: str):
    """A command that writes beside the bot waits for its turn; nobody's change is lost."""
    stores = [opened_store(url) for _ in range(2)]
    with stores[0].transaction() as tx:
        keep(tx, Stored("a", b"", b"0"))

    def count_up(store: Store) -> None:
        for _ in range(25):
            with store.transaction() as tx:
                body = tx.sessions(["a"])["a"].body
                keep(tx, Stored("a", b"", b"%d" % (int(body) + 1)))

    threads = [threading.Thread(target=count_up, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stores[0].transaction() as tx:
        assert tx.sessions(["a"])["a"].body == b"50"
    for store in stores:
        store.close()


def test_a_database_from_before_the_first_migration_is_not_touched_blindly(tmp_path: Path):
    """Tables that somebody else made under our names are not overwritten."""
    file = tmp_path / "other.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE sessions (mine TEXT)")
    connection.execute("INSERT INTO sessions VALUES ('precious')")
    connection.commit()
    connection.close()
    _one_line(f"sqlite:///{file}")
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as left:
        assert left.execute(text("SELECT mine FROM sessions")).scalar() == "precious"
        names = (
            left.execute(text("SELECT name FROM sqlite_master WHERE type='table'")).scalars().all()
        )
    engine.dispose()
    assert names == ["sessions"]


def test_workers_that_start_together_migrate_once(url: str):
    """Several processes may start on an empty database in the same moment."""
    engines = []

    def start() -> None:
        engines.append(open_database(url))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(engines) == 4
    for engine in engines:
        engine.dispose()


def test_an_error_does_not_carry_what_people_wrote(url: str):
    """Whatever goes wrong, the words in a statement are in no error and so in no log."""
    engine = open_database(url)
    words = {"words": "CANARY"}
    with pytest.raises(DBAPIError) as refused, engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:words)"), words)
    assert "CANARY" not in str(refused.value)
    engine.dispose()
