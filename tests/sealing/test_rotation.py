"""A new master key: while Kith runs, killed at any step, and with whatever old one it needs."""

import base64
import fcntl
import os
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, select, update

from storage.opening import open_store, open_vault
from storage.sealing.keys import Keys
from storage.sealing.masters import masters_in
from storage.sealing.rotation import rotate
from storage.sealing.tables import keys
from storage.store import Store, Stored
from storage.unusable import KeysUnusable
from storage.where import Where
from tests.databases import opened_store, where
from tests.rows import keep

PEOPLE = [f"telegram:{each}" for each in range(3)]
NEW, OLD = (base64.b64encode(bytes([each] * 32)).decode() for each in (1, 2))


def told(at: Where, *people: str) -> None:
    with closing(open_store(at)) as store, store.transaction() as tx:
        for person in people:
            keep(tx, Stored(person, b"to them", person.encode()))


def bodies(store: Store, *people: str) -> list[bytes]:
    with store.transaction() as tx:
        return [each.body for each in tx.sessions(people).values()]


def rotated(at: Where) -> tuple[int, bool, int]:
    with closing(open_vault(at)) as vault:
        done = rotate(vault)
        return done.wrapped, done.finished, done.closed


def masters_of(store: Store) -> set[str]:
    with store.keys.reading.connect() as connection:
        return set(connection.scalars(select(keys.c.master)))


@pytest.fixture
def at(tmp_path: Path) -> Where:
    return Where(f"sqlite:///{tmp_path}/kith.db", key_file=f"{tmp_path}/kith.key")


def test_a_worker_runs_on_while_another_process_rotates(url: str):
    """It opens all, makes new people's keys under the new master key, and all of it stays."""
    here = where(url)
    told(here, *PEOPLE)
    with closing(opened_store(url)) as worker:
        assert rotated(here) == (3, False, 0)
        assert bodies(worker, *PEOPLE) == [each.encode() for each in PEOPLE]
        with worker.transaction() as tx:
            keep(tx, Stored("telegram:new", b"", b"telegram:new"))
        assert masters_of(worker) == {worker.keys.masters.newest.id.hex()}
    with closing(opened_store(url)) as again:
        assert len(again.keys.masters.keys) == 1
        assert bodies(again, "telegram:new", *PEOPLE)[-1] == b"telegram:new"


@pytest.mark.parametrize("what", ["begin", "commit"])
def test_wherever_it_is_killed_all_opens_and_it_is_finished_later(at: Where, what: str):
    """No key is lost, and the old master key stays in its file for as long as anything needs it."""
    told(at, *PEOPLE)
    finished = 0
    for step in range(1, 20):
        with closing(open_vault(at)) as vault:
            killed = killed_at(vault, what, step)
        with closing(open_store(at)) as store:
            assert bodies(store, *PEOPLE) == [each.encode() for each in PEOPLE]
        if not killed:
            break
        finished += rotated(at)[1]
        assert len(masters_in(Path(at.key_file)).keys) == 1
    assert step > 2
    assert finished == step - 1


def killed_at(vault: Keys, what: str, step: int) -> bool:
    """Rotate; die as the transaction of that number begins or is to be committed."""
    count = iter(range(1, 100))

    def die(_connection: object) -> None:
        if next(count) == step:
            raise InterruptedError

    event.listen(vault.engine, what, die)
    try:
        rotate(vault)
    except InterruptedError:
        return True
    return False


def test_a_rotation_that_was_opened_before_another_one_loses_nothing(at: Where):
    """What it knew of master keys is read anew, and the other's stays where it is needed."""
    told(at, *PEOPLE)
    with closing(open_vault(at)) as early:
        rotated(at)
        rotate(early)
    with closing(open_store(at)) as store:
        assert bodies(store, *PEOPLE) == [each.encode() for each in PEOPLE]


def test_two_rotations_do_not_work_at_once(at: Where, tmp_path: Path):
    """The second one says so, and changes nothing."""
    told(at, *PEOPLE)
    before = Path(at.key_file).read_bytes()
    folder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    with pytest.raises(KeysUnusable, match="another `kith keys rotate` is at work -> wait"):
        rotated(at)
    assert Path(at.key_file).read_bytes() == before
    os.close(folder)
    assert rotated(at) == (3, False, 0)


def test_master_keys_that_are_set_change_places(tmp_path: Path):
    """New in front, both while it goes on, then the new one alone; a second time there is no new."""
    address = f"sqlite:///{tmp_path}/kith.db"
    told(Where(address, master_key=OLD), *PEOPLE)
    both, new = Where(address, master_key=f"{NEW},{OLD}"), Where(address, master_key=NEW)
    with pytest.raises(KeysUnusable, match="is not in KITH_MASTER_KEY -> put it back there"):
        open_store(new)
    assert rotated(both) == (3, True, 0)
    with closing(open_store(new)) as store:
        assert bodies(store, *PEOPLE) == [each.encode() for each in PEOPLE]
    with pytest.raises(KeysUnusable, match="put a new one in front"):
        rotated(new)


def test_a_key_that_was_changed_does_not_stop_the_others(at: Where):
    """They are wrapped anew; the old master key stays, in case the key is brought back."""
    told(at, *PEOPLE)
    with closing(open_vault(at)) as vault, vault.engine.begin() as connection:
        spoilt = update(keys).where(keys.c.person == PEOPLE[1])
        connection.execute(spoilt.values(wrapped=b"\x01" * 69))
    assert rotated(at) == (2, False, 1)
    assert len(masters_in(Path(at.key_file)).keys) == 2
    with closing(open_store(at)) as store:
        assert bodies(store, *PEOPLE) == [PEOPLE[0].encode(), b"", PEOPLE[2].encode()]
