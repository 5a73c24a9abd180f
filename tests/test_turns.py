"""Events in, one transaction, effects out: each event once, each person for themselves."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.arrivals import Arrival
from bot.engine.events import CommandGiven, Event, Opened, TextReceived
from bot.engine.session import FORMAT, dump
from bot.parcels import Outgoing, pack, unpack, unpack_outgoing, unpack_session
from bot.turns import LEDGER_SECONDS, Turns
from storage.store import Store, Stored
from storage.tables import ledger, metadata
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.fakes import library_of
from tests.rows import keep, said_later

SCRIPT = """
id: talk
steps:
  - {id: name, say: What shall I call you?, ask: words}
  - {id: mood, say: "And you, {{ name or 'you' }}?", ask: words}
  - {id: loop, say: Wait., next: loop2}
  - {id: loop2, only if: mood == "loop", say: Round., next: loop}
  - {id: last, say: Last?, ask: words}
  - {id: follow_up, say: In a week., remind: 7}
"""


@pytest.fixture
def turns(store: Store, clock: StoppedClock) -> Turns:
    return Turns(store, library_of(SCRIPT), clock)


def arrival(person: str, event: Event | str, event_id: str) -> Arrival:
    event = TextReceived(event) if isinstance(event, str) else event
    return Arrival(person, {"chat": person}, event, event_id)


def told(turns: Turns, person: str, *lines: Event | str) -> list[str]:
    """Hand in lines one after the other; give the codes of what failed."""
    numbers = range(len(lines))
    return [
        turns.take([turns.screened(arrival(person, line, f"{person}-{number}-{line}"))])[0].failed
        for number, line in zip(numbers, lines, strict=True)
    ]


def session(turns: Turns, person: str):
    with turns.store.transaction() as tx:
        row = tx.sessions([person]).get(person)
    return unpack_session(row.body) if row else None


def sent(turns: Turns, person: str) -> list[str]:
    with turns.store.transaction() as tx:
        return [unpack_outgoing(parcel.body).effect.text for parcel in tx.waiting(person)]


def failures(turns: Turns) -> dict[str, str]:
    with turns.store.transaction() as tx:
        rows = tx._connection.execute(select(ledger.c.event, ledger.c.failed))
        return {row.event: row.failed for row in rows}


def test_one_event_is_taken_once(turns: Turns):
    """A message that arrives twice is answered once."""
    once = arrival("a", Opened(), "1")
    assert turns.take([once])[0].turn is not None
    assert turns.take([once])[0].turn is None
    assert sent(turns, "a") == ["What shall I call you?"]


def test_one_event_twice_in_one_batch_is_taken_once(turns: Turns):
    """Also where both copies wait at the same time."""
    outcomes = turns.take(
        [arrival("a", Opened(), "1"), arrival("a", Opened(), "1"), arrival("b", Opened(), "1")]
    )
    assert [outcome.turn is None for outcome in outcomes] == [False, True, True]


def test_one_persons_events_are_folded_in_order(turns: Turns):
    """Three quick messages are three answers, in the order in which they were written."""
    lines = [Opened(), "Ann", "fine", "bye"]
    turns.take([arrival("a", line, str(number)) for number, line in enumerate(lines)])
    kept = session(turns, "a")
    assert [kept.answers[key].value for key in ("name", "mood", "last")] == ["Ann", "fine", "bye"]
    assert sent(turns, "a")[1] == "And you, Ann?"


def test_a_batch_comes_to_the_same_as_one_by_one(tmp_path: Path, clock: StoppedClock):
    """How many wait together makes no difference to anybody."""
    lines = [
        ("a", Opened()),
        ("b", Opened()),
        ("a", "Ann"),
        ("b", "Ben"),
        ("a", CommandGiven("back")),
        ("b", "ok"),
    ]
    arrivals = [arrival(person, line, str(number)) for number, (person, line) in enumerate(lines)]
    found = []
    for name, batches in (("one", [arrivals]), ("six", [[each] for each in arrivals])):
        turns = Turns(opened_store(f"sqlite:///{tmp_path}/{name}.db"), library_of(SCRIPT), clock)
        for batch in batches:
            turns.take(batch)
        found.append([(session(turns, who), sent(turns, who)) for who in ("a", "b")])
        turns.store.close()
    assert found[0] == found[1]


def test_two_people_never_mix(turns: Turns):
    """What one person wrote is in nothing that is kept for or said to another."""
    people = [f"p{number}" for number in range(8)]
    for round_ in range(3):
        batch = [
            arrival(who, Opened() if not round_ else f"CANARY-{who}-{round_}", f"{who}{round_}")
            for who in people
        ]
        turns.take([turns.screened(each) for each in batch])
    for who in people:
        with turns.store.transaction() as tx:
            row = tx.sessions([who])[who]
            waiting = tx.waiting(who)
        told_to = (
            row.body + row.address + b"".join(parcel.body + parcel.address for parcel in waiting)
        )
        assert f"CANARY-{who}-1".encode() in told_to
        assert not [
            other for other in people if other != who and f"CANARY-{other}".encode() in told_to
        ]


def test_a_script_that_goes_round_is_one_kind_sentence(turns: Turns):
    """A fault in a script costs a person one sentence, no answer, and is in the ledger."""
    told(turns, "a", Opened(), "Ann")
    before = session(turns, "a")
    outcome = turns.take([arrival("a", "loop", "bad")])[0]
    assert outcome.failed == "EndlessLoop"
    assert session(turns, "a") == before
    assert sent(turns, "a")[-1].startswith("Something went wrong on my side.")
    assert failures(turns)["bad"] == "EndlessLoop"
    assert turns.take([arrival("a", "loop", "bad")])[0].turn is None
    told(turns, "a", "fine again")
    assert session(turns, "a").place[-1].step == "last"


def test_a_failing_turn_does_not_touch_the_others(turns: Turns):
    """Others in the same batch are answered as if nothing had happened."""
    told(turns, "a", Opened(), "Ann")
    told(turns, "b", Opened(), "Ben")
    outcomes = turns.take(
        [arrival("a", "loop", "x"), arrival("b", "fine", "y"), arrival("c", Opened(), "z")]
    )
    assert [outcome.failed for outcome in outcomes] == ["EndlessLoop", "", ""]
    assert session(turns, "b").place[-1].step == "last"
    assert sent(turns, "c") == ["What shall I call you?"]


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"{}", b"\xff", pack({**dump(unpack_session(b"")), "format": FORMAT + 1})]
)
def test_a_session_that_can_not_be_read_is_one_kind_sentence(turns: Turns, body: bytes):
    """A damaged session or a newer one stops nobody else, and isn't overwritten."""
    with turns.store.transaction() as tx:
        keep(tx, Stored("a", pack({"chat": "a"}), body))
    outcomes = turns.take([arrival("a", "hello", "x"), arrival("b", Opened(), "y")])
    assert outcomes[0].failed
    assert not outcomes[1].failed
    assert sent(turns, "a")[0].startswith("Something went wrong on my side.")
    with turns.store.transaction() as tx:
        assert tx.sessions(["a"])["a"].body == body
    assert failures(turns)["x"]


