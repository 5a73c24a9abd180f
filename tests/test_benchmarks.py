"""The benchmarks measure what they say: everybody reads what the oracle says, on every engine."""

import json
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks import growth, peers, report, sealing, turns, where
from benchmarks.conversation_handler import conversation_handler
from benchmarks.floors import grouped, single_commits
from benchmarks.kith_engine import kept_in, kith, read_with_kith
from benchmarks.memory import remembered
from benchmarks.neutral.dialogue import ASKED, CHECKED, dialogue, goodbye, retry
from benchmarks.neutral.people import NO_NUMBER, NUMBER, WORDS, walk
from benchmarks.phones import FIRST, TOKEN, Phones
from benchmarks.running import check, measure, numbered
from benchmarks.unsealed import UnsealedStore
from storage.store import Stored

PEERS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "peers" / "dialogue.json"
NEEDS_AIOGRAM = pytest.mark.skipif(
    find_spec("aiogram_dialog") is None, reason="aiogram-dialog is installed by make bench only"
)
WALKS = [walk(dialogue(), person) for person in range(9)]
OURS = [read_with_kith(each) for each in WALKS]


class Printed(dict):
    """Every answer as a template of the other engines' prints it."""

    def __missing__(self, name: str) -> str:
        return f"{{{{ answers.{name} }}}}"


@pytest.mark.parametrize("states", [42, 300, 3000])
def test_the_dialogue_has_the_shape_that_is_promised(states: int):
    """Whatever its size, everybody is asked thirty questions, half with buttons, and errs once."""
    made = dialogue(states)
    assert len(made) == states
    for person in range(3):
        walked = walk(made, person)
        asked = {each.question: made[each.question] for each in walked if each.question}
        questions = list(asked.values())
        assert len(walked) == ASKED + 2
        assert len(questions) == ASKED
        assert sum(each.buttons for each in questions) == ASKED / 2
        assert [each.value for each in walked].count(NO_NUMBER) == 1
        assert all(len(each.earlier) == 2 for each in questions if each.id not in ("q01", "q02"))


def test_three_people_walk_all_three_arms():
    """Nothing of the 42 questions is left out by everybody."""
    asked = {each.question for walked in WALKS[:3] for each in walked if each.question}
    assert asked == set(dialogue())


@pytest.mark.skipif(not PEERS.is_file(), reason="the other engines' dialogue.json is not there")
def test_the_dialogue_is_the_one_that_others_were_measured_with():
    """Shape, texts, buttons, and what people say equal the file that earlier figures came from."""
    theirs = json.loads(PEERS.read_text(encoding="utf-8"))
    made = {}
    for name, question in dialogue().items():
        kind = "choice" if question.buttons else "text"
        state: dict[str, object] = {"kind": kind, "prompt": question.text(Printed())}
        if question.buttons:
            labels = question.labels().items()
            state["options"] = [{"id": value, "label": label} for value, label in labels]
        if question.arms:
            state["branch"] = dict(question.arms)
        else:
            state["next"] = question.then
        if name == CHECKED:
            state["validate"] = {"type": "int", "min": 1, "max": 120}
            state["retry"] = retry(Printed())
        made[name] = state
    assert made == theirs["states"]
    assert goodbye(Printed()) == theirs["end"]["prompt"]
    assert list(WORDS) == theirs["walk"]["words"]
    assert theirs["walk"]["invalid_once"] == {CHECKED: NO_NUMBER}
    assert theirs["walk"]["valid"] == {CHECKED: NUMBER}


@pytest.mark.parametrize(("at_once", "safety"), [(1, False), (4, True)])
def test_kith_says_what_the_oracle_says(at_once: int, safety: bool):
    """Nine people read the same texts from Kith as from the oracle, alone and in company."""
    opened = partial(kith, states=42, full=False, safety=safety)
    check(opened, numbered(OURS), at_once)


def test_a_longer_script_is_the_same_to_those_who_walk_it():
    """Three hundred questions change nothing for people who are asked thirty of them."""
    walks = [read_with_kith(walk(dialogue(300), person)) for person in range(3)]
    check(partial(kith, states=300, full=False, safety=False), numbered(walks), 3)


def test_the_conversation_handler_says_what_the_oracle_says():
    """Nine people read the oracle's texts from python-telegram-bot's ConversationHandler."""
    check(partial(conversation_handler, dialogue()), numbered(WALKS), 1)


@NEEDS_AIOGRAM
def test_aiogram_dialog_says_what_the_oracle_says():
    """Nine people read the oracle's texts from aiogram-dialog."""
    from benchmarks.aiogram_dialog_engine import aiogram_dialog  # noqa: PLC0415 - not everywhere

    check(partial(aiogram_dialog, dialogue()), numbered(WALKS), 1)


def test_an_engine_that_says_something_else_is_not_timed():
    """The comparison notices when a single text of one person differs."""
    other = [*WALKS[1][:7], replace(WALKS[1][7], read=("Something else.",)), *WALKS[1][8:]]
    with pytest.raises(AssertionError, match=f"person {FIRST + 1} read something else"):
        check(partial(conversation_handler, dialogue()), numbered([WALKS[0], other]), 1)


def test_a_run_counts_every_turn():
    """What is measured is every turn of everybody, each with its own wait."""
    found = measure(partial(conversation_handler, dialogue()), numbered(WALKS[:2]), 1)
    assert found.turns == len(found.waits) == 64
    assert 0 < found.waited(50) <= found.waited(99)
    assert found.cpu > 0
    assert found.rate > 0


