"""A database that an earlier Kith has written is brought forward, and its people go on talking."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from bot.channels.terminal import Seat
from bot.engine.events import ChoicePicked, Opened, TextReceived, TimePassed
from bot.library import Library
from bot.parcels import unpack_outgoing
from bot.turns import Turns
from storage.database import migrate
from storage.outbox import Lease
from storage.revisions import known_revisions
from storage.store import Store
from tests.conftest import StoppedClock
from tests.databases import bring_keys, opened_store

OLD = Path(__file__).parent / "old"


def test_every_revision_but_the_newest_left_a_database():
    """Whoever adds a migration also keeps a database of the version before it."""
    assert {file.stem for file in OLD.glob("*.sql")} == {*known_revisions()} - {
        known_revisions()[0]
    }


def laid_out(revision: str, url: str, folder: Path) -> str:
    """Write an old database to this address, row by row as it was."""
    address = make_url(url)
    old = sqlite3.connect(folder / "old.db")
    old.executescript((OLD / f"{revision}.sql").read_text("utf-8"))
    engine = create_engine(address)
    migrate(engine, revision)
    with engine.begin() as connection:
        for table in inspect(connection).get_table_names():
            cursor = old.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor]
            if rows and table != "alembic_version":
                values = ", ".join(f":{name}" for name in names)
                listed = ", ".join(names)
                into = f"INSERT INTO {table} ({listed}) VALUES ({values})"  # noqa: S608
                connection.execute(text(into), rows)
                if address.get_backend_name() == "postgresql" and "id" in names:
                    counted = (
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {len(rows) + 99})"
                    )
                    connection.execute(text(counted))
    engine.dispose()
    old.close()
    return url


def old_keys(revision: str, folder: Path) -> str:
    """Lay out the keys that an old database was sealed under; give the address beside them."""
    apart = folder / "apart"
    apart.mkdir()
    with closing(sqlite3.connect(apart / "kith-keys.db")) as there:
        there.executescript((OLD / "keys" / f"{revision}.sql").read_text("utf-8"))
    master = Path(os.environ.get("KITH_KEY_FILE", "") or apart / "kith.key")
    shutil.copy(OLD / "keys" / f"{revision}.key", master)
    master.chmod(0o600)
    master.with_suffix(".forgotten").touch()
    return f"sqlite:///{apart}/kith.db"


@pytest.fixture(params=sorted(file.stem for file in OLD.glob("*.sql")))
def store(request: pytest.FixtureRequest, empty_url: str, tmp_path: Path):
    address = laid_out(request.param, empty_url, tmp_path)
    if (OLD / "keys" / f"{request.param}.sql").exists():
        bring_keys(old_keys(request.param, tmp_path), address)
    store = opened_store(address)
    yield store
    store.close()


def agrees_anew(seat: Seat) -> None:
    """Say yes to what is kept today; what was agreed to then said less."""
    seat.hand_in(Opened())
    assert any("has changed" in each.effect.text for each in seat.collect())
    seat.hand_in(ChoicePicked("agreed"))
    seat.collect()
    seat.shown()


def test_a_conversation_goes_on(store: Store, library: Library, clock: StoppedClock):
    """Somebody in the middle of a reflection is asked on, with all that they have said."""
    seat = Seat(Turns(store, library, clock), "jo")
    before = seat.session()
    assert before.place[-1].step == "elsewhere"
    agrees_anew(seat)
    seat.hand_in(TextReceived("Mostly just here"))
    after = seat.session()
    assert after.answers["elsewhere"].value == "here"
    assert {**after.answers, **before.answers} == after.answers
    assert after.turn == before.turn + 2
    assert seat.collect()[-1].effect.text


def test_what_waits_goes_out_and_what_is_due_is_due(
    store: Store, library: Library, clock: StoppedClock
):
    """A message on its way is sent by today's Kith, a reminder comes when it was to come."""
    with store.transaction() as tx:
        jo = store.name("telegram", "7")
        assert tx.unheld("telegram:", 0.0) == [jo]
        *_, parcel = tx.claim(jo, Lease("me", 30.0), 0.0)
    assert "look at this phone" in unpack_outgoing(parcel.body).effect.text
    assert json.loads(parcel.address)["chat"] == 7
    turns = Turns(store, library, clock)
    assert turns.due() == []
    clock.wait(days=8)
    (due,) = turns.due()
    assert (due.person, turns.take([due])[0].failed) == (jo, "")
    assert turns.due() == []


def test_whoever_does_not_come_back_is_wiped_by_and_by(
    store: Store, library: Library, clock: StoppedClock
):
    """What was kept before its time was written down goes as what is kept today."""
    turns = Turns(store, library, clock)
    clock.wait(days=29, hours=23)
    assert {each.event for each in turns.due()} == {TimePassed("follow_up")}
    clock.wait(days=60)
    assert turns.take(turns.due())
    with store.transaction() as tx:
        assert tx.everyone("", 9) == []
        assert tx.waiting() == []
        assert tx.overdue(float("inf")) == []


def test_whoever_comes_back_is_kept_from_then_on(
    store: Store, library: Library, clock: StoppedClock
):
    """One turn is enough: the days are counted from it, and nothing that was said is lost."""
    turns = Turns(store, library, clock)
    seat = Seat(turns, "jo")
    clock.wait(days=29)
    agrees_anew(seat)
    seat.hand_in(TextReceived("Mostly just here"))
    clock.wait(days=29, hours=23)
    while due := turns.due():
        turns.take(due)
    assert seat.session().answers["elsewhere"].value == "here"
    clock.wait(hours=2)
    while due := turns.due():
        turns.take(due)
    assert not seat.session().begun
