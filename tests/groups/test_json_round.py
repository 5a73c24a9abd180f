"""A round driven by `kith chat --json --group NAME --as PERSON`, from the outside: one process each.

Nothing here knows the insides: what to pick is found by how it reads, as a person would.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.groups.table import AtTerminal, Table

PROMPTS = ("helped", "who", "borrow")
CRISIS = "I want to kill myself tonight"
pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with Table(f"sqlite:///{tmp_path}/kith.db") as table:
        yield table


def opens_round(leader: AtTerminal) -> None:
    """Open the round about what helped."""
    leader.does(command="round")
    leader.picks("open a round")
    leader.picks("what helped")


def leads(leader: AtTerminal, act: str) -> None:
    """Do something as whoever leads; a round that ends early is asked about first."""
    leader.does(command="round")
    leader.picks(act)
    if any("close it" in each["label"].casefold() for each in leader.choices):
        leader.picks("yes, close it")


def comes(person: AtTerminal, called: str = "", of: str = "") -> None:
    """Come into the open round for the first time, with a name to be called or without one.

    Whoever is in several groups says of which.
    """
    person.does(command="round")
    if of:
        person.picks(of)
    if any("answer it myself" in each["label"].casefold() for each in person.choices):
        person.picks("answer it myself")
    for word in ("yes", "only me", "go on", "take part"):
        person.picks(word)
    person.does(text=called) if called else person.does(command="skip")


def answers(person: AtTerminal, words: str, how: str) -> None:
    """Answer the prompt that is open, and say what is to become of it."""
    person.does(text=words)
    person.picks(how)


NAMED, UNNAMED, KEEP = "share it as", "unnamed", "keep it"


def in_groups(table: Table, group: str) -> str:
    """Give all that anybody ever read in a group."""
    lines = [line for each in table.people if each.group == group for line in each.lines]
    return json.dumps([line for line in lines if line.get("to") == "group"])


def test_a_whole_round_from_the_terminal(table: Table) -> None:
    """Six answer in mixed ways, one comes late, one leaves: all read exactly what was released."""
    lee, *six = [table.sits(name, "tuesday") for name in ("lee", *"abcdef")]
    other = table.sits("hal", "thursday")
    both = table.sits("a", "thursday")
    opens_round(lee)
    for person in six:
        comes(person, f"Name{person.name}", "tuesday" if person.name == "a" else "")
        answers(person, f"helped by {person.name}one", UNNAMED)
        answers(person, f"who was {person.name}two", NAMED if person.name < "c" else UNNAMED)
        answers(person, f"borrow {person.name}kept", KEEP)
    assert "one" not in "".join(lee.standing.values()), "nothing is shown before it is shown"
    leads(lee, "show what was shared")
    for person in six:
        person.does(command="help")
        text = "\n".join(person.standing.values())
        assert all(f"helped by {name}one" in text for name in "abcdef")
        assert person.standing == lee.standing, "everybody reads the same, also whoever leads"
    late = table.sits("late", "tuesday")
    comes(late, "Nell")
    late.does(text="helped by late")
    assert not [each for each in late.choices if "unnamed" in each["label"].casefold()]
    late.picks(NAMED)
    leads(lee, "next question")
    leads(lee, "show what was shared")
    text = "\n".join(lee.standing.values())
    assert "Nell: helped by late" in text
    assert "Namea: who was atwo" in text
    assert "Nameb: who was btwo" in text
    assert "ctwo" not in text, "four are too few"
    leads(lee, "close the round")
    read = in_groups(table, "tuesday")
    assert "kept" not in read
    assert not [name for name in "cdef" if f"Name{name}" in read]
    assert in_groups(table, "thursday") == "[]"
    assert other.heard == both.heard == []
    for person in table.people:
        person.goes()


def test_forgetting_in_the_middle(table: Table) -> None:
    """Whoever forgets everything is gone from the group, for those as well who come afterwards."""
    lee, *five = [table.sits(name, "tuesday") for name in ("lee", *"abcde")]
    opens_round(lee)
    for person in five:
        comes(person, f"Name{person.name}")
        answers(person, f"helped {person.name}one", UNNAMED)
        answers(person, f"who {person.name}two", NAMED)
    leads(lee, "show what was shared")
    leads(lee, "next question")
    leads(lee, "show what was shared")
    five[0].does(command="forget")
    five[0].picks("everything")
    assert five[0].last["status"] == "ended"
    lee.does(command="round")
    text = "\n".join(lee.standing.values())
    assert "aone" not in text
    assert "bone" not in text, "which line went must not tell whose it was"
    assert "atwo" not in text
    assert "Nameb: who btwo" in text
    newcomer = table.sits("new", "tuesday")
    assert "atwo" not in json.dumps(newcomer.lines)
    assert "aone" not in json.dumps(newcomer.lines)
    answers(five[1], "borrow bthree", NAMED)
    leads(lee, "close the round")
    assert "Nameb: borrow bthree" in "\n".join(lee.standing.values())
    comes_again = table.sits("a", "tuesday")
    assert "18" in comes_again.said, "whoever was forgotten begins anew"


@pytest.mark.parametrize("restart", ["leader", "member"])
def test_a_process_is_killed_in_the_middle(table: Table, restart: str) -> None:
    """A round goes on after any process died, and nothing is shown twice or lost."""
    lee, *three = [table.sits(name, "tuesday") for name in ("lee", *"abc")]
    opens_round(lee)
    for person in three:
        comes(person, f"Name{person.name}")
        person.does(text=f"helped {person.name}one")
        if restart == "member":
            person.is_killed()
        person.picks(NAMED)
    if restart == "leader":
        lee.is_killed()
    leads(lee, "show what was shared")
    if restart == "leader":
        lee.is_killed()
    text = "\n".join(lee.standing.values())
    assert all(text.count(f"Name{name}: helped {name}one") == 1 for name in "abc")
    assert len([each for each in lee.heard if not each.get("replaces")]) == len(lee.standing)


def test_crisis_words_at_every_step_of_a_round(table: Table) -> None:
    """Wherever they are written, help comes in private, and they are never read in the group."""
    lee, ann = table.sits("lee", "tuesday"), table.sits("ann", "tuesday")
    opens_round(lee)
    ann.does(command="round")
    ways = [
        "yes",
        "only me",
        "go on",
        "take part",
        None,
        "ONE",
        NAMED,
        "TWO",
        NAMED,
        "THREE",
        NAMED,
    ]
    for way in ways:
        before = ann.last["step"]
        ann.does(text=CRISIS)
        assert ann.last["concern"], f"at {before} nothing was noticed"
        assert "999" in ann.said
        cries_on(ann, before)
        if way is None:
            ann.does(text="Ann")
        elif way.isupper():
            ann.does(text=f"what I said {way}")
        else:
            ann.picks(way)
    for act in ("show what was shared", "next question", "show what was shared", "close the round"):
        leads(lee, act)
    text = "\n".join(lee.standing.values())
    assert "Ann: what I said ONE" in text
    assert "Ann: what I said THREE" in text
    assert "kill" not in in_groups(table, "tuesday")
    assert "999" not in text


def cries_on(person: AtTerminal, step: object) -> None:
    """Go back from a screen about a concern to where one was."""
    for _ in range(6):
        if person.last["step"] == step:
            return
        labels = [each["label"] for each in person.choices]
        way = [
            label
            for wanted in ("not what i meant", "continue", "yes", "go on", "back")
            for label in labels
            if wanted in label.casefold()
        ]
        person.picks(way[0])
    raise AssertionError(f"no way back to {step}, at {person.last['step']}")


def test_crisis_words_to_the_group_are_answered_in_private(table: Table) -> None:
    """In the group stands the same harmless line as for any words; help stands in private."""
    lee, ann, stranger = (table.sits(name, "tuesday") for name in ("lee", "ann", "new"))
    comes_first = ann.does(command="round")
    assert comes_first["error"] or comes_first["messages"]
    (calm,) = ann.asks_group(text="hello there")
    (cry,) = ann.asks_group(text="I want to die")
    assert cry == calm
    assert "999" in ann.said or "999" in json.dumps(ann.lines[-2:])
    (cry,) = stranger.asks_group(text="I want to die")
    assert cry["text"] == calm["text"]
    lee.does(command="round")
    for each in (lee, ann, stranger):
        shown = [line for line in each.lines if line.get("to") == "group"]
        assert "want to die" not in json.dumps(shown)
        assert "hello there" not in json.dumps(shown)


def test_crisis_words_as_a_name(table: Table) -> None:
    """A name that raises a concern never stands in the group."""
    lee, ann = table.sits("lee", "tuesday"), table.sits("ann", "tuesday")
    opens_round(lee)
    ann.does(command="round")
    for word in ("yes", "only me", "go on", "take part"):
        ann.picks(word)
    ann.does(text=CRISIS)
    assert ann.last["concern"]
    cries_on(ann, "called")
    ann.does(command="skip")
    ann.does(text="helped ONE")
    assert not [each for each in ann.choices if "as" in each["label"].split()], "nobody is called"
    leads(lee, "show what was shared")
    assert "kill" not in in_groups(table, "tuesday")
    assert "ONE" not in in_groups(table, "tuesday")


NONSENSE = (
    '{"to": "group"}',
    '{"to": "group", "choose": "yes"}',
    '{"to": "group", "edit": "helped"}',
    '{"to": "group", "text": 7}',
    '{"to": "group", "command": null}',
    '{"to": "everybody", "text": "a secret"}',
    '{"to": null, "text": "a secret"}',
    '{"to": ["group"], "text": "a secret"}',
    "[]",
    "nonsense",
    '{"command": "start nowhere"}',
    '{"command": "start ../../etc"}',
    '{"choose": "show round"}',
    '{"choose": "close round"}',
    '{"choose": "open round:reflection"}',
    '{"choose": "open round:nothing"}',
    '{"choose": "move on"}',
    '{"command": "show round"}',
    '{"command": "close round"}',
    '{"command": "open round:check-in"}',
    '{"edit": "../helped"}',
    json.dumps({"text": "x" * 100_000}),
    json.dumps({"text": "\u202e\u0000\ud83d\ude00 <b>&amp;"}),
    json.dumps({"to": "group", "command": "round " * 1000}),
    json.dumps({"to": "group", "command": "forget"}),
    json.dumps({"to": "group", "command": "start x"}),
    json.dumps({"to": "group", "text": "a secret " * 1000}),
)


def test_nonsense_changes_nothing_in_a_round(table: Table) -> None:
    """Whatever is handed in by somebody who doesn't lead, the round stands as it stood."""
    lee, ann = table.sits("lee", "tuesday"), table.sits("ann", "tuesday")
    opens_round(lee)
    comes(ann, "Ann")
    answers(ann, "helped ONE", NAMED)
    before = lee.standing
    for line in NONSENSE:
        ann.writes(line)
        assert "turn" in ann.last
    lee.does(command="round")
    assert lee.standing == before
    assert "secret" not in in_groups(table, "tuesday")
    leads(lee, "show what was shared")
    assert "Ann: helped ONE" in "\n".join(lee.standing.values())
    lee.goes()
    ann.goes()


