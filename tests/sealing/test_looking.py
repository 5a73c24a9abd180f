"""What the doctor says of the keys: each trouble by its name, with a remedy, changing nothing."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.doctor.finding import Finding
from bot.doctor.keys import key_findings
from storage.opening import open_store
from storage.sealing.looking import keys_condition
from storage.sealing.masters import masters_in, with_another
from storage.store import Stored
from storage.where import Where
from tests.databases import where
from tests.rows import keep


def found(at: Where) -> list[Finding]:
    return list(key_findings(keys_condition(at)))


def told(at: Where) -> Where:
    with closing(open_store(at)) as store, store.transaction() as tx:
        keep(tx, Stored("telegram:a", b"to them", b"their words"))
    return at


@pytest.fixture
def at(tmp_path: Path) -> Where:
    """Give an installation whose keys are as they should be, and in which somebody talked."""
    return told(Where(f"sqlite:///{tmp_path}/kith.db", key_file=f"{tmp_path}/key/kith.key"))


def another(at: Where) -> None:
    Path(at.key_file).unlink()
    open_store(Where(f"{at.database}.other", key_file=at.key_file)).close()


def without_keys(at: Where) -> None:
    Path(at.database.removeprefix("sqlite:///")).with_name("kith-keys.db").unlink()


@pytest.mark.parametrize(
    ("spoil", "code", "serious"),
    [
        (lambda at: Path(at.key_file).chmod(0o640), "key-file-open", True),
        (lambda at: Path(at.key_file).write_text("no key"), "keys-unusable", True),
        (lambda at: Path(at.key_file).unlink(), "no-master-key", True),
        (without_keys, "no-keys", True),
        (another, "other-master-key", True),
        (lambda at: with_another(masters_in(Path(at.key_file))), "rotation-unfinished", False),
        (
            lambda at: Path(at.key_file).with_suffix(".forgotten").unlink(),
            "no-forgotten-list",
            False,
        ),
    ],
)
def test_each_trouble_is_one_finding(
    at: Where, tmp_path: Path, spoil: Callable[[Where], object], code: str, serious: bool
):
    """It has a remedy, names no key, and nothing is made or changed by looking."""
    spoil(at)
    before = {each: each.stat().st_mtime_ns for each in tmp_path.rglob("*")}
    (finding,) = found(at)
    assert (finding.code, finding.serious) == (code, serious)
    assert finding.message
    assert finding.fix
    assert {each: each.stat().st_mtime_ns for each in tmp_path.rglob("*")} == before


def test_where_all_is_well_nothing_is_said(url: str):
    """On both databases, once somebody has talked, with the master key set."""
    here = where(url)
    told(Where(url, master_key="A" * 43 + "="))
    assert found(Where(url, master_key="A" * 43 + "=")) == []
    assert [each.code for each in found(here)] == ["no-master-key"]


def test_a_master_key_beside_the_data_is_worth_a_look(tmp_path: Path):
    """It is advice: Kith runs, and whoever copies the folder has both."""
    (finding,) = found(told(Where(f"sqlite:///{tmp_path}/kith.db")))
    assert (finding.code, finding.serious) == ("key-beside-data", False)
    assert "KITH_KEY_FILE" in finding.fix
