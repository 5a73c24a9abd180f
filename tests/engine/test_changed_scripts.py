"""A script that changes while people are in the middle: nobody is stranded, nobody is misread."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.events import ButtonTapped, ChoicePicked, CommandGiven, Opened, TextReceived
from bot.engine.screens import opened
from tests.fakes import Talk, catalogue_of, comes_to_rest

BEFORE = """
id: talk
steps:
  - {id: name, say: What shall I call you?, ask: words}
  - {id: mood, say: How is it?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: why, say: Why?, ask: words}
  - {id: bye, say: Bye.}
"""
HONEST = ("reworded", "have been changed")


def talked(*lines: str, script: str = BEFORE) -> Talk:
    talk = Talk(catalogue_of(script))
    talk.opens()
    talk.says(*lines)
    return talk


def meets_release(talk: Talk, script: str, *more: str) -> Talk:
    talk.catalogue = catalogue_of(script, *more)
    return talk


def honest(text: str) -> bool:
    return any(words in text for words in HONEST)


def test_a_reworded_question_is_asked_again_with_an_honest_sentence():
    """An answer to the old wording is not taken for one to the new."""
    talk = meets_release(
        talked("Ann", "bad"), BEFORE.replace("say: Why?", "say: What is behind it?")
    )
    talk.says("old answer")
    assert "reworded" in talk.text
    assert talk.text.endswith("What is behind it?")
    assert "why" not in talk.session.answers
    talk.says("new answer")
    assert talk.value("why") == "new answer"


@pytest.mark.parametrize("event", [ChoicePicked("bad"), ButtonTapped(1, 2), TextReceived("bad")])
def test_a_question_with_other_choices_is_asked_again(event):
    """A tap on a button of the old question answers nothing."""
    talk = talked("Ann")
    if isinstance(event, ButtonTapped):
        event = ButtonTapped(1, talk.question.revision)
    meets_release(talk, BEFORE.replace("{bad: Bad}", "{fair: Fair}, {bad: Bad}"))
    talk.meets(event)
    assert talk.step == "mood"
    assert "mood" not in talk.session.answers
    assert talk.labels == ["Good", "Fair", "Bad"]


def test_a_change_elsewhere_disturbs_nobody():
    """A release that leaves the open question alone is not noticed by the person."""
    talk = meets_release(talked("Ann", "bad"), BEFORE.replace("say: Bye.", "say: Goodbye."))
    talk.says("because")
    assert talk.value("why") == "because"
    assert talk.text.startswith("Goodbye.")


def test_a_renamed_open_step_is_followed():
    """A step that only got another name is the same question: the answer counts."""
    script = BEFORE.replace("{id: why,", "{id: reason, was: why, answer: why,")
    talk = meets_release(talked("Ann", "bad"), script)
    talk.says("because")
    assert talk.value("why") == "because"
    assert talk.session.status == "ended"
    assert not honest(talk.text)


def test_the_answer_of_a_renamed_step_is_followed_too():
    """Nobody answers again because a step got another name."""
    script = BEFORE.replace("{id: name,", "{id: called, was: name,")
    talk = meets_release(talked("Ann", "bad"), script)
    talk.says("because")
    assert talk.session.status == "ended"
    assert "Ann" in [answer.value for answer in talk.session.answers.values()]


def test_a_removed_step_leads_on_with_an_honest_sentence():
    """Whoever stood at a question that is gone goes on where the script goes on."""
    script = BEFORE.replace(
        "  - {id: why, say: Why?, ask: words}\n", "  - {id: else, say: And else?, ask: words}\n"
    )
    talk = meets_release(talked("Ann", "bad"), script)
    talk.says("because")
    assert "have been changed" in talk.text
    assert talk.step == "else"
    assert talk.value("name") == "Ann"


def test_an_inserted_earlier_question_is_asked_now():
    """A new question further up isn't skipped for those who are past it."""
    script = BEFORE.replace(
        "  - {id: mood,", "  - {id: safe, say: Is it safe?, ask: yes/no}\n  - {id: mood,"
    )
    talk = meets_release(talked("Ann", "bad"), script)
    talk.says("because")
    assert honest(talk.text)
    assert talk.step == "safe"
    talk.says("yes")
    assert talk.step == "why"
    assert talk.value("mood") == "bad"