def test_one_person_in_two_groups(table: Table) -> None:
    """What somebody shares in one of their groups is never read in the other."""
    lee, hal = table.sits("lee", "tuesday"), table.sits("hal", "thursday")
    opens_round(lee)
    opens_round(hal)
    here, there = table.sits("ann", "tuesday"), table.sits("ann", "thursday")
    comes(here, "Ann", "tuesday")
    answers(here, "for tuesday ONE", NAMED)
    there.does(command="round")
    there.picks("thursday")
    there.picks("take part")
    there.does(text="Annie")
    answers(there, "for thursday TWO", NAMED)
    leads(lee, "show what was shared")
    leads(hal, "show what was shared")
    tuesday, thursday = in_groups(table, "tuesday"), in_groups(table, "thursday")
    assert "Ann: for tuesday ONE" in tuesday
    assert "Annie: for thursday TWO" in thursday
    assert not [each for each in ("thursday", "TWO", "Annie") if each in tuesday]
    assert not [each for each in ("tuesday", "ONE", "Ann:") if each in thursday]
    there.does(command="forget")
    there.picks("everything")
    for leader in (lee, hal):
        leader.does(command="round")
        assert "ONE" not in "\n".join(leader.standing.values())
        assert "TWO" not in "\n".join(leader.standing.values())


