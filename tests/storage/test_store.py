"""What a transaction can do, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage.outbox import Lease, Letter
from storage.store import Due, Store, Stored
from storage.tables import metadata
from tests.databases import opened_store
from tests.rows import keep, post


def everything(store: Store) -> str:
    """Give all that stands in any table."""
    with store.transaction() as tx:
        rows = [tx._connection.execute(select(table)).all() for table in metadata.sorted_tables]
    return repr(rows)


def test_a_new_person_gets_a_row_and_keeps_it(store: Store):
    """Somebody who was here before isn't made new."""
    with store.transaction() as tx:
        tx.ensure(["b", "a"], 1.0)
        keep(tx, Stored("a", b"to a", b"words"), 2.0)
        tx.ensure(["a"], 3.0)
        found = tx.sessions(["a", "b", "nobody", "a"])
    assert found == {"a": Stored("a", b"to a", b"words"), "b": Stored("b", b"", b"")}
    assert list(found) == ["a", "b"]


def test_nobody_asked_for_is_nobody_found(store: Store):
    """Asking for no one is no error."""
    with store.transaction() as tx:
        tx.ensure([], 1.0)
        assert tx.sessions([]) == {}
        assert tx.seen([]) == set()
        tx.note({}, 1.0)
        assert post(tx, "a", b"", []) == []
        tx.sent([])
        tx.happened([])


def test_a_saved_session_replaces_the_one_before(store: Store):
    """The newest state is the only one; a person who was erased can begin again."""
    with store.transaction() as tx:
        keep(tx, Stored("a", b"x", b"one"))
        keep(tx, Stored("a", b"y", b"two"), 2.0)
    with store.transaction() as tx:
        assert tx.sessions(["a"]) == {"a": Stored("a", b"y", b"two")}
        tx.erase(["a"], 1.0)
        keep(tx, Stored("a", b"z", b"three"), 3.0)
        assert tx.sessions(["a"])["a"].body == b"three"


def test_what_fails_half_way_leaves_nothing(store: Store):
    """All that is inside a transaction happens, or nothing of it."""

    def half() -> None:
        with store.transaction() as tx:
            tx.ensure(["a"], 1.0)
            tx.note({"e": ""}, 1.0)
            post(tx, "a", b"", [b"x"])
            tx.remind("a", "r", 1.0)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with store.transaction() as tx:
        assert (tx.sessions(["a"]), tx.seen(["e"]), tx.waiting(), tx.overdue(9.0)) == (
            {},
            set(),
            [],
            [],
        )


def test_an_event_is_entered_once(store: Store):
    """The ledger refuses the same event a second time, also within one go."""
    with store.transaction() as tx:
        tx.note({"e1": "", "e2": "EndlessLoop"}, 1.0)
        assert tx.seen(["e1", "e2", "e3"]) == {"e1", "e2"}
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.note({"e2": ""}, 2.0)
    with store.transaction() as tx:
        assert tx.seen(["e1", "e2"]) == {"e1", "e2"}


def test_old_events_leave_the_ledger(store: Store):
    """What was taken in long ago is forgotten, what is recent is not."""
    with store.transaction() as tx:
        tx.note({"old": ""}, 1.0)
        tx.note({"new": ""}, 5.0)
        tx.prune(5.0)
        assert tx.seen(["old", "new"]) == {"new"}


def test_what_waits_goes_out_in_order(store: Store):
    """Messages leave in the order in which they were said, for each person and over all."""
    with store.transaction() as tx:
        first = post(tx, "a", b"to a", [b"1", b"2"])
        other = post(tx, "b", b"to b", [b"x"])
        last = post(tx, "a", b"to a", [b"3"])
    with store.transaction() as tx:
        assert [parcel.body for parcel in tx.waiting("a")] == [b"1", b"2", b"3"]
        assert [parcel.id for parcel in tx.waiting()] == [*first, *other, *last]
        assert [parcel.body for parcel in tx.waiting(most=2)] == [b"1", b"2"]
        tx.sent(first)
        assert [(p.person, p.address, p.body) for p in tx.waiting()] == [
            ("b", b"to b", b"x"),
            ("a", b"to a", b"3"),
        ]


def test_what_one_holds_no_other_sends(store: Store):
    """A person's messages go out from one place at a time, until its lease ends."""
    me, other = Lease("me", 30.0), Lease("other", 40.0)
    with store.transaction() as tx:
        first = post(tx, "a", b"", [b"1"], me)
        assert [parcel.id for parcel in tx.claim("a", me, 5.0)] == first
        assert tx.claim("a", other, 29.9) == []
        assert tx.unheld("", 29.9) == []
        assert tx.unheld("", 30.0) == ["a"]
        assert [parcel.id for parcel in tx.claim("a", other, 30.0)] == first
        assert tx.claim("a", me, 31.0) == []


def test_what_another_left_goes_out_first(store: Store):
    """A message is not held by its writer as long as an earlier one of the person is elsewhere."""
    me, other = Lease("me", 30.0), Lease("other", 40.0)
    with store.transaction() as tx:
        first = post(tx, "a", b"", [b"1"], other)
        (late,) = tx.post([Letter("a", b"", b"2")], 1.0, me)
        assert late.until == 0.0
        assert tx.claim("a", me, 5.0) == []
        both = tx.claim("a", other, 5.0)
        assert [parcel.id for parcel in both] == [*first, late.id]
        assert {parcel.until for parcel in both} == {40.0}


