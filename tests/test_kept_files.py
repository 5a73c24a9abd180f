"""Each file that Kith writes stands in `docs/privacy.md`, with who can read it, and no other."""

import re
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.arrivals import Arrival
from bot.engine.events import CommandGiven, Event, TextReceived
from bot.turns import Turns
from storage.opening import key_file_of, open_store
from storage.sealing.keydatabase import SCHEMA, address_of_keys
from storage.sealing.tables import keys_metadata
from storage.where import Where
from tests.conftest import ROOT, StoppedClock
from tests.fakes import library_of
from tests.test_privacy_page import OPERATING, PAGE, part, rows

SCRIPT = """
id: talk
steps:
  - {id: name, say: What shall I call you?, ask: words}
  - {id: mood, say: "And you, {{ name or 'you' }}?", ask: words}
"""
WORDS = "CANARYWORDS"
CHAT = "4815162342"


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Where:
    """Give an installation of its own: nothing set, so that the files are those of the page."""
    monkeypatch.delenv("KITH_KEY_FILE", raising=False)
    return Where(f"sqlite:///{tmp_path}/data/kith.db")


def files_named() -> dict[str, str]:
    """Give each file in the first column of the table, and who the page says can read it."""
    found = {}
    for first, _, readable, _ in rows(part("## What lies where").split("\n###")[0]):
        names = re.findall(r"`([\w.-]+)`", first)
        for each in names:
            name = f"{names[0]}{each}" if each.startswith("-") else each
            assert name not in found, f"{name} stands on two rows"
            found[name] = readable
    return found


def talk(where: Where, clock: StoppedClock, *events: Event) -> None:
    """Say something, and look at the files while the program still runs."""
    store = open_store(where)
    turns = Turns(store, library_of(SCRIPT), clock)
    name = store.name("telegram", CHAT)
    for number, event in enumerate(events):
        arrival = Arrival(name, {"chat": CHAT}, event, f"telegram:{clock():%H%M%S}{number}")
        assert turns.take([turns.screened(arrival)])[0].failed == ""
    store.close()


def test_every_file_that_is_written_stands_on_the_page(
    where: Where, tmp_path: Path, clock: StoppedClock
) -> None:
    """Talking and forgetting leave the files that an operator reads of, in one folder."""
    talk(where, clock, TextReceived(WORDS), CommandGiven("forget"))
    store = open_store(where)
    with store.transaction() as tx:
        tx.erase([store.name("telegram", CHAT)], 1.0)
    written = {path.name for path in (tmp_path / "data").iterdir()}
    store.close()
    assert {"kith.db", "kith-keys.db", "kith.key", "kith.forgotten"} <= written
    assert written <= set(files_named())
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_no_file_but_the_export_shows_words_or_a_chat(
    where: Where, tmp_path: Path, clock: StoppedClock
) -> None:
    """What somebody wrote and the number of their chat stand nowhere as plain bytes."""
    talk(where, clock, TextReceived(WORDS))
    for file in (tmp_path / "data").iterdir():
        held = file.read_bytes()
        assert WORDS.encode() not in held, file.name
        assert CHAT.encode() not in held, file.name


def test_who_can_read_a_file_is_as_the_page_says(
    where: Where, tmp_path: Path, clock: StoppedClock
) -> None:
    """The key and the list of who was forgotten are for the user alone who runs Kith."""
    talk(where, clock, TextReceived(WORDS))
    store = open_store(where)
    with store.transaction() as tx:
        tx.erase([store.name("telegram", CHAT)], 1.0)
    store.close()
    assert "mode 0600" in files_named()["kith.key"]
    assert "the same user" in files_named()["kith.forgotten"]
    for name in ("kith.db", "kith-keys.db"):
        assert "its owner (mode 0600)" in files_named()[name]
    for name in ("kith.db", "kith-keys.db", "kith.key", "kith.forgotten"):
        assert (tmp_path / "data" / name).stat().st_mode & 0o777 == 0o600, name


def test_the_forgotten_list_holds_what_the_page_says(
    where: Where, tmp_path: Path, clock: StoppedClock
) -> None:
    """A time, a name and a key's id: no number of a chat, no words."""
    talk(where, clock, TextReceived(WORDS))
    store = open_store(where)
    name = store.name("telegram", CHAT)
    with store.transaction() as tx:
        tx.erase([name], 1.0)
    store.close()
    (line,) = (tmp_path / "data" / "kith.forgotten").read_text().split("\n")[1:-1]
    assert re.fullmatch(rf"1\.000 {name} [0-9a-f]+", line)
    assert re.fullmatch(r"telegram:[0-9a-f]{64}", name)
    assert "when, which name, which key" in PAGE


def test_the_tables_of_keys_are_told_column_by_column() -> None:
    """The assessment and the page name both tables of the keys database, and all they hold."""
    assessment = (ROOT / "docs" / "dpia.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| [^|`]+: `(\w+)` \| ([^|]+) \|", assessment, re.MULTILINE))
    assert set(told) == set(keys_metadata.tables)
    chest = part("## The keys")
    for name, table in keys_metadata.tables.items():
        assert re.findall(r"`(\w+)`", told[name]) == table.columns.keys()
        assert {name, *table.columns.keys()} <= set(re.findall(r"`(\w+)`", chest))


def test_the_keys_lie_where_operators_are_told() -> None:
    """File names beside the database, and the name of the schema, are those on the pages."""
    where = Where("sqlite:////data/kith.db", key_file="/key/kith.key")
    url = address_of_keys(make_url(where.database))
    assert url.database == "/data/kith-keys.db"
    assert key_file_of(Where(where.database), make_url(where.database)).name == "kith.key"
    for page in (PAGE, OPERATING):
        assert f"`{SCHEMA}`" in page
        assert "`kith-keys.db`" in page
        assert "`kith.key`" in page


def test_deleted_bytes_are_overwritten_as_the_page_says(where: Where) -> None:
    """`secure_delete` is on in both files of SQLite."""
    assert "`secure_delete=ON`" in PAGE
    store = open_store(where)
    for engine in (store.engine, store.keys.engine):
        with engine.connect() as connection:
            assert connection.scalar(text("PRAGMA secure_delete")) == 1
    store.close()
