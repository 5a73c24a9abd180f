"""A database of an earlier Kith: all of it is sealed, and nothing stays in the open."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from storage.backup import restore
from storage.database import engine_at, migrate
from storage.opening import SEALED_SINCE, seal_in
from storage.sealing.box import FORMAT
from storage.store import Stored
from storage.tables import due, messages, outbox, sessions
from tests.databases import opened_store, where

OLD = Path(__file__).parent.parent / "storage" / "old"
NAME = re.compile(r"[a-z]+:[0-9a-f]{64}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.mark.parametrize(
    "revision", sorted(file.stem for file in OLD.glob("*.sql") if file.stem < SEALED_SINCE)
)
def test_what_an_earlier_kith_wrote_is_sealed(revision: str, tmp_path: Path):
    """Names are hashes in every table, bodies are sealed, and no file holds a plain one."""
    with closing(sqlite3.connect(tmp_path / "kith.db")) as old:
        old.executescript((OLD / f"{revision}.sql").read_text("utf-8"))
        plain = {
            bytes(each) for row in old.execute("SELECT address, body FROM sessions") for each in row
        }
        plain |= {
            bytes(each) for row in old.execute("SELECT address, body FROM outbox") for each in row
        }
        people = {row[0] for row in old.execute("SELECT person FROM sessions")}
        answers = {words for each in plain for words in strings(each)}
    assert people
    assert len(answers) > 3
    with closing(opened_store(f"sqlite:///{tmp_path}/kith.db")) as store:
        with store.engine.connect() as connection:
            rows = [
                row
                for table in (sessions, outbox)
                for row in connection.execute(select(table.c.person, table.c.address, table.c.body))
            ]
            names = {row.person for row in rows}
            for table in (due, messages):
                names |= set(connection.scalars(select(table.c.person)))
        files = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert all(NAME.fullmatch(name) for name in names)
    assert all(row.address.startswith(FORMAT) and row.body.startswith(FORMAT) for row in rows)
    for name, held in files.items():
        # the list of places has days of its own, and a hash may begin as a number did
        for said in (*people, *(each for each in answers if not DAY.fullmatch(each))):
            open_there = re.search(re.escape(said.encode()) + rb"(?![0-9a-f])", held)
            assert not open_there, f"{said} is in {name}"


def test_a_backup_from_before_brings_nobody_back_who_was_forgotten_since(tmp_path: Path):
    """Whoever was forgotten after they were last in it stays away; everybody else comes back."""
    (tmp_path / "new").mkdir()
    with closing(sqlite3.connect(tmp_path / "old")) as old:
        old.executescript((OLD / "0004.sql").read_text("utf-8"))
        people = [row[0] for row in old.execute("SELECT person FROM sessions")]
        address = json.loads(old.execute("SELECT address FROM sessions").fetchone()[0])
        (last,) = old.execute("SELECT max(touched) FROM sessions").fetchone()
    url = f"sqlite:///{tmp_path}/new/kith.db"
    with closing(opened_store(url)) as store:
        them = store.name(address["channel"], address["chat"])
        with store.transaction() as tx:
            tx.ensure([them], last + 1)
            tx.save([Stored(them, b"there", b"words")], last + 1)
        with store.transaction() as tx:
            tx.erase([them], last + 2)
        with store.transaction() as tx:
            tx.sent([parcel.id for parcel in tx.waiting()])
    restore(tmp_path / "old", url, seal=lambda found: seal_in(found, where(url)))
    with closing(opened_store(url)) as store, store.transaction() as tx:
        assert tx.beside(them) == {}
        assert len(tx.everyone("", 100)) == len(people) - 1


def test_a_server_keeps_nothing_in_its_files_that_lay_in_the_open(postgres_url: str):
    """What was changed stands in a table of PostgreSQL until it is written anew: so it is."""
    engine = engine_at(postgres_url)
    migrate(engine, "0004")
    old = [(f"telegram:4711{n}", b'{"chat": "4711"}', b'{"said": "zaunkoenig"}') for n in range(40)]
    with engine.begin() as connection:
        for person, address, body in old:
            connection.execute(
                insert(sessions).values(person=person, address=address, body=body, touched=1.0)
            )
    opened_store(postgres_url).close()
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        folder = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
        asked = "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relname LIKE 'sessions%%'"
        files = [folder / name for name in connection.exec_driver_sql(asked).scalars()]
    engine.dispose()
    held = b"".join(file.read_bytes() for file in files)
    assert held
    assert b"zaunkoenig" not in held
    assert b"telegram:4711" not in held


def strings(packed: bytes) -> set[str]:
    """Give the longer words that stand in something packed as JSON."""
    found: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, dict):
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)
        elif isinstance(value, str) and len(value) > 8:
            found.add(value)

    look(json.loads(packed))
    return found
