"""What have you kept, forget and export: one and the same, from the chat and from the operator."""

import json
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from bot.beside import beside
from bot.channels.enclosing import enclosed
from bot.channels.terminal import Seat
from bot.engine.beside import TABLES
from bot.engine.effects import Say
from bot.engine.events import ChoicePicked, CommandGiven, Event, Opened, TextReceived
from bot.engine.holdings import TECHNICAL
from bot.engine.session import Session
from bot.exporting import kept_of
from bot.library import Library
from bot.parcels import unpack_session
from bot.turns import Turns
from storage.beside import about_people
from storage.sealing.tables import keys_metadata
from storage.showing import Shown
from storage.store import Store
from storage.tables import metadata, sessions
from tests.conftest import StoppedClock
from tests.running import kith

WALK: tuple[Event, ...] = (
    Opened(),
    *(TextReceived(words) for words in ("yes", "2", "yes", "CANARY", "1", "1", "1", "1", "1", "1")),
    *(TextReceived(words) for words in ("Denise", "2", "2", "Raj")),
)


@pytest.fixture
def turns(store: Store, library: Library, clock: StoppedClock) -> Turns:
    """Give turns with somebody in the middle of a reflection, and things that are to happen."""
    turns = Turns(store, library, clock)
    seat = Seat(turns, "me")
    for event in WALK:
        seat.hand_in(event)
    with store.transaction() as tx:
        me = seat.person
        tx.show([Shown(me, 5), Shown(me, 6)], clock().timestamp())
        tx.remind(me, "lapse", (clock() + timedelta(days=1)).timestamp())
    return turns


def whose(turns: Turns) -> str:
    """Give the name under which this person's rows stand."""
    return turns.store.name("terminal", "me")


def said(turns: Turns, *events: Event) -> list[Say]:
    """Take what was said before away, and give what is said to these events."""
    seat = Seat(turns, "me")
    seat.collect()
    seat.shown()
    for event in events:
        seat.hand_in(event)
    return [each.effect for each in seat.collect()]


def rows_of(turns: Turns) -> list[tuple[str, dict]]:
    """Give every row of every table about this person, and the session as one."""
    with turns.store.transaction() as tx:
        return [(table, row) for table, rows in tx.beside(whose(turns)).items() for row in rows]


def test_every_table_with_people_in_it_is_told() -> None:
    """A table that is added and not told in words.yaml (`beside_`) is found by this.

    The others say nothing of anybody who writes: who confirmed the numbers, ids of updates, the
    list of places, how many said what of a place, links out of groups, and bands of numbers.
    """
    keys = about_people(keys_metadata)
    assert set(about_people()) | set(keys) <= set(TABLES)
    assert set(keys_metadata.tables) - set(keys) == {"own"}
    nobodys = {"confirmations", "ledger", "services", "reports", "links", "totals"}
    assert set(metadata.tables) - set(about_people()) <= nobodys


def test_the_export_holds_what_was_shown_and_all_that_is_stored(turns: Turns) -> None:
    """Field by field: shown, given along, given to the operator, and lying in the database."""
    shown = "\n".join(each.text for each in said(turns, CommandGiven("kept")))
    page, data, *_ = said(turns, CommandGiven("export"))
    assert page.enclosed
    assert data.enclosed
    file = json.loads(enclosed(data.enclosed).content)
    assert (file["format"], file["made"][:4]) == (1, "2026")
    html = enclosed(page.enclosed).content.decode()
    for row in file["rows"]:
        assert f"{row['what']}\n- {row['value']}" in shown or row["part"] == "beside", row
        assert row["what"].split("\n")[0][:30].replace('"', "&quot;") in html.replace("&#x27;", "'")
        assert set(row) == {"part", "field", "what", "value", "raw", "kept", "action"}
    with turns.store.transaction() as tx:
        stored = tx.sessions([whose(turns)])[whose(turns)]
        outside = beside(tx, stored)
        held = kept_of(turns.library, tx, whose(turns), turns.clock())
    session = unpack_session(stored.body)
    given = {row["field"]: row["raw"] for row in file["rows"]}
    for key, answer in session.answers.items():
        assert given[f"answers/{key}"] == [answer.standing, answer.value, answer.went]
    told = {field.partition("/")[0] for field in given}
    full = {each.name for each in fields(Session) if getattr(session, each.name)}
    assert full - set(TECHNICAL) - {"apart"} <= told
    # the files themselves wait in the outbox only now
    assert {table for table, _ in outside} - {"outbox"} <= told
    assert held
    parts: list = held["parts"]  # type: ignore[assignment]
    assert {row["field"] for part in parts for row in part["rows"]} == {*given, "outbox"}


