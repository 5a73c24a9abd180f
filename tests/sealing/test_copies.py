"""A backup of the keys: whole, of one moment, and of nobody who was forgotten since."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.opening import bring_back_keys, open_store, open_vault
from storage.sealing.copies import back_up_keys
from storage.sealing.keydatabase import address_of_keys
from storage.where import Where
from storage.whole_files import BackupRefused

ANN, BEN = "telegram:a", "telegram:b"


@pytest.fixture
def at(tmp_path: Path) -> Where:
    here = Where(f"sqlite:///{tmp_path}/kith.db", key_file=f"{tmp_path}/key/kith.key")
    with closing(open_store(here)) as store:
        store.keys.make([ANN, BEN])
    return here


def lose_keys(at: Where) -> None:
    file = Path(address_of_keys(make_url(at.database)).database or "")
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()


def test_keys_come_back_but_for_who_was_forgotten(at: Where, tmp_path: Path):
    """All others open as before, and names lead to the same people."""
    file = tmp_path / "keys.backup"
    with closing(open_vault(at)) as vault:
        assert back_up_keys(vault, file) == 2
        before, name = vault.of([ANN, BEN]), vault.name("telegram", "7")
        vault.destroy([ANN], 1.0)
    assert file.stat().st_mode & 0o777 == 0o600
    lose_keys(at)
    assert bring_back_keys(at, file) == 1
    with closing(open_vault(at)) as vault:
        assert vault.of([ANN, BEN]) == {BEN: before[BEN]}
        assert vault.name("telegram", "7") == name


def test_a_backup_waits_for_nobody_who_makes_a_key(at: Where, tmp_path: Path):
    """It reads while another process writes, and has what was there at that moment."""
    with closing(open_vault(at)) as vault, vault.engine.begin():
        assert back_up_keys(vault, tmp_path / "keys.backup") == 2


def test_what_can_not_be_brought_back_is_refused(at: Where, tmp_path: Path):
    """Over keys that are there, from no file, from another file, under another master key."""
    file = tmp_path / "keys.backup"
    with closing(open_vault(at)) as vault:
        back_up_keys(vault, file)
        with pytest.raises(BackupRefused, match="is there already"):
            back_up_keys(vault, file)
    with pytest.raises(BackupRefused, match="holds keys already"):
        bring_back_keys(at, file)
    lose_keys(at)
    (tmp_path / "words").write_text("no keys at all", encoding="utf-8")
    sqlite3.connect(tmp_path / "empty").execute("CREATE TABLE other (a)").connection.close()
    for other in ("nothing", "words", "empty"):
        with pytest.raises(BackupRefused, match="name a file that `kith keys backup` wrote"):
            bring_back_keys(at, tmp_path / other)
    key = Path(at.key_file)
    key.rename(tmp_path / "theirs")
    lose_keys(at)
    open_store(at).close()
    lose_keys(at)
    with pytest.raises(BackupRefused, match="bring back the master key of that time first"):
        bring_back_keys(at, file)
