"""A dialogue keeps to the minutes and questions that its author allows."""

import pytest

from bot.proofs.budget import SECONDS, WORDS_A_MINUTE, longest_way
from tests.proofs.proving import codes, model_of, proven, talk

WORDS = " ".join(["word"] * 119)
ASK = "  - {{id: q{0}, say: A short question?, ask: words}}\n"


def test_the_longest_way_counts_words_and_answers():
    """Half a minute of reading, and then an answer in one's own words."""
    script = f"id: talk\nsteps:\n  - {{id: a, say: {WORDS}, ask: words}}\n"
    length = longest_way(model_of(script), {})
    assert length.questions == 1
    assert length.minutes == pytest.approx(119 / WORDS_A_MINUTE + SECONDS["words"] / 60)


def test_of_two_ways_the_longer_counts_and_not_both():
    """Nobody walks both."""
    steps = """
      - {id: a, say: A?, ask: yes/no}
      - {id: b, only if: a == true, say: B?, ask: words}
      - {id: c, only if: a == true, say: C?, ask: words}
      - {id: d, only if: not (a == true), say: D?, ask: words}
    """
    assert longest_way(model_of(talk(steps)), {}).questions == 3


def test_of_a_text_the_longer_arm_counts():
    """A person reads one of them."""
    text = "{% if a %}one two three{% else %}one two three four{% endif %}"
    script = f"id: talk\nsteps:\n  - {{id: a, say: A?, ask: words}}\n  - {{id: b, say: '{text}'}}\n"
    model = model_of(script)
    assert longest_way(model, {}).minutes == pytest.approx(
        5 / WORDS_A_MINUTE + SECONDS["words"] / 60
    )


def test_more_questions_than_allowed_are_told():
    """Where the budget stands."""
    steps = "".join(ASK.format(number) for number in range(5))
    head = "budget: [{minutes: 10, questions: 4}]\n"
    found = proven(talk(steps, head))
    assert [(each.code, each.line, each.severity) for each in found] == [("too-long", 2, "warning")]
    assert "5 questions" in found[0].message
    assert codes(talk(steps, head.replace("4", "5"))) == []


def test_a_budget_for_some_is_measured_on_their_ways_only():
    """The short way may not grow with the full one."""
    steps = "  - {id: pace, say: Short?, ask: yes/no}\n" + "".join(
        f"  - {{id: q{number}, only if: not (pace == true), say: Why?, ask: words}}\n"
        for number in range(5)
    )
    head = "budget: [{if: pace == true, minutes: 10, questions: 1}, {minutes: 10, questions: 6}]\n"
    assert codes(talk(steps, head)) == []
    assert codes(talk(steps, head.replace("questions: 6", "questions: 5"))) == ["too-long"]
    short = "  - {id: more, only if: pace == true, say: More?, ask: words}\n"
    assert codes(talk(steps + short, head)) == ["too-long"]


def test_a_dialogue_for_each_person_counts_several_times():
    """Three, where nobody knows how many there will be."""
    inner = (
        "id: inner\nsteps:\n  - {id: x, say: X?, ask: words}\n  - {id: y, say: Y?, ask: words}\n"
    )
    steps = "  - {id: p, say: Who?, ask: person, most: 5}\n  - {id: c, call: inner, for each: p}\n"
    head = "budget: [{minutes: 10, questions: 6}]\n"
    found = proven(talk(steps, head), inner)
    assert "7 questions" in found[0].message
