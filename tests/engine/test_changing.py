"""Changing an earlier answer: what depends on it is named and asked about, nothing else."""

import json

import pytest

from bot.engine.events import EditRequested
from bot.engine.session import dump
from tests.fakes import Talk, catalogue_of

SCRIPT = """
id: talk
steps:
  - {id: who, say: Who is it?, ask: person}
  - {id: plain, say: And you?, ask: words}
  - {id: did, say: "What did {{ who or 'they' }} do?", ask: words}
  - id: safe
    say: "Is it safe with {{ who or 'them' }}?"
    ask: choice
    fresh: yes
    choices: [{safe: Safe}, {unsafe: Not safe}]
  - {id: wish, only if: who, say: What do you wish?, ask: words}
  - {id: more, say: "{% if did %}{{ did | quote }} {% endif %}More?", ask: words}
  - {id: last, say: Last?, ask: words}
"""


@pytest.fixture
def talk() -> Talk:
    talk = Talk(catalogue_of(SCRIPT))
    talk.opens()
    talk.says("Denise", "tired", "shouted", "safe", "peace", "no more")
    assert talk.step == "last"
    return talk


def changed(talk: Talk, key: str, words: str) -> None:
    talk.meets(EditRequested(key))
    talk.says(words)


def test_what_depends_on_a_changed_answer_is_named_and_asked_about(talk: Talk):
    """Answers that were given under the old one are shown, each with its question."""
    changed(talk, "who", "Raj")
    assert "2 later answers" in talk.text
    assert "What did Raj do?" in talk.text
    assert "You said: shouted" in talk.text
    assert talk.labels == [
        "It still holds",
        "Ask me again",
        "Take it out",
        "All of them still hold",
    ]


def test_an_answer_that_must_be_fresh_is_asked_again_and_not_kept(talk: Talk):
    """Safety that was said about one person is never taken over for another."""
    changed(talk, "who", "Raj")
    assert "safe" not in talk.session.answers
    talk.taps("All of them")
    assert talk.step == "safe"
    assert "Is it safe with Raj?" in talk.text


def test_what_still_holds_stays(talk: Talk):
    """Keeping an answer keeps it, and the next one is asked about."""
    changed(talk, "who", "Raj")
    talk.taps("It still holds")
    assert talk.value("did") == "shouted"
    talk.says("not safe")
    assert "What do you wish?" in talk.text
    talk.taps("It still holds")
    assert talk.step == "last"


def test_asking_again_puts_the_question_without_the_old_answer(talk: Talk):
    """Looking at it again is a clean question."""
    changed(talk, "who", "Raj")
    talk.taps("Ask me again")
    assert talk.question.text == "What did Raj do?"
    talk.says("slammed the door")
    assert talk.value("did") == "slammed the door"


def test_what_is_taken_out_is_gone(talk: Talk):
    """An answer that no longer holds leaves no trace and isn't asked again."""
    changed(talk, "who", "Raj")
    talk.taps("Take it out")
    assert "shouted" not in json.dumps(dump(talk.session))
    assert talk.step == "safe"


def test_doubts_can_be_answered_by_typing(talk: Talk):
    """Whoever has no buttons can type what they say."""
    changed(talk, "who", "Raj")
    talk.says("it still holds")
    assert talk.step == "safe"


def test_what_depends_on_an_answer_asked_again_is_asked_about_in_turn(talk: Talk):
    """A new answer in the middle of the chain puts in question what was built on it."""
    changed(talk, "who", "Raj")
    talk.taps("Ask me again")
    talk.says("slammed the door")
    talk.says("safe")
    talk.taps("It still holds")
    assert talk.step == "more"
    assert talk.question.options


def test_what_depends_on_an_answer_taken_out_is_asked_about_in_turn(talk: Talk):
    """What quoted an answer that is gone is not kept in silence."""
    changed(talk, "did", "nothing much")
    assert "More?" in talk.text


def test_an_answer_that_depends_on_nothing_changed_is_left_alone(talk: Talk):
    """Nobody is asked about answers that have nothing to do with the change."""
    changed(talk, "plain", "rested")
    assert talk.step == "last"
    assert talk.session.doubts == ()
    assert talk.value("plain") == "rested"


def test_giving_the_same_answer_again_changes_nothing(talk: Talk):
    """Saying the same once more puts nothing in question."""
    changed(talk, "who", "Denise")
    assert talk.step == "last"
    assert talk.value("safe") == "safe"


def test_a_changed_answer_that_is_taken_back_by_looking_again_stays_as_it_was(talk: Talk):
    """Going to an answer and going back from it changes nothing."""
    before = dict(talk.session.answers)
    talk.meets(EditRequested("who"))
    talk.taps("Leave it")
    assert talk.step == "last"
    assert talk.session.answers == before


