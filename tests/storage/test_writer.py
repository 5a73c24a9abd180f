"""The one thread that writes: it takes what waits, and nobody's trouble is another's."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.arrivals import Arrival, Outcome
from bot.engine.events import Opened, TextReceived
from bot.metrics import Metrics
from bot.turns import Turns
from bot.writer import MOST_AT_ONCE, Writer
from storage.showing import Sent
from storage.store import Store
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.fakes import library_of

SCRIPT = (
    "{id: talk, steps: [{id: name, say: Name?, ask: words}, {id: last, say: Last?, ask: words}]}"
)


class Watched(Turns):
    """The real thing, which also notes the size of each batch and can be held up at the door."""

    def __init__(self, store: Store, clock: StoppedClock) -> None:
        super().__init__(store, library_of(SCRIPT), clock)
        self.batches: list[int] = []
        self.open = threading.Event()
        self.waiting = threading.Event()

    def take(self, arrivals: Sequence[Arrival], sent: Sequence[Sent] = ()) -> list[Outcome]:
        """Take them in once the door is open."""
        self.batches.append(len(arrivals))
        self.waiting.set()
        self.open.wait(60)
        return super().take(arrivals, sent)


@pytest.fixture
def turns(tmp_path: Path, clock: StoppedClock) -> Iterator[Watched]:
    store = opened_store(f"sqlite:///{tmp_path}/kith.db")
    yield Watched(store, clock)
    store.close()


@pytest.fixture
def writer(turns: Watched) -> Iterator[Writer]:
    writer = Writer(turns, Metrics())
    yield writer
    turns.open.set()
    writer.close()


def opening(person: str, event_id: str | None = None) -> Arrival:
    return Arrival(person, {"chat": person}, Opened(), event_id or f"{person}-1")


def test_an_arrival_is_committed_when_its_future_is_done(writer: Writer, turns: Watched):
    """Only what lies safely in the database is acknowledged."""
    turns.open.set()
    assert writer.submit(opening("a")).result(60)[0].turn is not None
    with turns.store.transaction() as tx:
        assert "a" in tx.sessions(["a"])
        assert len(tx.waiting("a")) == 1


def test_what_waits_goes_into_one_transaction(writer: Writer, turns: Watched):
    """Under load many are answered by one commit, without waiting to fill a batch."""
    first = writer.submit(opening("first"))
    assert turns.waiting.wait(60)
    rest = [writer.submit(opening(f"p{number}")) for number in range(20)]
    turns.open.set()
    assert all(each.result(60)[0].turn for each in [first, *rest])
    assert turns.batches == [1, 20]


def test_a_batch_has_a_bound(writer: Writer, turns: Watched):
    """However many wait, one transaction stays short."""
    writer.submit(opening("first"))
    assert turns.waiting.wait(60)
    rest = [writer.submit(opening(f"p{number}")) for number in range(MOST_AT_ONCE * 2 + 1)]
    turns.open.set()
    assert all(each.result(60)[0].turn for each in rest)
    assert turns.batches == [1, MOST_AT_ONCE, MOST_AT_ONCE, 1]


def test_a_batch_whose_write_fails_is_tried_one_by_one(writer: Writer, turns: Watched):
    """One arrival that can't be written fails alone; all the others are committed."""
    writer.submit(opening("first"))
    assert turns.waiting.wait(60)
    good = [writer.submit(opening(f"p{number}")) for number in range(3)]
    bad = writer.submit(Arrival("bad", {"chat": object()}, Opened(), "bad-1"))
    more = writer.submit(opening("more"))
    turns.open.set()
    assert all(each.result(60)[0].turn for each in [*good, more])
    with pytest.raises(TypeError):
        bad.result(60)
    assert writer.submit(opening("later")).result(60)[0].turn is not None


def test_a_database_that_is_away_is_told_to_whoever_waits(writer: Writer, turns: Watched):
    """Where nothing could be committed nothing is acknowledged, and it works again afterwards."""
    turns.open.set()
    with turns.store.transaction() as tx:
        tx._connection.exec_driver_sql("ALTER TABLE sessions RENAME TO away")
    failed = writer.submit(opening("a"))
    assert failed.exception(60) is not None
    with turns.store.transaction() as tx:
        tx._connection.exec_driver_sql("ALTER TABLE away RENAME TO sessions")
    assert writer.submit(opening("a")).result(60)[0].turn is not None


def test_somebody_who_no_longer_waits_does_not_stop_the_writer(writer: Writer, turns: Watched):
    """A channel that gives up on an arrival leaves the thread at work for everybody else."""
    first = writer.submit(opening("first"))
    assert turns.waiting.wait(60)
    given_up = writer.submit(opening("gone"))
    given_up.cancel()
    turns.open.set()
    assert first.result(60)[0].turn is not None
    assert writer.submit(opening("later")).result(20)[0].turn is not None


def test_work_of_another_kind_is_done_in_turn(writer: Writer, turns: Watched):
    """Housekeeping happens between turns, in its own transaction, and its fault is its own."""
    turns.open.set()
    writer.submit(opening("a")).result(60)
    assert writer.call(lambda tx: len(tx.waiting("a"))).result(60) == 1

    def broken(_: object) -> None:
        raise KeyError

    assert isinstance(writer.call(broken).exception(60), KeyError)
    assert writer.call(lambda tx: tx.sent([1])).result(60) is None


def test_one_persons_messages_keep_their_order(writer: Writer, turns: Watched):
    """However fast they come, they are answered in the order in which they were handed in."""
    writer.submit(opening("a"))
    assert turns.waiting.wait(60)
    lines = [Arrival("a", {"chat": "a"}, TextReceived(words), words) for words in ("Ann", "bye")]
    last = [writer.submit(line) for line in lines][-1]
    turns.open.set()
    (outcome,) = last.result(60)
    assert outcome.turn is not None
    assert outcome.turn.session.answers["name"].value == "Ann"
    assert outcome.turn.session.answers["last"].value == "bye"


def test_closing_finishes_what_is_in_hand(turns: Watched):
    """A stop in the middle of the day loses nothing that was handed in before."""
    writer = Writer(turns, Metrics())
    waiting = [writer.submit(opening(f"p{number}")) for number in range(5)]
    turns.open.set()
    writer.close()
    assert all(each.done() for each in waiting)


def test_nothing_is_taken_in_after_closing(turns: Watched):
    """What comes too late is refused at once, so that nobody waits for ever."""
    turns.open.set()
    writer = Writer(turns, Metrics())
    writer.close()
    try:
        late = writer.submit(opening("late"))
    except RuntimeError:
        return
    assert late.done()
