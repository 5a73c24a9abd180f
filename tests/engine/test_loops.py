"""Scripts that go round: each ends with a question, an end or one named fault, never a hang."""

import json

import pytest

from bot.engine.session import dump
from bot.engine.walk import EndlessLoop
from tests.fakes import Talk, catalogue_of, comes_to_rest


def _told(scripts: tuple[str, ...], lines: list[str]) -> None:
    talk = Talk(catalogue_of(*scripts))
    talk.opens()
    try:
        talk.says(*lines)
    except EndlessLoop:
        return


def test_a_loop_without_a_question_is_a_named_fault():
    """A script that goes round in silence is stopped, and the step is named."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: a, say: A., ask: words}
          - {id: b, say: B.}
          - {id: c, say: C., next: b}
    """)
    )
    talk.opens()
    with pytest.raises(EndlessLoop, match=r"b|c"):
        talk.says("x")


def test_a_script_that_calls_itself_without_a_question_is_a_named_fault():
    """A dialogue inside itself for ever is stopped as well."""
    talk = Talk(catalogue_of("{id: talk, steps: [{id: a, say: A.}, {id: b, call: talk}]}"))
    with pytest.raises(EndlessLoop):
        talk.opens()


LOOPING = """
id: talk
steps:
  - {id: what, say: What?, ask: words}
  - {id: more, say: More?, ask: yes/no, next: [{if: more == true, go: what}, {go: last}]}
  - {id: last, say: Last?, ask: words}
"""


def test_going_back_to_an_answered_question_ends():
    """A script that leads back over answered questions never hangs the conversation."""
    assert comes_to_rest(_told, (LOOPING,), ["one", "yes"])


def test_many_steps_in_a_row_that_are_not_for_this_person_are_no_loop():
    """A long script of which most isn't for this person is walked to its end."""
    steps = "\n".join(
        f"  - {{id: s{n}, only if: way == true, say: S{n}., ask: words}}" for n in range(150)
    )
    first = "  - {id: way, say: Way?, ask: yes/no}"
    last = "  - {id: last, say: Last?, ask: words}"
    script = f"id: talk\nsteps:\n{first}\n{steps}\n{last}"
    talk = Talk(catalogue_of(script))
    talk.opens()
    talk.says("no")
    assert talk.step == "last"


SOMEONE = """
id: someone
inputs: [who]
result: {said: said}
steps: [{id: said, say: "And {{ who }}?", ask: words}]
"""


REPEATS = """
id: talk
steps:
  - {id: names, say: Who?, ask: person, most: 5}
  - {id: first, call: someone, for each: names, as: who, with: {who: who}, answer: first}
  - id: again
    call: someone
    for each: first | pluck("said")
    as: who
    with: {who: who}
    answer: again
  - {id: last, say: Last?, ask: words}
"""


def test_a_list_with_the_same_item_twice_ends():
    """A repeated word in a list is asked about and doesn't hang the conversation."""
    assert comes_to_rest(_told, (REPEATS, SOMEONE), ["Anna, Ben", "same", "same", "x", "y"])


def test_each_item_of_a_list_is_asked_about_once_in_order():
    """For each person named there is one round, and the results stand in the same order."""
    talk = Talk(
        catalogue_of(
            """
        id: talk
        steps:
          - {id: names, say: Who?, ask: person, most: 5}
          - {id: each, call: someone, for each: names, as: who, with: {who: who}, answer: each}
          - {id: last, say: "{% for e in each %}{{ e.said }};{% endfor %}", ask: words}
        """,
            SOMEONE,
        )
    )
    talk.opens()
    talk.says("Anna, Ben, Cid")
    told = []
    for words in ("a", "b", "c"):
        told.append(talk.text)
        talk.says(words)
    assert told == ["And Anna?", "And Ben?", "And Cid?"]
    assert talk.text == "a;b;c;"
    assert talk.value("each") == [
        {"id": "anna", "said": "a"},
        {"id": "ben", "said": "b"},
        {"id": "cid", "said": "c"},
    ]


def test_an_empty_list_is_passed():
    """Nobody named means no round, and the script goes on."""
    talk = Talk(
        catalogue_of(
            """
        id: talk
        steps:
          - {id: names, say: Who?, ask: person, most: 5}
          - {id: each, call: someone, for each: names, as: who, with: {who: who}, answer: each}
          - {id: last, say: Last?, ask: words}
        """,
            SOMEONE,
        )
    )
    talk.opens()
    talk.uses("skip")
    assert talk.step == "last"
    assert talk.value("each") == []


def test_what_was_said_about_an_item_with_a_slash_in_its_name_can_be_seen():
    """What is kept is shown, whatever signs somebody used in their own words."""
    talk = Talk(
        catalogue_of(
            """
        id: talk
        steps:
          - {id: things, say: What?, ask: several, own words: yes, choices: [{money: Money}]}
          - {id: each, call: someone, for each: things, as: who, with: {who: who}, answer: each}
          - {id: last, say: Last?, ask: words}
        """,
            SOMEONE,
        )
    )
    talk.opens()
    talk.says("work/life: all of it", "CANARY")
    assert talk.step == "last"
    talk.uses("kept")
    assert "CANARY" in talk.text


def test_a_result_made_of_what_may_be_missing_can_be_stored():
    """A result that collects something nobody said is stored as nothing, and the turn succeeds."""
    talk = Talk(
        catalogue_of(
            """
        id: talk
        steps:
          - {id: names, say: Who?, ask: person, most: 5}
          - {id: sum, call: inner, with: {names: names}, answer: sum}
          - {id: last, say: Last?, ask: words}
        """,
            """
        id: inner
        inputs: [names]
        result: {ages: 'names | pluck("age")', both: '[ok, why]'}
        steps:
          - {id: ok, say: Ok?, ask: yes/no}
          - {id: why, only if: ok == false, say: Why?, ask: words}
        """,
        )
    )
    talk.opens()
    talk.says("Anna, Ben", "yes")
    assert talk.step == "last"
    json.dumps(dump(talk.session))


def test_inputs_are_all_that_a_sub_dialogue_can_see():
    """A sub-dialogue reads what it was given, not the answers around it."""
    talk = Talk(
        catalogue_of(
            """
        id: talk
        steps:
          - {id: said, say: Say., ask: words}
          - {id: other, say: Say more., ask: words}
          - {id: sum, call: inner, with: {it: other}, answer: sum}
        """,
            """
            id: inner
            inputs: [it]
            steps:
              - {id: said, say: "[{% if said %}{{ said }}{% endif %}] {{ it }}", ask: words}
            """,
        )
    )
    talk.opens()
    talk.says("CANARY", "given")
    assert talk.text == "[] given"
