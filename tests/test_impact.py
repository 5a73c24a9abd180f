"""`kith check --impact`: what a release does to the people who are in the middle of a talk."""

import json
import sqlite3
import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from bot.arrivals import Arrival
from bot.engine.events import CommandGiven, EditRequested, Opened, TextReceived
from bot.impact import Fate, Impact, as_table, bodies_in, fate, impact
from bot.parcels import pack, pack_session, unpack_session
from bot.turns import Turns
from storage.database import look_into_database
from storage.opening import look_into_store
from storage.store import Store, Stored
from storage.unusable import DatabaseUnusable
from tests.conftest import ROOT, StoppedClock
from tests.databases import opened_store, where
from tests.fakes import library_of, write_dialogues
from tests.rows import keep
from tests.running import kith

BEFORE = """\
id: talk
steps:
  - {id: name, say: Name?, ask: words}
  - {id: mood, say: Mood?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: why, say: Why?, ask: words}
  - {id: around, say: Who?, ask: person, most: 3}
  - {id: people, call: someone, for each: around, as: who, with: {who: who}, answer: people}
  - {id: last, say: Last?, ask: words}
  - {id: bye, say: Bye.}
"""
SOMEONE = """\
id: someone
inputs: [who]
result: {good: good}
steps:
  - {id: good, say: "What is {{ who }} good at?", ask: words}
  - {id: ask, say: "Could you ask {{ who }}?", ask: yes/no}
"""
MOOD = "  - {id: mood,"
WHY = "  - {id: why, say: Why?, ask: words}\n"
LOOP = ("Ann", "bad", "because", "Bea, Cem", "cooking", "yes", "cards")
Lines = Sequence[str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened_store(f"sqlite:///{tmp_path}/kith.db")
    yield store
    store.close()


def talked(store: Store, clock: StoppedClock, people: Iterable[tuple[str, Lines]]) -> None:
    """Let people talk under yesterday's scripts, as far as they come."""
    turns = Turns(store, library_of(BEFORE, SOMEONE), clock)
    for person, lines in people:
        events = [Opened(), *map(TextReceived, lines)]
        turns.take(
            [Arrival(person, {"chat": person}, e, f"{person}{n}") for n, e in enumerate(events)]
        )


def seen(store: Store, *scripts: str) -> Impact:
    return impact(library_of(*scripts).catalogue, bodies_in(store))


def rows(found: Impact) -> list[tuple[str, str, int, str, str]]:
    return [(row.script, row.step, row.waiting, row.what, row.to) for row in found.rows]


@pytest.mark.parametrize(
    ("lines", "change", "told"),
    [
        (["Ann"], ("Bye.", "Goodbye."), ("mood", "as before", "")),
        (["Ann"], ("say: Mood?", "say: How is it?"), ("mood", "asked again", "")),
        (["Ann"], ("{bad: Bad}", "{fair: Fair}, {bad: Bad}"), ("mood", "asked again", "")),
        (["Ann"], ("{id: mood,", "{id: how, was: mood,"), ("mood", "renamed", "how")),
        (["Ann"], ("{id: mood, say: Mood?", "{id: how, was: mood, say: H?"), ("mood", "asked again", "how")),
        (["Ann", "bad"], (WHY, ""), ("why", "gone", "around")),
        (["Ann", "bad"], (MOOD, f"  - {{id: safe, say: Safe?, ask: yes/no}}\n{MOOD}"), ("why", "asked first", "safe")),
        (["Ann", "bad"], ("{bad: Bad}", "{hard: Hard}"), ("why", "asked first", "mood")),
        (["Ann", "bad"], ("{id: why,", '{id: why, only if: mood == "good",'), ("why", "passed by", "around")),
        (LOOP, ("say: Mood?", "say: How is it?"), ("ask", "as before", "")),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_told_apart(
    store: Store,
    clock: StoppedClock,
    lines: Lines,
    change: tuple[str, str],
    told: tuple[str, ...],
):
    """Every way in which a release can meet somebody has a name of its own."""
    talked(store, clock, [("a", lines)])
    assert change[0] in BEFORE
    (row,) = seen(store, BEFORE.replace(*change), SOMEONE).rows
    assert (row.step, row.what, row.to) == told
    assert row.waiting == 1


@pytest.mark.parametrize(
    ("change", "instead", "told"),
    [
        ("{{ who }} good at", "{{ who }} able to do", ("as before", "")),
        ("Could you ask", "Would you ask", ("asked again", "")),
        ("  - {id: ask,", "  - {id: near, say: Near?, ask: words}\n  - {id: ask,", ("asked first", "near")),
        ('  - {id: ask, say: "Could you ask {{ who }}?", ask: yes/no}\n', "", ("gone", "last")),
        ("{id: ask,", "{id: can, was: ask,", ("renamed", "can")),
    ],
)  # fmt: skip
def test_changes_inside_a_loop_are_told_apart(
    store: Store, clock: StoppedClock, change: str, instead: str, told: tuple[str, str]
):
    """Whoever is at the second person of a list is counted at the step of the sub-dialogue."""
    talked(store, clock, [("a", LOOP)])
    assert change in SOMEONE
    (row,) = seen(store, BEFORE, SOMEONE.replace(change, instead)).rows
    assert (row.script, row.step, row.what, row.to) == ("someone", "ask", *told)


def test_a_list_that_no_longer_holds_somebody_is_told(store: Store, clock: StoppedClock):
    """The item that was in hand may be gone, or its dialogue may be another."""
    talked(store, clock, [("a", LOOP)])
    shorter = BEFORE.replace("for each: around", 'for each: around | without("Cem")')
    assert rows(seen(store, shorter, SOMEONE)) == [("someone", "ask", 1, "gone", "last")]
    other = BEFORE.replace("call: someone", "call: buddy")
    buddy = SOMEONE.replace("id: someone", "id: buddy")
    assert [row.what for row in seen(store, other, buddy, SOMEONE).rows] == ["gone"]


def test_where_nothing_is_left_the_conversation_ends(store: Store, clock: StoppedClock):
    """A release can also end a talk, and that is said before it happens."""
    talked(store, clock, [("a", ["Ann"])])
    only = "{id: talk, steps: [{id: name, say: Name?, ask: words}, {id: bye, say: Bye.}]}"
    assert rows(seen(store, only)) == [("talk", "mood", 1, "ends", "")]


def test_a_script_that_goes_round_is_told(store: Store, clock: StoppedClock):
    """People who could not go on at all are counted, not a traceback."""
    talked(store, clock, [("a", ["Ann"])])
    there = "  - {id: one, say: A., next: two}\n  - {id: two, only if: name, say: B., next: one}\n"
    assert [row.what for row in seen(store, BEFORE.replace(MOOD, there + MOOD), SOMEONE).rows] == [
        "stuck"
    ]


def test_many_are_counted_and_sorted(store: Store, clock: StoppedClock):
    """The step where most people wait comes first; the finished and the paused are known apart."""
    people = [(f"mood{n}", ["Ann"]) for n in range(3)] + [
        (f"why{n}", ["Ann", "bad"]) for n in range(5)
    ]
    done = [*LOOP, "yes", "done"]
    talked(store, clock, [*people, ("ended", done), ("away", ["Ann", "bad", "stop"])])
    assert seen(store, BEFORE, SOMEONE) == Impact(9, 9, 0, ())
    found = seen(store, BEFORE.replace(WHY, ""), SOMEONE)
    assert rows(found) == [
        ("talk", "why", 6, "gone", "around"),
        ("talk", "mood", 3, "as before", ""),
    ]
    assert (found.waiting, found.already, found.unreadable) == (9, 0, 0)


def test_a_doubt_is_no_changed_question(store: Store, clock: StoppedClock):
    """Somebody who is asked whether a later answer still holds is not told of a change."""
    worded = BEFORE.replace("say: Why?", "say: \"Why, {{ name or 'you' }}?\"")
    turns = Turns(store, library_of(worded, SOMEONE), clock)
    events = [
        Opened(),
        *map(TextReceived, ["Ann", "bad", "because"]),
        EditRequested("name"),
        TextReceived("Bea"),
    ]
    turns.take([Arrival("a", {"c": 1}, event, str(n)) for n, event in enumerate(events)])
    with store.transaction() as tx:
        assert unpack_session(tx.sessions(["a"])["a"].body).doubts == ("why",)
    after = seen(store, worded.replace("Bye.", "Goodbye."), SOMEONE)
    assert rows(after) == [("talk", "why", 1, "as before", "")]


def test_a_session_that_can_not_be_read_is_counted(store: Store, clock: StoppedClock):
    """Damage to one row hides nobody else."""
    talked(store, clock, [("a", ["Ann"])])
    with store.transaction() as tx:
        for number, body in enumerate([b"{", b"[]", b"{}", b"\xff", pack({"format": 99})]):
            keep(tx, Stored(f"bad{number}", b"{}", body))
        keep(tx, Stored("new", b"{}", b""))
    found = seen(store, BEFORE.replace("Bye.", "Goodbye."), SOMEONE)
    assert (found.waiting, found.unreadable) == (1, 5)
    assert "sessions that can't be read: 5" in as_table(found)


def test_every_session_is_read_once_and_few_at_a_time(store: Store, clock: StoppedClock):
    """However many there are, only a handful is in memory, and none is left out or read twice."""
    talked(store, clock, [("a", ["Ann"])])
    with store.transaction() as tx:
        body = tx.sessions(["a"])["a"].body
        for number in range(2_000):
            keep(tx, Stored(f"p{number:07}", b"{}", body))
    catalogue = library_of(BEFORE.replace(WHY, ""), SOMEONE).catalogue
    tracemalloc.start()
    found = impact(catalogue, bodies_in(store, most=100))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows(found) == [("talk", "mood", 2_001, "as before", "")]
    assert peak < 1_500_000, "2,000 sessions of a kilobyte each would be more"
    with store.transaction() as tx:
        assert [each.person for each in tx.everyone("p0001997", 5)] == ["p0001998", "p0001999"]
        assert [each.person for each in tx.everyone("", 2)] == ["a", "p0000000"]


def test_what_is_foretold_is_what_happens(store: Store, clock: StoppedClock):
    """The step that `fate` names is the one whose question the person meets."""
    for number, lines in enumerate([["Ann"], ["Ann", "bad"], LOOP[:4], LOOP]):
        talked(store, clock, [(f"p{number}", lines)])
    for change, instead in [(WHY, ""), (MOOD, "  - {id: new, say: N?, ask: words}\n" + MOOD)]:
        library = library_of(BEFORE.replace(change, instead), SOMEONE)
        for number in range(4):
            with store.transaction() as tx:
                session = unpack_session(tx.sessions([f"p{number}"])[f"p{number}"].body)
            told = fate(library.catalogue, session)
            turns = Turns(store, library, clock)
            turns.take([Arrival(f"p{number}", {"c": 1}, Opened(), f"{number}{change}{instead}")])
            with store.transaction() as tx:
                now = unpack_session(tx.sessions([f"p{number}"])[f"p{number}"].body)
                keep(tx, Stored(f"p{number}", b"{}", pack_session(session)))
            assert now.place[-1].step == (told.to or session.place[-1].step)


SECRET = "CANARY-Denise"


def arranged(folder: Path, clock: StoppedClock, change: str, instead: str) -> dict[str, str]:
    """Store one conversation under yesterday's dialogues, and lay out today's beside it."""
    url = f"sqlite:///{folder}/kith.db"
    store = opened_store(url)
    talked(store, clock, [(f"terminal:{SECRET}", [SECRET, "bad"])])
    store.close()
    today = write_dialogues(folder / "today", BEFORE.replace(change, instead), SOMEONE)
    return {"KITH_DATABASE_URL": url, "KITH_DIALOGUES": str(today)}


def test_the_command_says_it_for_people(tmp_path: Path, clock: StoppedClock):
    """An author reads how many wait where, and what becomes of them; nobody's words or name."""
    done = kith("check", "--impact", **arranged(tmp_path, clock, WHY, ""))
    assert done.stderr == ""
    assert "One person is in the middle of a conversation" in done.stdout
    assert "talk: why  the step is gone: goes on at 'around' with one sentence" in done.stdout
    assert "CANARY" not in done.stdout


def test_the_command_says_it_for_programs(tmp_path: Path, clock: StoppedClock):
    """With --json it is one object; without --impact the plain list stays."""
    settings = arranged(tmp_path, clock, WHY, "")
    whole = json.loads(kith("check", "--impact", "--json", **settings).stdout)
    assert whole["impact"] == [
        {"script": "talk", "step": "why", "waiting": 1, "what": "gone", "to": "around"}
    ]
    assert (whole["waiting"], whole["already"], whole["unreadable"]) == (1, 0, 0)
    assert isinstance(whole["diagnostics"], list)
    assert isinstance(json.loads(kith("check", "--json", **settings).stdout), list)
    assert "CANARY" not in json.dumps(whole)


def test_the_exit_code_is_about_errors_only(tmp_path: Path, clock: StoppedClock):
    """Broken dialogues are exit code 1, and then nothing can be said about people."""
    settings = arranged(tmp_path, clock, "next", "next")
    script = Path(settings["KITH_DIALOGUES"]) / "scripts" / "0.yaml"
    script.write_text(script.read_text("utf-8").replace("id: why", "id: mood"), "utf-8")
    done = kith("check", "--impact", **settings)
    assert done.returncode == 1
    assert "double-id" in done.stdout
    assert "mend the errors first" in done.stdout
    assert json.loads(kith("check", "--impact", "--json", **settings).stdout)["impact"] == []


@pytest.mark.parametrize("there", [False, True], ids=["no file", "no tables"])
def test_a_missing_database_is_one_line_and_stays_missing(tmp_path: Path, there: bool):
    """Looking creates nothing."""
    file = tmp_path / "nowhere" / "kith.db"
    if there:
        file.parent.mkdir()
        sqlite3.connect(file).close()
        file.touch()
    done = kith("check", "--impact", "--db", f"sqlite:///{file}")
    assert done.returncode == 2
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert "KITH_DATABASE_URL" in done.stderr
    assert file.exists() == there
    assert not there or file.stat().st_size == 0


def test_looking_changes_nothing(tmp_path: Path, clock: StoppedClock):
    """A bot may be running on it: the file is opened for reading only."""
    settings = arranged(tmp_path, clock, WHY, "")
    before = (tmp_path / "kith.db").read_bytes()
    store = look_into_store(where(settings["KITH_DATABASE_URL"]))
    with pytest.raises(Exception, match="readonly"), store.transaction() as tx:
        keep(tx, Stored("x", b"", b""))
    store.close()
    kith("check", "--impact", **settings)
    assert (tmp_path / "kith.db").read_bytes() == before


def test_looking_waits_for_nobody(tmp_path: Path, clock: StoppedClock):
    """While the bot is in the middle of a transaction, one can look."""
    settings = arranged(tmp_path, clock, WHY, "")
    store = opened_store(settings["KITH_DATABASE_URL"])
    with store.transaction() as tx:
        keep(tx, Stored("x", b"", b""))
        looking = look_into_store(where(settings["KITH_DATABASE_URL"]))
        assert len(list(bodies_in(looking))) == 1
        looking.close()
    store.close()


@pytest.mark.parametrize("url", ["sqlite://", "no such address", "sqlite:////proc/nowhere/k.db"])
def test_an_address_without_a_database_is_unusable(url: str):
    """Whatever is wrong with the address, it is one kind of complaint."""
    with pytest.raises(DatabaseUnusable):
        look_into_database(url)


def test_impact_of_one_script_alone_is_refused(tmp_path: Path, clock: StoppedClock):
    """A release is a whole folder."""
    settings = arranged(tmp_path, clock, WHY, "")
    done = kith("check", str(ROOT / "dialogues/scripts/someone.yaml"), "--impact", **settings)
    assert done.returncode == 2
    assert "--impact needs the whole folder" in done.stderr


def test_somebody_on_a_screen_beside_is_counted_where_they_wait(store: Store, clock: StoppedClock):
    """Help, the menu or a pause keep the place, and so does the count."""
    talked(store, clock, [("a", ["Ann", "bad"])])
    turns = Turns(store, library_of(BEFORE, SOMEONE), clock)
    turns.take([Arrival("a", {"c": 1}, CommandGiven("help"), "help")])
    assert rows(seen(store, BEFORE.replace(WHY, ""), SOMEONE)) == [
        ("talk", "why", 1, "gone", "around")
    ]
    with store.transaction() as tx:
        session = unpack_session(tx.sessions(["a"])["a"].body)
    assert fate(library_of(BEFORE, SOMEONE).catalogue, session) == Fate("as before")