def test_a_lease_can_be_renewed_and_let_go(store: Store):
    """Whoever waits holds on to what is theirs; whoever stops leaves it to the next at once."""
    me, later, other = Lease("me", 30.0), Lease("me", 60.0), Lease("other", 99.0)
    with store.transaction() as tx:
        post(tx, "a", b"", [b"1"], me)
        assert tx.claim("a", later, 20.0)[0].until == 60.0
        assert tx.claim("a", other, 45.0) == []
        tx.release("me")
        assert tx.unheld("a", 45.0) == ["a"]
        assert len(tx.claim("a", other, 45.0)) == 1


def test_an_id_in_the_outbox_is_never_used_again(store: Store):
    """Marking as sent what was sent twice can't take away a message that came later."""
    with store.transaction() as tx:
        gone = post(tx, "a", b"", [b"1"])
        tx.sent(gone)
    with store.transaction() as tx:
        assert post(tx, "a", b"", [b"2"]) != gone
        tx.sent(gone)
        assert [parcel.body for parcel in tx.waiting()] == [b"2"]


def test_an_id_of_what_is_due_is_never_used_again(store: Store):
    """What is due once can be told from what was due before."""
    with store.transaction() as tx:
        tx.remind("a", "r", 1.0)
        gone = [row.id for row in tx.overdue(9.0)]
        tx.happened(gone)
        tx.remind("b", "r", 1.0)
        assert [row.id for row in tx.overdue(9.0)] != gone


def test_a_reminder_is_due_at_its_time_and_once(store: Store):
    """Nothing is due early; a later setting replaces an earlier one; what happened is gone."""
    with store.transaction() as tx:
        tx.remind("a", "r", 10.0)
        tx.remind("b", "r", 5.0)
        tx.remind("a", "r", 20.0)
        assert tx.overdue(4.9) == []
        assert [(due.person, due.name) for due in tx.overdue(20.0)] == [("b", "r"), ("a", "r")]
        assert len(tx.overdue(20.0, most=1)) == 1
        tx.happened([row.id for row in tx.overdue(10.0)])
        assert [due.person for due in tx.overdue(99.0)] == ["a"]
        assert isinstance(tx.overdue(99.0)[0], Due)


def test_somebody_who_left_gets_nothing_more(store: Store):
    """Whoever blocked Kith is not written to, and their answers stay for as long as they may."""
    with store.transaction() as tx:
        keep(tx, Stored("a", b"x", b"one"))
        post(tx, "a", b"x", [b"1"])
        post(tx, "b", b"x", [b"2"])
        tx.remind("a", "r", 1.0)
        tx.remind("a", "stays", 7.0)
        tx.unreachable(["a"], "stays", 5.0)
        assert [parcel.person for parcel in tx.waiting()] == ["b"]
        assert tx.overdue(6.0) == []
        assert [(due.person, due.name) for due in tx.overdue(9.0)] == [("a", "stays")]
        assert "a" in tx.sessions(["a"])


def test_what_is_to_stay_due_is_set_for_whoever_left(store: Store):
    """Whoever left with nothing set is looked after from then on; nobody who isn't known is."""
    with store.transaction() as tx:
        keep(tx, Stored("a", b"x", b"one"))
        tx.unreachable(["a", "nobody"], "stays", 5.0)
        tx.unreachable(["a", "nobody"], "stays", 6.0)
        assert [(due.person, due.name) for due in tx.overdue(5.0)] == [("a", "stays")]


def test_what_is_said_comes_before_what_lapses(store: Store):
    """However much lapses after a long time off, nobody's reminder waits behind it."""
    with store.transaction() as tx:
        tx.remind("a", "lapses", 1.0)
        tx.remind("b", "said", 3.0, "2026-11-09T12:00:00")
        tx.remind("c", "said", 2.0, "2026-11-09T12:00:00")
        assert [due.person for due in tx.overdue(9.0)] == ["c", "b", "a"]


def test_what_could_not_go_out_is_dropped(store: Store):
    """A message waits for so long, held or not; then it goes, and what is younger stays."""
    with store.transaction() as tx:
        tx.post([Letter("a", b"x", b"old")], 1.0, Lease("me", 99.0))
        tx.post([Letter("a", b"x", b"new")], 2.0)
        tx.prune_letters(2.0)
        assert [parcel.body for parcel in tx.waiting()] == [b"new"]


def test_erasing_leaves_nothing_in_any_table(store: Store):
    """After forgetting, no table holds anything of the person, and the others keep theirs."""
    for person in ("CANARY", "b"):
        with store.transaction() as tx:
            keep(tx, Stored(person, person.encode(), person.encode()))
            post(tx, person, person.encode(), [person.encode()])
            tx.remind(person, "r", 1.0)
    with store.transaction() as tx:
        tx.erase(["CANARY"], 1.0)
    assert "CANARY" not in everything(store)
    with store.transaction() as tx:
        assert "b" in tx.sessions(["b"])
        assert [parcel.person for parcel in tx.waiting()] == ["b"]
        assert [row.person for row in tx.overdue(9.0)] == ["b"]


def test_erased_words_are_in_no_file_of_sqlite(tmp_path: Path):
    """Forgotten words can't be found in the files either, once the database is closed or not."""
    store = opened_store(f"sqlite:///{tmp_path}/kith.db")
    with store.transaction() as tx:
        keep(tx, Stored("a", b"", b"CANARY" * 50))
    with store.transaction() as tx:
        tx.erase(["a"], 1.0)
    for file in tmp_path.iterdir():
        assert b"CANARY" not in file.read_bytes(), file.name
    store.close()


def test_many_people_fit_in_one_transaction(store: Store):
    """A large batch is no different from a small one."""
    people = {f"p{number:05}": b"" for number in range(5000)}
    with store.transaction() as tx:
        tx.ensure(people, 1.0)
        assert len(tx.sessions(people)) == 5000
        tx.note(dict.fromkeys(people, ""), 1.0)
        assert len(tx.seen(people)) == 5000