@pytest.mark.parametrize(
    "answer", ["join/called", "join/agreed", "helped", "helped_share/how", "back"]
)
def test_looking_at_an_answer_again_takes_nothing_from_the_others(
    table: Table, answer: str
) -> None:
    """Whoever opens an answer to change it, and leaves it as it was, changes nothing in the group."""
    lee, *five = [table.sits(name, "tuesday") for name in ("lee", *"abcde")]
    opens_round(lee)
    for person in five:
        comes(person, f"Name{person.name}")
        answers(person, f"helped {person.name}one", UNNAMED)
    leads(lee, "show what was shared")
    before = lee.standing
    assert "aone" in "".join(before.values())
    ann = five[0]
    ann.does(command="back") if answer == "back" else ann.does(edit=answer)
    same = {"join/called": "Namea", "join/agreed": "yes", "helped": "helped aone"}
    ann.does(text=same.get(answer, "unnamed"))
    lee.does(command="help")
    assert lee.standing == before


def test_taking_back_and_giving_again(table: Table) -> None:
    """What is taken back goes from the group; given again it comes only with a name."""
    lee, *five = [table.sits(name, "tuesday") for name in ("lee", *"abcde")]
    opens_round(lee)
    for person in five:
        comes(person, f"Name{person.name}")
        answers(person, f"helped {person.name}one", UNNAMED)
    leads(lee, "show what was shared")
    ann = five[0]
    ann.does(edit="helped_share/how")
    ann.picks(KEEP)
    lee.does(command="round")
    assert "one" not in "".join(lee.standing.values()).replace("anyone", "").replace("phone", "")
    ann.does(edit="helped_share/how")
    if any("unnamed" in each["label"].casefold() for each in ann.choices):
        ann.picks("unnamed")
        lee.does(command="round")
        assert "aone" not in "".join(lee.standing.values())
        ann.does(edit="helped_share/how")
    ann.picks(NAMED)
    lee.does(command="round")
    assert "Namea: helped aone" in "".join(lee.standing.values())
    assert "bone" not in "".join(lee.standing.values())
