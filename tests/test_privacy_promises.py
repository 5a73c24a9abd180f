"""What `docs/privacy.md` promises of keys, copies and forgetting, done step by step as it says."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.arrivals import Arrival
from bot.engine.events import TextReceived
from bot.turns import Turns
from storage.backup import back_up, restore
from storage.opening import bring_back_keys, open_store, open_vault
from storage.sealing.copies import back_up_keys
from storage.sealing.forgotten import Gone
from storage.sealing.rotation import rotate
from storage.store import Store
from storage.tables import outbox, sessions
from storage.unusable import KeysUnusable
from storage.where import Where
from tests.conftest import StoppedClock
from tests.fakes import library_of

SCRIPT = """
id: talk
steps:
  - {id: name, say: What shall I call you?, ask: words}
  - {id: mood, say: "And you, {{ name or 'you' }}?", ask: words}
  - {id: more, say: "And then?", ask: words}
"""
ANN, BEN = "4815162342", "1123581321"
WORDS = {ANN: "CANARYANN", BEN: "CANARYBEN"}
Says = Callable[[Where, str, str], str]


@pytest.fixture
def where(tmp_path: Path) -> Where:
    """Give an installation whose key lies apart from the data, as the page asks for."""
    return Where(f"sqlite:///{tmp_path}/data/kith.db", key_file=f"{tmp_path}/key/kith.key")


@pytest.fixture
def says(clock: StoppedClock) -> Says:
    """Let somebody write one text; give the code of what failed."""
    numbers = iter(range(1000))

    def say(where: Where, chat: str, words: str) -> str:
        with closing(open_store(where)) as store:
            turns = Turns(store, library_of(SCRIPT), clock)
            name = store.name("telegram", chat)
            event = turns.screened(
                Arrival(name, {"chat": chat}, TextReceived(words), f"telegram:{next(numbers)}")
            )
            return turns.take([event])[0].failed

    return say


@pytest.fixture
def told(where: Where, says: Says) -> Where:
    """Give the installation once both have told something."""
    for chat, words in WORDS.items():
        assert says(where, chat, "hello") == ""
        assert says(where, chat, words) == ""
    return where


def kept(where: Where, chat: str) -> str:
    """Give what is kept of somebody, opened as Kith opens it; nothing where nothing opens."""
    with closing(open_store(where)) as store, store.transaction() as tx:
        row = tx.sessions([store.name("telegram", chat)]).get(store.name("telegram", chat))
    return row.body.decode() if row else ""


def forget(where: Where, chat: str) -> None:
    with closing(open_store(where)) as store, store.transaction() as tx:
        tx.erase([store.name("telegram", chat)], 1.0)


def folders(where: Where) -> tuple[Path, Path]:
    """Give where the data and the keys lie, and where the master key and the list do."""
    assert where.key_file
    return Path(where.database.removeprefix("sqlite:///")).parent, Path(where.key_file).parent


def copied(where: Where, to: Path) -> Path:
    """Copy all files of the data and the keys, as a thief or a snapshot would."""
    return shutil.copytree(folders(where)[0], to)


def put_back(where: Where, copy: Path, *names: str) -> None:
    """Put files of a copy in the place of today's; without names, all of them."""
    data, _ = folders(where)
    for name in names or ("kith.db", "kith-keys.db"):
        for old in data.glob(f"{name}*"):
            old.unlink()
        for file in copy.glob(f"{name}*"):
            shutil.copy(file, data)


def bytes_of(where: Where) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folders(where)[0].iterdir()
        if path.suffix in {".db", ".key"}
    }


def test_without_its_master_key_kith_refuses_and_goes_on_once_it_is_back(told: Where) -> None:
    """A lost key is one clear line, nothing is changed meanwhile, and a copy of it mends all."""
    _, key = folders(told)
    before = bytes_of(told)
    Path(told.key_file).rename(key / "elsewhere")
    with pytest.raises(KeysUnusable, match=r"master key is missing.*-> bring it back"):
        open_store(told)
    assert bytes_of(told) == before
    assert not Path(told.key_file).exists(), "no new key is made beside what an old one sealed"
    (key / "elsewhere").rename(told.key_file)
    assert WORDS[ANN] in kept(told, ANN)


def test_another_master_key_opens_nothing_and_destroys_nothing(told: Where, tmp_path: Path) -> None:
    """With somebody else's key the same: refused, unchanged."""
    stranger = Where(f"sqlite:///{tmp_path}/other/kith.db", key_file=f"{tmp_path}/theirs/kith.key")
    open_store(stranger).close()
    before = bytes_of(told)
    with pytest.raises(KeysUnusable, match="nothing was changed"):
        open_store(Where(told.database, key_file=stranger.key_file))
    assert bytes_of(told) == before
    assert WORDS[ANN] in kept(told, ANN)


def test_a_copy_of_everything_brings_nobody_back_who_was_forgotten(
    told: Where, tmp_path: Path
) -> None:
    """Data and keys from before come back; whoever was forgotten since is forgotten again."""
    copy = copied(told, tmp_path / "copy")
    forget(told, ANN)
    put_back(told, copy)
    assert kept(told, ANN) == ""
    assert WORDS[BEN] in kept(told, BEN)
    with closing(open_store(told)) as store, store.engine.connect() as connection:
        assert connection.scalars(select(sessions.c.person)).all() == [store.name("telegram", BEN)]


def test_what_the_page_admits_is_so(told: Where, tmp_path: Path) -> None:
    """Without the list, an old copy of data and keys opens with the master key, as is said."""
    copy = copied(told, tmp_path / "copy")
    forget(told, ANN)
    put_back(told, copy)
    Path(told.key_file).with_suffix(".forgotten").unlink()
    assert WORDS[ANN] in kept(told, ANN)