def test_an_answer_that_no_longer_exists_is_asked_again():
    """A choice that the author took away isn't kept in silence."""
    talk = meets_release(talked("Ann", "bad"), BEFORE.replace("{bad: Bad}", "{hard: Hard}"))
    talk.says("because")
    assert talk.step == "mood"
    talk.says("hard")
    assert talk.step == "why"


def test_an_answer_that_no_longer_exists_can_not_be_left_as_it_is():
    """Only an answer that still fits its question is offered to be left."""
    talk = meets_release(talked("Ann", "bad"), BEFORE.replace("{bad: Bad}", "{hard: Hard}"))
    talk.opens()
    assert talk.step == "mood"
    assert ":keep" not in [option.value for option in talk.question.options]
    talk.picks(":keep")
    assert talk.step == "mood"


KINDS = {
    "words": ("ask: words", "some words"),
    "choice": ("ask: choice, choices: [{a: A}, {b: B}]", "a"),
    "several": ("ask: several, choices: [{a: A}, {b: B}]", "a"),
    "number": ("ask: number", "3"),
    "yes/no": ("ask: yes/no", "yes"),
    "person": ("ask: person", "Anna"),
    "people": ("ask: person, most: 3", "Anna, Ben"),
    "place": ("ask: place", "the café"),
    "date": ("ask: date", "friday"),
    "stones": ("ask: stones, choices: [{a: A}, {b: B}]", "1 1"),
}
ALIKE = {
    ("words", "place"),
    ("place", "words"),
    ("date", "words"),
    ("date", "place"),
    ("choice", "words"),
    ("choice", "place"),
}
"""What answers one also answers the other: any date, place or choice is words."""


def asking(kind: str) -> str:
    last = "{id: last, say: Last?, ask: words}"
    return f"{{id: talk, steps: [{{id: it, say: It?, {KINDS[kind][0]}}}, {last}]}}"


@pytest.mark.parametrize("after", KINDS)
@pytest.mark.parametrize("before", KINDS)
def test_a_question_of_another_kind_is_asked_again(before: str, after: str):
    """An answer of one kind is never passed off as one of another, and nothing breaks."""
    if before == after or (before, after) in ALIKE:
        return
    talk = talked(KINDS[before][1], script=asking(before))
    assert talk.step == "last"
    meets_release(talk, asking(after))
    talk.says("hello")
    assert talk.step == "it"
    talk.says(KINDS[after][1])
    assert talk.step == "last"


@pytest.mark.parametrize("beside", ["pause", "help", "menu", "stop"])
def test_the_honest_sentence_waits_for_somebody_who_was_away(beside: str):
    """Whoever comes back from a pause or a screen is told as well that the questions changed."""
    talk = talked("Ann", "bad")
    talk.uses(beside)
    meets_release(talk, BEFORE.replace("say: Why?", "say: What is behind it?"))
    talk.uses("resume")
    assert talk.step == "why"
    assert "reworded" in talk.text


@pytest.mark.parametrize("event", [Opened(), CommandGiven("resume"), CommandGiven("start")])
def test_the_honest_sentence_is_said_however_somebody_comes_back(event):
    """Opening the chat again after a change says so, whether or not something is typed."""
    talk = talked("Ann", "bad")
    meets_release(
        talk,
        BEFORE.replace(
            "  - {id: why, say: Why?, ask: words}\n", "  - {id: else, say: Else?, ask: words}\n"
        ),
    )
    talk.meets(event)
    if talk.step == ":welcome back":
        talk.taps("Go on")
    assert talk.step == "else"
    assert "have been changed" in talk.text


def test_somebody_who_looked_back_stays_where_they_were():
    """Looking at an earlier answer while a release comes is not interrupted."""
    talk = talked("Ann", "bad")
    talk.uses("back")
    meets_release(talk, BEFORE.replace("say: Bye.", "say: Goodbye."))
    talk.says("good")
    assert talk.value("mood") == "good"
    assert talk.step == "why"


def test_a_finished_reflection_stays_finished():
    """A release doesn't reopen what somebody closed."""
    talk = talked("Ann", "bad", "because")
    meets_release(
        talk,
        BEFORE.replace("  - {id: mood,", "  - {id: safe, say: Safe?, ask: yes/no}\n  - {id: mood,"),
    )
    talk.says("hello")
    assert talk.step == ":finished"
    assert talk.session.status == "ended"