@pytest.mark.parametrize("words", ["\ud83d", "a\udcff", "\x00", "🙂" * 900, "\u202e", "\u2028"])
def test_any_text_that_a_program_can_hand_in_can_be_stored(turns: Turns, words: str):
    """Half an emoji or a stray sign is stored or refused, and never takes the whole batch down."""
    told(turns, "a", Opened())
    outcomes = turns.take([arrival("a", words, "x"), arrival("b", Opened(), "y")])
    assert len(outcomes) == 2
    assert sent(turns, "b") == ["What shall I call you?"]
    assert len(sent(turns, "a")) == 2


def test_a_result_that_can_not_be_written_is_one_kind_sentence(store: Store, clock: StoppedClock):
    """A script whose result can't be stored fails for that turn, not for the batch."""
    library = library_of(
        """
        id: talk
        steps:
          - {id: who, say: Who?, ask: person, most: 3}
          - {id: sum, call: inner, with: {names: who}, answer: sum}
          - {id: last, say: Last?, ask: words}
        """,
        """
        id: inner
        inputs: [names]
        result: {ages: names | pluck("age")}
        steps: [{id: ok, say: Ok?, ask: yes/no}]
        """,
    )
    turns = Turns(store, library, clock)
    told(turns, "a", Opened(), "Ann")
    outcomes = turns.take([arrival("a", "yes", "x"), arrival("b", Opened(), "y")])
    assert len(outcomes) == 2
    assert len(sent(turns, "a")) >= 3


def test_a_concern_leaves_no_word_anywhere(turns: Turns):
    """Crisis words are in no table: not in the session, not in the ledger, not on their way out."""
    told(turns, "a", Opened(), "Ann", "CANARY I will kill myself CANARY")
    with turns.store.transaction() as tx:
        rows = repr(
            [
                tx._connection.execute(select(table)).all()
                for table in metadata.sorted_tables
                if table is not ledger
            ]
        )
    assert "CANARY" not in rows
    assert "kill myself" not in rows
    assert "999" in sent(turns, "a")[-1]


def test_forgetting_everything_leaves_only_the_goodbye(turns: Turns):
    """After forgetting, what is stored is the last message on its way out, and then nothing."""
    told(turns, "a", Opened(), "CANARY", "forget")
    turns.take([arrival("a", "1", "last")])
    with turns.store.transaction() as tx:
        assert tx.sessions(["a"]) == {}
        waiting = tx.waiting("a")
        assert [unpack_outgoing(p.body).effect.text[:10] for p in waiting] == ["Everything"]
        tx.sent([parcel.id for parcel in waiting])
        tables = [table for table in metadata.sorted_tables if table is not ledger]
        rows = repr([tx._connection.execute(select(table)).all() for table in tables])
    assert "CANARY" not in rows
    assert "'a'" not in rows