def test_the_file_lies_in_the_chat_of_whoever_asked(turns: Turns) -> None:
    """Somebody might look at this phone: that is said first, and the names say nothing."""
    page, data, *_ = said(turns, CommandGiven("export"))
    assert "Somebody might look at this phone" in page.text
    assert page.enclosed
    assert data.enclosed
    assert [enclosed(each.enclosed).name for each in (page, data)] == ["page.html", "data.json"]
    assert b"<script" not in enclosed(page.enclosed).content
    assert b"href" not in enclosed(page.enclosed).content


def test_a_reflection_takes_what_is_due_along(turns: Turns) -> None:
    """What was to happen because of it does not any more."""
    assert [row["name"] for table, row in rows_of(turns) if table == "due"] == [
        *("lapse", "retention")
    ]
    said(turns, CommandGiven("forget reflection"), ChoicePicked("wipe reflection"))
    assert [row["name"] for table, row in rows_of(turns) if table == "due"] == ["retention"]


def test_taken_back_nothing_is_left_but_a_goodbye(turns: Turns) -> None:
    """Every table is empty of them; twice is the same, with the same words."""
    first = said(turns, CommandGiven("withdraw"), ChoicePicked("forget all"))
    assert {table for table, _ in rows_of(turns)} == {"outbox"}
    assert said(turns, CommandGiven("withdraw"), ChoicePicked("forget all"))[-1] == first[-1]


def test_the_operator_exports_and_forgets(tmp_path: Path) -> None:
    """On a person's demand, by two commands; nothing kept is no error, twice is the same."""
    url = f"sqlite:///{tmp_path}/kith.db"
    lines = "yes\n1\nyes\nCANARY\n"
    assert kith("--db", url, "chat", lines=lines).returncode == 0
    page, data = tmp_path / "x.html", tmp_path / "x.json"
    files = ("--html", str(page), "--json", str(data))
    assert kith("--db", url, "export", "terminal:me", *files).returncode == 0
    assert "CANARY" in page.read_text(encoding="utf-8")
    assert "CANARY" in data.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o777 == data.stat().st_mode & 0o777 == 0o600
    gone = [kith("--db", url, "forget", "terminal:me") for _ in range(2)]
    assert [each.returncode for each in gone] == [0, 0]
    assert [each.stdout for each in gone] == [
        "everything that was kept of them is gone\n",
        "nothing is kept of them\n",
    ]
    empty = kith("--db", url, "export", "terminal:me")
    assert (empty.returncode, empty.stderr) == (0, "nothing is kept of them\n")
    assert json.loads(empty.stdout)["rows"] == []
    assert b"CANARY" not in (tmp_path / "kith.db").read_bytes()
    assert kith("--db", url, "forget", "me").returncode == 2


def test_a_session_that_cannot_be_opened_is_no_answer_of_nothing(turns: Turns) -> None:
    """To the operator it is an error: something is kept, and what it is can't be said."""
    with turns.store.engine.begin() as there:
        there.execute(sessions.update().values(body=b"changed on the disk"))
    with turns.store.transaction() as tx, pytest.raises(ValueError, match=r"."):
        kept_of(turns.library, tx, whose(turns), turns.clock())