def test_telegram_gives_back_whole_messages():
    """An answer and a tap carry the message as it was sent: chat, text and buttons."""
    phones = Phones([FIRST])
    keyboard = {"inline_keyboard": [[{"text": "A river", "callback_data": "1|0|q02"}]]}
    parameters = {
        "chat_id": str(FIRST),
        "text": "a &lt; b",
        "parse_mode": "HTML",
        "reply_markup": json.dumps(keyboard),
    }
    answer = json.loads(phones.answer("sendMessage", parameters))["result"]
    assert answer["text"] == "a < b"
    assert answer["chat"]["id"] == FIRST
    assert answer["reply_markup"] == keyboard
    tap = json.loads(phones.taps(FIRST, "A river"))
    assert tap["callback_query"]["data"] == "1|0|q02"
    assert tap["callback_query"]["message"] == answer
    assert json.loads(phones.begins(FIRST))["update_id"] > tap["update_id"]
    assert TOKEN.startswith(str(answer["from"]["id"]))


def test_what_comes_beside_an_answer_is_none():
    """A text that comes only on a busy machine is neither read nor waited for."""
    phones = Phones([FIRST], keeps=True)
    phones.pass_over("Beside.")
    for text in ("An answer.", "Beside."):
        phones.answer("sendMessage", {"chat_id": str(FIRST), "text": text})
    assert phones.texts(FIRST) == ["An answer."]
    assert phones.count(FIRST) == 1


def test_every_engine_and_floor_gets_its_row():
    """A small run of the comparison gives both tables, every row filled."""
    rows = peers.rows()
    assert {row.at_once for row in rows.values() if row.read is read_with_kith} == {1, 16, 64}
    some = {peers.BASE: rows[peers.BASE], "Kith, as served": peers.ours(full=True, safety=True)}
    section = peers.measured(some, people=2, rounds=1)
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    named = {line.split("|")[1].strip(): line for line in lines}
    assert {*some, peers.RAW, peers.GROUPED} <= set(named)
    assert named[peers.BASE].count("1.00 (1.00 to 1.00)") == 1
    assert len({named[name].count("|") for name in some}) == 1


def test_floors_commit_what_they_count():
    """Groups that don't come out even lose nobody's turn."""
    assert single_commits(20).turns == 20
    assert grouped(20).turns == 20


def test_growth_is_measured_against_the_smallest(tmp_path: Path):
    """A small run over steps, people stored and past events gives a row each."""
    few = growth.Size((42, 60), (10, 300), (10, 30), people=1, newcomers=2, their_turns=3, later=4)
    made = growth.grown(tmp_path, few, rounds=1)
    assert made.count("1.00 (1.00 to 1.00)") >= 3
    for name in ("60 steps", "300 people stored", "30 past events of a person"):
        assert f"| {name} |" in made


def test_memory_is_looked_at_after_as_many_turns_as_asked_for():
    """Memory is measured twice in one life of the process, other people walking all the time."""
    found = remembered((60, 120))
    assert [turns for turns, _ in found] == [60, 120]
    assert all(megabytes > 10 for _, megabytes in found)


def test_the_parts_of_a_turn_stand_beside_the_whole():
    """A small run gives every part and the whole, alone and in company."""
    made = where.measured(people=2, rounds=1)
    for part in ("decode the update", "engine step", "mark what went out", "**whole**"):
        assert f"| {part} |" in made


def test_sealing_stands_beside_nothing_sealed():
    """A small run gives a row for one turn in a transaction, and one for sixteen."""
    made = turns.measured(rounds=1, most=2)
    for people in (1, 16):
        assert f"| {people} |" in made
    assert "2 turns each" in made


@pytest.mark.parametrize("sealed", [True, False])
def test_nothing_is_sealed_where_that_is_said(tmp_path: Path, sealed: bool):
    """What sealing is measured against writes the same, but in the open, and reads it again."""
    kept = kept_in(tmp_path, full=True)
    store = kept if sealed else UnsealedStore(kept.engine, kept.keys)
    one = Stored(store.name("telegram", "7"), b"where they are", b"what they said")
    with store.transaction() as tx:
        tx.ensure([one.person], 1.0)
        tx.save([one], 1.0)
    with store.transaction() as tx:
        assert tx.sessions([one.person]) == {one.person: one}
    store.close()
    text = b"".join(file.read_bytes() for file in tmp_path.glob("kith.db*"))
    assert sealed is (one.body not in text)
    assert sealed is (b"telegram:7" not in text)


def test_every_cost_of_keys_gets_its_row():
    """A small run makes, forgets, rotates and opens, and gives a row each."""
    made = sealing.measured(sealing.Size(people=20, forgotten=5, come=3), rounds=2)
    for what in ("a new person", "forgetting a person", "rotating 20 keys, altogether"):
        assert f"| {what} |" in made
    assert "| opening with 20 people and 5 forgotten |" in made


def test_a_section_replaces_only_itself(tmp_path: Path):
    """Measuring again changes one section of the page; what stands around it stays."""
    page = tmp_path / "page.md"
    page.write_text("# Figures\n\nWritten by hand.\n", encoding="utf-8")
    report.put("peers", "first", page)
    report.put("growth", "other", page)
    report.put("peers", "second", page)
    text = page.read_text(encoding="utf-8")
    assert "Written by hand." in text
    assert "first" not in text
    assert text.index("second") < text.index("other")
    assert text.count("made by python -m benchmarks.peers") == 1


@pytest.mark.parametrize(("full", "level"), [(False, 1), (True, 2)])
def test_rows_flush_as_they_are_named(tmp_path: Path, full: bool, level: int):
    """NORMAL is SQLite's level 1 and FULL its level 2, on every connection that is used."""
    store = kept_in(tmp_path, full=full)
    for engine in (store.engine, store.keys.engine):
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == level
    store.close()