def test_writing_right_after_forgetting_begins_anew(turns: Turns):
    """A message that waits behind the wiping begins anew, with nothing of the old one."""
    told(turns, "a", Opened(), "CANARY", "forget")
    turns.take([arrival("a", "1", "x"), arrival("a", "hello", "y")])
    kept = session(turns, "a")
    assert kept.place[-1].step == "name"
    assert not kept.answers


def test_the_first_word_of_somebody_already_says_where_to_reach_them(turns: Turns):
    """Asked before anything else, "data" names the chat it is asked in, and leaves no gap."""
    first = Arrival("a", {"channel": "terminal", "chat": "mo"}, TextReceived("data"), "first")
    turns.take([turns.screened(first)])
    assert any("terminal, as mo; last used on" in each for each in sent(turns, "a"))


def test_a_reminder_comes_once_at_its_time(turns: Turns, clock: StoppedClock):
    """Whoever asked for one message in a week gets one message in a week."""
    told(turns, "a", Opened(), "Ann", "fine", "bye")
    clock.wait(days=6, hours=23)
    assert said_later(turns.due()) == []
    clock.wait(hours=1)
    due = said_later(turns.due())
    assert [each.person for each in due] == ["a"]
    turns.take(due)
    turns.take(due)
    assert said_later(turns.due()) == []
    assert len([text for text in sent(turns, "a") if "Who did you see" in text]) == 1


def test_the_next_persons_reminder_comes_as_well(turns: Turns, clock: StoppedClock):
    """One reminder that was sent never swallows another person's."""
    for person in ("a", "b", "c"):
        told(turns, person, Opened(), "Ann", "fine", "bye")
        clock.wait(days=7)
        turns.take(said_later(turns.due()))
        assert len([text for text in sent(turns, person) if "Who did you see" in text]) == 1
    assert said_later(turns.due()) == []


def test_a_reminder_is_gone_with_the_person(turns: Turns, clock: StoppedClock):
    """Whoever wiped everything is never written to again."""
    told(turns, "a", Opened(), "Ann", "fine", "bye", "forget")
    turns.take([arrival("a", "1", "wipe")])
    clock.wait(days=8)
    assert turns.due() == []


def test_the_newest_address_counts(turns: Turns):
    """Answers go where the person wrote from last."""
    turns.take([arrival("a", Opened(), "1")])
    turns.take([Arrival("a", {"chat": "new"}, TextReceived("Ann"), "2")])
    with turns.store.transaction() as tx:
        assert unpack(tx.waiting("a")[-1].address) == {"chat": "new"}
        assert unpack(tx.sessions(["a"])["a"].address) == {"chat": "new"}


def test_somebody_without_an_address_is_not_made_up(turns: Turns):
    """What is due for a person who is gone makes nobody."""
    outcome = turns.take([Arrival("ghost", {}, TextReceived("hi"), "1")])[0]
    assert outcome.turn is None
    assert session(turns, "ghost") is None


def test_the_message_that_was_tapped_travels_with_the_answer(turns: Turns):
    """A channel can put the answer in place of the message that was tapped."""
    turns.take([Arrival("a", {"chat": "a"}, Opened(), "1", origin=77)])
    with turns.store.transaction() as tx:
        parcel = unpack_outgoing(tx.waiting("a")[0].body)
    assert isinstance(parcel, Outgoing)
    assert parcel.origin == 77


def test_the_ledger_is_kept_for_a_week():
    """An event that is repeated within a week is still known."""
    assert LEDGER_SECONDS == 7 * 24 * 3600


def test_suggestions_are_found_within_the_same_turn(store: Store, clock: StoppedClock):
    """Nobody waits for suggestions: they are there with the answer that led to them."""
    script = """
        id: talk
        steps:
          - {id: around, say: Who?, ask: person}
          - {id: look, suggest: yes, answer: suggestions}
          - id: pick
            say: Which?
            ask: choice
            offer: {each: suggestions, value: item.id, label: "{{ item.short }}"}
    """
    library = library_of(
        script,
        suggestions="""
        suggestions:
          - {id: s-n, part: self, from: nobody, short: Nobody yet, because: nobody was named}
          - {id: o-n, part: situation, from: nobody, short: Nobody here, because: none named}
    """,
    )
    turns = Turns(store, library, clock)
    told(turns, "a", Opened(), "Ann")
    assert sent(turns, "a")[-1] == "Which?"
    assert {each["short"] for each in session(turns, "a").answers["suggestions"].value} == {
        "Nobody yet",
        "Nobody here",
    }
