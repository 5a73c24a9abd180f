"""Everybody's keys: one a person, lost only for that person, and gone once they were forgotten."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, select, update

from storage.opening import look_into_store, open_store, open_vault
from storage.sealing.keydatabase import open_keys
from storage.sealing.tables import keys, own
from storage.store import Store, Stored
from storage.unusable import KeysUnusable
from storage.where import Where
from tests.databases import opened_store, where
from tests.rows import keep

ANN, BEN = "telegram:a", "telegram:b"


def kept(store: Store, *people: str) -> None:
    with store.transaction() as tx:
        for person in people:
            keep(tx, Stored(person, b"to them", b"their words"))


def test_two_workers_that_make_a_key_at_once_have_the_same(store: Store, url: str):
    """Whoever is second takes what the first has made; nobody fails, no key is lost."""
    people = [f"telegram:{each}" for each in range(20)]
    with closing(opened_store(url)) as other, ThreadPoolExecutor(4) as at_once:
        asked = [each.keys.make for each in (store, other, store, other)]
        made = list(at_once.map(lambda make: make(people), asked))
        assert made == [other.keys.of(people)] * 4


def test_a_new_key_after_forgetting_is_another_one(store: Store):
    """What was sealed under the first stays closed, whoever comes back."""
    before = store.keys.make([ANN])
    store.keys.destroy([ANN], 1.0)
    assert store.keys.of([ANN]) == {}
    assert store.keys.make([ANN])[ANN].id != before[ANN].id


@pytest.mark.parametrize(
    "spoilt", [{"wrapped": b"\x01" * 69}, {"master": "0" * 16}, {"id": b"x" * 8}]
)
def test_a_key_that_was_changed_takes_its_own_person_down_alone(
    tmp_path: Path, spoilt: dict[str, object]
):
    """Their words stay closed and as they are; everybody else is served as before."""
    with closing(opened_store(f"sqlite:///{tmp_path}/kith.db")) as store:
        kept(store, ANN, BEN)
        with store.keys.engine.begin() as connection:
            connection.execute(update(keys).where(keys.c.person == ANN).values(**spoilt))
        with store.transaction() as tx:
            found = tx.sessions([ANN, BEN])
        assert (found[ANN].body, found[ANN].trouble) == (b"", "KeyLost")
        assert found[BEN] == Stored(BEN, b"to them", b"their words")


def test_a_key_that_was_changed_can_be_destroyed(tmp_path: Path):
    """Its row goes and stands on the list, so that no backup of keys brings it back."""
    with closing(opened_store(f"sqlite:///{tmp_path}/kith.db")) as store:
        ref = store.keys.make([ANN])[ANN].id
        with store.keys.engine.begin() as connection:
            connection.execute(update(keys).values(wrapped=b"\x01" * 69))
        store.keys.destroy([ANN], 1.0)
        assert [each.key for each in store.keys.forgotten.all()] == [ref]
        with store.keys.reading.connect() as connection:
            assert connection.scalar(select(keys.c.person)) is None


def test_without_the_master_key_of_today_nobodys_key_is_called_lost(tmp_path: Path):
    """A process that was not told of a new master key says so, and waits."""
    with closing(opened_store(f"sqlite:///{tmp_path}/kith.db")) as store:
        kept(store, ANN)
        with store.keys.engine.begin() as connection:
            for table in (keys, own):
                connection.execute(update(table).values(master="0" * 16))
        with pytest.raises(KeysUnusable, match=r"the master key 0{16} .* -> put it back"):
            store.keys.of([ANN])
        with pytest.raises(KeysUnusable), store.transaction() as tx:
            tx.sessions([ANN])


def test_looking_makes_no_keys(url: str):
    """Who only looks makes neither file nor table nor key, and says what is missing."""
    at = where(url)
    with pytest.raises(KeysUnusable, match="the master key is missing"):
        open_vault(at)
    with_key = Where(url, master_key="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    with pytest.raises(KeysUnusable, match=r"keys at .* -> "):
        open_vault(with_key)
    open_keys(make_url(url)).dispose()
    with pytest.raises(KeysUnusable, match="own keys in the keys database are not there"):
        open_vault(with_key)
    open_store(with_key).close()
    look_into_store(with_key).close()


def test_files_are_their_owners_alone(tmp_path: Path):
    """Data, keys, master key and list, and what SQLite puts beside them."""
    with closing(opened_store(f"sqlite:///{tmp_path}/kith.db")) as store:
        kept(store, ANN)
        with store.transaction() as tx:
            tx.erase([ANN], 1.0)
        rights = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    assert {*rights} >= {"kith.db", "kith-keys.db", "kith.key", "kith.forgotten", "kith.db-wal"}
    assert {*rights.values()} == {0o600}


def test_who_may_make_no_schema_reads_what_the_administrator_could_do(postgres_url: str):
    """The line names the schema and the right; once it is there, Kith starts."""
    server = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    poor = make_url(postgres_url).set(username="kith_poor", password="poor")
    shown = poor.render_as_string(hide_password=False)
    with server.connect() as there:
        there.exec_driver_sql("CREATE ROLE kith_poor LOGIN PASSWORD 'poor'")
        try:
            there.exec_driver_sql("GRANT ALL ON SCHEMA public TO kith_poor")
            with pytest.raises(KeysUnusable, match=r"-> .*CREATE SCHEMA kith_keys AUTHORIZATION"):
                opened_store(shown)
            there.exec_driver_sql("CREATE SCHEMA kith_keys AUTHORIZATION kith_poor")
            opened_store(shown).close()
        finally:
            there.exec_driver_sql("DROP OWNED BY kith_poor")
            there.exec_driver_sql("DROP ROLE kith_poor")
    server.dispose()
