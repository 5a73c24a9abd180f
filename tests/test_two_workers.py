"""Two workers on one PostgreSQL meet at the same person in the same moment."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from bot.arrivals import Arrival, Outcome
from bot.engine.events import Blocked, Opened
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.fakes import library_of
from tests.rows import post

SCRIPT = "{id: talk, steps: [{id: name, say: Name?, ask: words}]}"


class Worker:
    """Takes one arrival in, in a thread of its own."""

    def __init__(self, turns: Turns, arrival: Arrival) -> None:
        self.outcomes: list[Outcome] = []
        self._thread = threading.Thread(target=self._take, args=(turns, arrival))
        self._thread.start()

    def _take(self, turns: Turns, arrival: Arrival) -> None:
        self.outcomes = turns.take([arrival])

    def ends(self) -> Outcome:
        self._thread.join(20)
        return self.outcomes[0]


@pytest.fixture
def stores(postgres_url: str) -> Iterator[tuple[Store, Store]]:
    both = opened_store(postgres_url), opened_store(postgres_url)
    yield both
    for store in both:
        store.close()


def blocked(url: str) -> None:
    """Wait until a transaction waits for another one's lock."""
    engine = create_engine(url)
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(2000):
        with engine.connect() as connection:
            if connection.execute(waiting).scalar():
                break
        time.sleep(0.005)
    engine.dispose()


def test_a_message_that_meets_a_forgetting_is_taken_in(
    postgres_url: str, stores: tuple[Store, Store], clock: StoppedClock
) -> None:
    """Whoever is forgotten by one worker while another waits for them begins anew, and is heard."""
    here, there = (Turns(store, library_of(SCRIPT), clock) for store in stores)
    here.take([Arrival("a", {"chat": 1}, Opened(), "1")])
    with stores[0].transaction() as tx:
        tx.sessions(["a"])
        tx.erase(["a"], 1.0)
        worker = Worker(there, Arrival("a", {"chat": 1}, Opened(), "2"))
        blocked(postgres_url)
    assert worker.ends().turn is not None
    with stores[0].transaction() as tx:
        assert tx.sessions(["a"])["a"].body
        assert tx.seen(["2"]) == {"2"}


def test_two_that_wait_for_each_other_are_both_served(
    postgres_url: str, stores: tuple[Store, Store], clock: StoppedClock
) -> None:
    """PostgreSQL ends one of two that block each other; a turn is then simply tried again."""
    turns = Turns(stores[1], library_of(SCRIPT), clock)
    turns.take([Arrival("a", {"chat": 1}, Opened(), "1")])
    with stores[0].transaction() as tx:
        (number,) = post(tx, "a", b"{}", [b"late"])
    with suppress(OperationalError), stores[0].transaction() as tx:
        tx.sent([number])
        worker = Worker(turns, Arrival("a", {"chat": 1}, Blocked(), "2"))
        blocked(postgres_url)
        tx.sessions(["a"])
    assert worker.ends().turn is not None