def test_an_answer_that_no_longer_has_a_question_is_not_announced():
    """Only what will really be asked about is named, and no doubt is left hanging."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: way, say: Which way?, ask: choice, choices: [{a: A}, {b: B}]}
          - {id: more, only if: way == "a", say: Tell me., ask: words}
          - {id: last, say: And last?, ask: words}
    """)
    )
    talk.opens()
    talk.says("A", "something")
    talk.meets(EditRequested("way"))
    talk.says("B")
    assert talk.step == "last"
    assert talk.session.doubts == ()
    assert "later answer" not in talk.text


def test_an_answer_off_the_path_can_not_be_read_until_the_path_returns():
    """What was said on another way is not used, and is there again when the person comes back."""
    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: way, say: Which way?, ask: choice, choices: [{a: A}, {b: B}]}
          - {id: more, only if: way == "a", say: Tell me., ask: words}
          - {id: last, say: "{% if more %}{{ more | quote }} {% endif %}Last?", ask: words}
    """)
    )
    talk.opens()
    talk.says("A", "CANARY")
    talk.meets(EditRequested("way"))
    talk.says("B")
    assert talk.text.endswith("Last?")
    assert "CANARY" not in talk.text
    talk.meets(EditRequested("way"))
    talk.says("A")
    while talk.session.doubts:
        talk.taps("It still holds")
    assert "CANARY" in talk.text


def test_forgetting_takes_along_every_copy():
    """A forgotten answer is also gone from results that were made of it, on the path and off it."""
    talk = Talk(
        catalogue_of(
            """
        id: talk
        steps:
          - {id: way, say: Which way?, ask: choice, choices: [{a: A}, {b: B}]}
          - {id: sum, only if: way == "a", call: inner, answer: sum}
          - {id: last, say: "{% if sum.said %}{{ sum.said }} {% endif %}Last?", ask: words}
        """,
            "{id: inner, result: {said: said}, steps: [{id: said, say: Say., ask: words}]}",
        )
    )
    talk.opens()
    talk.says("A", "CANARY")
    talk.uses("kept")
    talk.taps("Forget one")
    talk.taps("Forget: CANARY")
    assert "CANARY" not in json.dumps(dump(talk.session))


def test_what_is_taken_out_on_another_path_is_gone_in_every_copy():
    """Wiping one answer leaves no copy of it in a result that is out of sight just now."""
    talk = Talk(
        catalogue_of(
            """
        id: talk
        steps:
          - {id: said, say: Say., ask: words}
          - {id: way, say: Which way?, ask: choice, choices: [{a: A}, {b: B}]}
          - {id: sum, only if: way == "a", call: inner, with: {it: said}, answer: sum}
          - {id: last, say: "{% if sum.said %}{{ sum.said }} {% endif %}Last?", ask: words}
        """,
            "{id: inner, inputs: [it], result: {said: it}, steps: [{id: o, say: O, ask: yes/no}]}",
        )
    )
    talk.opens()
    talk.says("CANARY", "A", "yes")
    talk.meets(EditRequested("way"))
    talk.says("B")
    talk.uses("kept")
    talk.taps("Forget one")
    talk.taps("Forget: CANARY")
    assert "CANARY" not in json.dumps(dump(talk.session))


def test_a_changed_answer_reaches_into_a_sub_dialogue():
    """What was asked inside a sub-dialogue with the old answer is asked about as well."""
    talk = Talk(
        catalogue_of(
            """
        id: talk
        steps:
          - {id: who, say: Who?, ask: person}
          - {id: sum, call: inner, with: {name: who}, answer: sum}
          - {id: last, say: Last?, ask: words}
        """,
            "{id: inner, inputs: [name], result: {said: said}, steps: ["
            "{id: said, say: 'And {{ name }}?', ask: words}]}",
        )
    )
    talk.opens()
    talk.says("Anna", "kind")
    changed(talk, "who", "Ben")
    assert "And Ben?" in talk.text
    assert talk.session.doubts == ("sum/said",)
    talk.taps("Take it out")
    assert talk.step == "last"
    assert "kind" not in json.dumps(dump(talk.session))


def test_a_reminder_is_set_once():
    """Somebody who asked for one message doesn't get a second one for tidying up later."""
    from bot.engine.effects import Remind  # noqa: PLC0415 - one use

    talk = Talk(
        catalogue_of("""
        id: talk
        steps:
          - {id: said, say: Say., ask: words}
          - {id: follow_up, say: In a week., remind: 7}
    """)
    )
    talk.opens()
    assert Remind("follow_up", 7) in talk.says("something").effects
    talk.uses("kept")
    talk.taps("Forget one")
    talk.taps("Forget: something")
    assert not [effect for effect in talk.turn.effects if isinstance(effect, Remind)]
