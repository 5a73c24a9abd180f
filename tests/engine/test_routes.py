"""The routing table: what Kith relies on in `transitions`, and the ways out of every step."""

import pytest
from transitions import MachineError

from bot.engine.routes import BESIDE, LEAVE, Cursor, build, move
from tests.fakes import catalogue_of

SCRIPT = """
id: talk
steps:
  - {id: hello, say: Hello.}
  - id: mood
    say: Well?
    ask: yes/no
    next:
      - {if: mood == true, go: bye}
      - {go: more}
  - {id: more, only if: mood == false, say: Why?, ask: words, next: end}
  - {id: bye, say: Bye.}
"""


@pytest.fixture
def machine():
    return catalogue_of(SCRIPT).scripts["talk"].machine


def test_a_trigger_works_on_a_cursor_that_was_never_registered(machine):
    """One machine serves everybody: a throwaway cursor moves, and the machine keeps no trace."""
    cursor = Cursor("mood", {"mood": True})
    assert machine.events["answer"].trigger(cursor) is True
    assert cursor.state == "bye"
    assert machine.models == []


def test_a_trigger_that_fits_no_state_raises_what_move_catches(machine):
    """An intent that a step doesn't know leaves the person where they are."""
    with pytest.raises(MachineError):
        machine.events["go on"].trigger(Cursor("mood", {}))
    assert move(machine, "go on", "mood", {}) is None
    assert machine.models == []


def test_conditions_choose_the_edge_in_the_authors_order(machine):
    """The first way that holds is taken; without an answer, the one that always holds."""
    assert move(machine, "answer", "mood", {"mood": True}) == "bye"
    assert move(machine, "answer", "mood", {"mood": False}) == "more"
    assert move(machine, "answer", "mood", {}) == "more"
    assert move(machine, "answer", "more", {}) == LEAVE
    assert move(machine, "go on", "bye", {}) == LEAVE


def test_passing_a_step_is_only_possible_where_its_condition_fails(machine):
    """A step that is for this person is not passed by."""
    assert move(machine, "pass", "more", {"mood": True}) == "bye"
    assert move(machine, "pass", "more", {"mood": False}) is None
    assert move(machine, "pass", "hello", {}) is None


@pytest.mark.parametrize("step", ["hello", "mood", "more", "bye"])
@pytest.mark.parametrize("freedom", ["help", "person", "pause", "stop", "distress"])
def test_every_step_has_every_way_out(machine, step: str, freedom: str):
    """No author can write a step that help, a person, a pause or a stop can't be reached from."""
    assert move(machine, freedom, step, {}) == BESIDE[freedom]


def test_an_unknown_intent_moves_nobody(machine):
    """A machine without such an edge simply stays."""
    assert move(machine, "dance", "hello", {}) is None  # type: ignore[arg-type]


def test_guards_are_named_after_their_source(machine):
    """Whoever reads or draws the table sees the author's own condition."""
    edge = machine.get_transitions("answer", "mood", "bye")[0]
    assert [condition.func.__name__ for condition in edge.conditions] == ["mood == true"]


def test_every_script_of_a_catalogue_has_its_own_machine():
    """Scripts can use the same step ids without mixing."""
    other = SCRIPT.replace("id: talk", "id: second")
    scripts = catalogue_of(SCRIPT, other).scripts
    assert scripts["talk"].machine is not scripts["second"].machine
    assert build(scripts["talk"].script).models == []