def test_keys_that_are_kept_for_fewer_days_close_older_data(told: Where, tmp_path: Path) -> None:
    """With the keys of today, an old copy of the data opens for all but the forgotten."""
    copy = copied(told, tmp_path / "copy")
    forget(told, ANN)
    put_back(told, copy, "kith.db")
    Path(told.key_file).with_suffix(".forgotten").unlink()
    with closing(open_store(told)) as store, store.transaction() as tx:
        (there,) = tx.sessions([store.name("telegram", ANN)]).values()
    assert (there.body, there.trouble) == (b"", "KeyLost")
    assert WORDS[BEN] in kept(told, BEN)


def test_whoever_begins_anew_after_being_forgotten_stays(told: Where, says: Says) -> None:
    """The list is by key: a new key under the same name is not on it."""
    forget(told, ANN)
    assert says(told, ANN, "hello") == ""
    assert says(told, ANN, "CANARYANEW") == ""
    assert "CANARYANEW" in kept(told, ANN)
    assert WORDS[ANN] not in kept(told, ANN)


def test_forgetting_that_was_cut_short_is_finished_at_the_next_start(told: Where) -> None:
    """A line on the list is enough: key and rows are gone after the next start."""
    with closing(open_store(told)) as store:
        name = store.name("telegram", ANN)
        store.keys.forgotten.add([Gone(1.0, name, store.keys.of([name])[name].id)])
    with closing(open_store(told)) as store:
        assert store.keys.of([name]) == {}
        with store.engine.connect() as connection:
            for table in (sessions, outbox):
                assert name not in connection.scalars(select(table.c.person)).all()


def _swap(store: Store) -> None:
    ann, ben = (store.name("telegram", chat) for chat in (ANN, BEN))
    with store.engine.begin() as connection:
        hers = connection.execute(select(sessions).where(sessions.c.person == ann)).one()
        connection.execute(
            update(sessions)
            .where(sessions.c.person == ben)
            .values(address=hers.address, body=hers.body)
        )


def _change(store: Store) -> None:
    ben = sessions.c.person == store.name("telegram", BEN)
    with store.engine.begin() as connection:
        body = connection.execute(select(sessions.c.body).where(ben)).scalar_one()
        spoilt = body[:-1] + bytes([body[-1] ^ 1])
        connection.execute(update(sessions).where(ben).values(body=spoilt))


@pytest.mark.parametrize("spoil", [_swap, _change], ids=["another's row", "one byte"])
def test_a_row_that_was_moved_or_changed_opens_for_nobody_and_stays(
    told: Where, says: Says, spoil: Callable[[Store], None]
) -> None:
    """Whoever writes next reads that something is wrong; nothing is shown or written over."""
    with closing(open_store(told)) as store:
        spoil(store)
    mine = (sessions.c.person, sessions.c.body)
    with closing(open_store(told)) as store, store.engine.connect() as connection:
        before = dict(connection.execute(select(*mine)).all())
    assert kept(told, BEN) == ""
    assert says(told, BEN, "and then this") != ""
    with closing(open_store(told)) as store, store.engine.connect() as connection:
        assert dict(connection.execute(select(*mine)).all()) == before
    assert WORDS[ANN] in kept(told, ANN)


def test_rotation_locks_keys_anew_and_leaves_rows_and_names(told: Where) -> None:
    """What was sealed stays as it is and opens; the old master key opens the keys no more."""
    old = Path(told.key_file).read_text()
    with closing(open_store(told)) as store, store.engine.connect() as connection:
        before = connection.execute(select(sessions)).all()
    with closing(open_vault(told)) as vault:
        assert rotate(vault).wrapped >= 2
    with closing(open_store(told)) as store, store.engine.connect() as connection:
        assert connection.execute(select(sessions)).all() == before
    assert WORDS[ANN] in kept(told, ANN)
    Path(told.key_file).write_text(old)
    with pytest.raises(KeysUnusable):
        open_store(told)


def test_a_copy_from_before_a_rotation_opens_with_the_old_master_key(
    told: Where, tmp_path: Path
) -> None:
    """Rotation does not reach into copies: that is why older backups of keys are deleted."""
    copy = copied(told, tmp_path / "copy")
    old = Path(told.key_file).read_text()
    with closing(open_vault(told)) as vault:
        rotate(vault)
    Path(told.key_file).write_text(old)
    put_back(told, copy)
    assert WORDS[ANN] in kept(told, ANN)


@pytest.mark.parametrize("first", ["keys", "data"])
def test_an_installation_is_brought_back_elsewhere_as_the_page_says(
    told: Where, says: Says, tmp_path: Path, first: str
) -> None:
    """Data, keys, master key and list, each from its own place; the forgotten stay forgotten."""
    back_up(told.database, tmp_path / "data-backup")
    with closing(open_vault(told)) as vault:
        assert back_up_keys(vault, tmp_path / "keys-backup") == 2
    forget(told, ANN)
    there = tmp_path / "elsewhere"
    new = Where(f"sqlite:///{there}/data/kith.db", key_file=f"{there}/key/kith.key")
    shutil.copytree(folders(told)[1], there / "key")
    steps = {
        "keys": lambda: bring_back_keys(new, tmp_path / "keys-backup"),
        "data": lambda: restore(tmp_path / "data-backup", new.database),
    }
    steps.pop(first)()
    steps.popitem()[1]()
    assert WORDS[BEN] in kept(new, BEN)
    assert kept(new, ANN) == ""
    assert says(new, BEN, "and so on") == ""
    assert "and so on" in kept(new, BEN)
