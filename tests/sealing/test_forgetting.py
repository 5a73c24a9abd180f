"""Forgetting that a fault cut short: it is finished, and nothing new goes with it."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from storage.sealing.forgotten import Forgotten, Gone
from storage.sealing.tables import keys
from storage.store import Store, Stored
from storage.unusable import KeysUnusable
from tests.databases import opened_store
from tests.rows import keep, post

ANN = "telegram:a"
THEIRS = Stored(ANN, b"to them", b"their words")
ANEW = Stored(ANN, b"to them", b"said later")


@pytest.fixture
def told(store: Store) -> Store:
    """Give a store in which somebody has a session, something on its way and something due."""
    with store.transaction() as tx:
        keep(tx, THEIRS)
        post(tx, ANN, b"to them", [b"on its way"])
        tx.remind(ANN, "back", 9.0)
    return store


def cut_short(store: Store) -> None:
    """Let the key be destroyed, and the data stay: the commit fails."""
    with suppress(InterruptedError), store.transaction() as tx:
        tx.erase([ANN], 1.0)
        raise InterruptedError


def everything(store: Store) -> tuple[object, ...]:
    with store.transaction() as tx:
        return tx.sessions([ANN]), tx.waiting(), tx.reminders(ANN)


def test_who_comes_back_after_it_was_cut_short_begins_anew(told: Store, url: str):
    """Of before nothing is left; what they say now is kept, also over the next start."""
    cut_short(told)
    assert everything(told) == ({ANN: Stored(ANN, b"", b"")}, [], [])
    with told.transaction() as tx:
        tx.sessions([ANN])
        tx.save([ANEW], 2.0)
        post(tx, ANN, b"to them", [b"an answer"])
    with closing(opened_store(url)) as again:
        found, waiting, _ = everything(again)
        assert found == {ANN: ANEW}
        assert [each.body for each in waiting] == [b"an answer"]  # type: ignore[attr-defined]


def test_what_was_cut_short_is_finished_at_the_next_start(told: Store, url: str):
    """Session, outbox and what was due are gone, without anybody coming back."""
    cut_short(told)
    with closing(opened_store(url)) as again:
        assert everything(again) == ({}, [], [])


def test_a_key_that_could_not_be_destroyed_yet_seals_nothing_more(told: Store):
    """Where the line is written and the key still there, whoever comes back has a new key."""
    before = told.keys.of([ANN])[ANN]
    told.keys.forgotten.add([Gone(1.0, ANN, before.id)])
    with told.transaction() as tx:
        assert tx.sessions([ANN]) == {ANN: Stored(ANN, b"", b"")}
        tx.save([ANEW], 2.0)
    assert told.keys.of([ANN])[ANN].id != before.id
    with told.transaction() as tx:
        assert tx.sessions([ANN]) == {ANN: ANEW}


def test_where_the_list_cannot_be_written_nobody_is_forgotten(told: Store):
    """The key stays, the words stay, and it can be tried again."""
    told.keys.forgotten = Forgotten(Path("/dev/full"))
    with pytest.raises(KeysUnusable), told.transaction() as tx:
        tx.erase([ANN], 1.0)
    with told.transaction() as tx:
        assert tx.sessions([ANN]) == {ANN: THEIRS}


def test_forgetting_takes_nobody_else_along_who_waits(told: Store):
    """The logs are emptied once the data is committed: until then nothing else is held up."""
    with told.transaction() as tx:
        tx.erase([ANN], 1.0)
        assert told.keys.to_clean
    assert not told.keys.to_clean
    with told.keys.reading.connect() as connection:
        assert connection.scalar(select(keys.c.person)) is None


def test_where_the_keys_are_held_by_another_nobody_is_forgotten_by_half(told: Store):
    """Nobody stands on the list then, and the words stay as they are: it can be tried again."""
    if told.engine.dialect.name != "sqlite":
        pytest.skip("a server holds single rows")
    with told.keys.engine.connect() as asking:
        asking.exec_driver_sql("PRAGMA busy_timeout=20")  # the next one to ask has this connection
    file = told.keys.engine.url.database
    assert file
    with closing(sqlite3.connect(file)) as holding:
        holding.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), told.transaction() as tx:
            tx.erase([ANN], 1.0)
        holding.rollback()
    assert told.keys.forgotten.all() == []
    with told.transaction() as tx:
        assert tx.sessions([ANN]) == {ANN: THEIRS}
        tx.erase([ANN], 1.0)
    assert everything(told) == ({}, [], [])