SECRET = """
id: talk
steps:
  - {id: secret, say: May I ask?, ask: yes/no, keep: never written, next: [
      {if: secret == true, go: more}, {go: last}]}
  - {id: more, say: More?, ask: words}
  - {id: last, say: Last?, ask: words}
"""


@pytest.mark.parametrize("new", ["{id: extra, was: more,", "{id: extra,"])
def test_where_a_never_written_answer_led_may_be_gone(new: str):
    """An unwritten answer that led to a step which is gone or renamed strands nobody."""
    talk = talked("yes", "words", script=SECRET)
    assert talk.step == "last"
    meets_release(talk, SECRET.replace("{id: more,", new).replace("go: more", "go: extra"))
    talk.says("hello")
    assert talk.session.place
    assert talk.turn.effects


def _reordered() -> None:
    talk = talked("yes", "words", script=SECRET)
    moved = SECRET.replace("  - {id: more, say: More?, ask: words}\n", "")
    moved = moved.replace("steps:\n", "steps:\n  - {id: more, say: More?, ask: words}\n")
    meets_release(talk, moved.replace("go: more", "go: last")).says("hello")


def test_where_a_never_written_answer_led_may_have_moved_up():
    """Steps that change their order never send anybody round in circles."""
    assert comes_to_rest(_reordered)


INNER = "{id: inner, inputs: [], result: {said: said}, steps: [{id: said, say: Say., ask: words}]}"
OUTER = """
id: talk
steps:
  - {id: name, say: Name?, ask: words}
  - {id: sum, call: inner, answer: sum}
  - {id: last, say: "{% if sum.said %}{{ sum.said }} {% endif %}Last?", ask: words}
"""


@pytest.mark.parametrize("place", ["inside", "behind"])
def test_a_sub_dialogue_that_is_gone_strands_nobody(place: str):
    """Whoever stood in a sub-dialogue that was taken away goes on in the script around it."""
    talk = Talk(catalogue_of(OUTER, INNER))
    talk.opens()
    talk.says("Ann", *(["words"] if place == "behind" else []))
    meets_release(talk, OUTER.replace("call: inner, answer: sum", "say: Instead., answer: sum"))
    talk.says("hello")
    if talk.step != "last":
        talk.opens()
    assert talk.step == "last" or talk.session.status == "ended"


def test_a_script_that_is_empty_but_for_its_end_ends():
    """Where nothing is left to ask, the reflection ends politely."""
    talk = meets_release(talked("Ann"), "{id: talk, steps: [{id: bye, say: Bye.}]}")
    talk.says("bad")
    assert talk.turn.effects


LINES = [
    "name, say: Name?, ask: words",
    "mood, say: Mood?, ask: choice, choices: [{a: A}, {b: B}]",
    "mood, say: Mood!, ask: several, choices: [{a: A}, {c: C}]",
    "size, say: Size?, ask: number",
    "name, say: Names?, ask: person, most: 3",
    "why, say: Why?, ask: yes/no, keep: never written",
    "tell, say: Hello.",
    "size, say: Size!, ask: stones, choices: [{a: A}, {b: B}]",
    "why, only if: name, say: Why., ask: date",
    "new, was: [name, mood], say: New?, ask: words",
]
RELEASES = st.lists(
    st.sampled_from(LINES), min_size=1, max_size=5, unique_by=lambda line: line.partition(",")[0]
)
SAID = st.lists(
    st.sampled_from(["a", "1", "yes", "Anna", "friday", "back", "skip", "pause", "1 1"]), max_size=5
)


@given(st.lists(st.tuples(RELEASES, SAID), min_size=2, max_size=4))
def test_no_change_of_a_script_ever_breaks_a_conversation(
    rounds: list[tuple[list[str], list[str]]],
):
    """Whatever authors change between two messages, there is an answer and a place."""
    talk = None
    for release, said in rounds:
        names = {line.partition(",")[0] for line in release}
        kept = [line for line in release if "only if: name" not in line or "name" in names]
        if names & {"name", "mood"}:
            kept = [line.replace("was: [name, mood], ", "") for line in kept]
        steps = "".join(f"  - {{id: {line}}}\n" for line in [*kept, "end_, say: End?, ask: words"])
        catalogue = catalogue_of(f"id: talk\nsteps:\n{steps}")
        talk = talk or Talk(catalogue)
        talk.catalogue = catalogue
        talk.opens()
        for words in said:
            assert talk.says(words).effects
        assert opened(catalogue, replace(talk.session, release=catalogue.release)).texts
