"""How long an answer is kept, said on request at the question and beside each answer later."""

from dataclasses import replace
from functools import cache

import pytest

from bot.engine.catalogue import Catalogue
from bot.engine.classes import kept_as, kept_in_words
from bot.engine.terms import Terms
from tests.fakes import DIALOGUES, Talk, catalogue_of

BAD_DAYS = (DIALOGUES / "scripts" / "bad-days.yaml").read_text("utf-8")
TALK = """
id: talk
steps:
  - {id: stays, say: What stays?, ask: words}
  - {id: goes, say: What goes?, ask: words, keep: until the end}
  - {id: flies, say: And this?, ask: yes/no, keep: never written}
  - {id: some, say: "Which{% if stays %} of these{% endif %}?", ask: several, choices: [{a: Apples}, {b: Pears}]}
  - {id: inner, call: inner}
  - {id: bye, say: You could tell a neighbour., ending: yes}
"""
INNER = "id: inner\nsteps:\n  - {id: deep, say: How deep?, ask: words, keep: until the end}\n"
PHRASES = ["what happens with my answer", "What happens with my answer?", "is this kept?"]


@cache
def catalogue() -> Catalogue:
    return replace(catalogue_of(TALK, INNER, BAD_DAYS), terms=Terms(18, 91, 31, 361))


@pytest.fixture
def talk() -> Talk:
    talk = Talk(catalogue())
    talk.opens()
    return talk


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize(
    ("lines", "told", "question"),
    [
        ([], "91 days", "What stays?"),
        ([], "31 if", "What stays?"),
        (["x"], "until we come to the end", "What goes?"),
        (["x", "y"], "never written down", "And this?"),
        (["x", "y", "yes", "1"], "until we come to the end", "How deep?"),
    ],
)
def test_it_is_said_at_every_question_and_then_it_is_put_again(
    talk: Talk, phrase: str, lines: list[str], told: str, question: str
):
    """One short message with the question under it; nothing is answered by asking."""
    talk.says(*lines)
    before = dict(talk.session.answers)
    talk.says(phrase)
    assert told in talk.text
    assert talk.question.text.endswith(question)
    assert len(talk.turn.effects) == 1
    assert talk.session.answers == before


def test_what_is_kept_apart_is_told_by_its_own_days(talk: Talk):
    """The plan stays longer than a reflection, and that is what is said there."""
    talk.says("x", "my plan")
    talk.uses("keeping")
    assert "361 days" in talk.text
    assert talk.step == "signs"


def test_ticks_stay(talk: Talk):
    """Asking in the middle of several taps loses none of them."""
    talk.says("x", "y", "yes")
    talk.taps("Apples")
    talk.says(PHRASES[0])
    assert "So far: Apples" in talk.text
    talk.taps("Done")
    assert talk.value("some") == ["a"]


def test_from_the_menu_it_leads_back_to_the_question(talk: Talk):
    """The menu names it; it is about the answer that is open under the menu."""
    talk.uses("menu")
    assert '"is this kept"' in talk.text
    talk.says("is this kept")
    assert talk.step == "stays"
    assert "91 days" in talk.text


@pytest.mark.parametrize("screen", ["help", "kept", "forget", "pause"])
def test_on_a_screen_nothing_is_open(talk: Talk, screen: str):
    """There it says so, and the screen stays."""
    talk.uses(screen)
    there = talk.step
    talk.uses("keeping")
    assert "No answer is open here" in talk.text
    assert talk.step == there


def test_in_a_doubt_it_is_about_that_answer(talk: Talk):
    """A question whether an earlier answer still holds is about an answer too."""
    talk.says("x", "y", "yes", "1")
    talk.uses("change")
    talk.picks("change:stays")
    talk.says("something else")
    assert "Does that still hold?" in talk.text
    talk.says(PHRASES[0])
    assert "91 days" in talk.text
    assert "Does that still hold?" in talk.text


@pytest.mark.parametrize(
    "words",
    ["Is this kept from everybody?", "what happens with my answer if he reads it", "this"],
)
def test_a_sentence_around_it_is_an_answer(talk: Talk, words: str):
    """Only the exact phrase counts: what somebody writes is not swallowed."""
    talk.says(words)
    assert talk.value("stays") == words


def test_each_answer_has_its_class_and_a_word_for_it(talk: Talk):
    """What is listed later can say of every row how long it stays, also within a dialogue."""
    talk.says("x", "y", "yes", "1", "z")
    classes = {"stays": "keep", "goes": "until the end", "flies": "never written"}
    classes |= {"inner/deep": "until the end", "some": "keep", "nobody knows": "keep"}
    assert {key: kept_as(talk.catalogue, talk.session, key) for key in classes} == classes
    words = {key: kept_in_words(talk.catalogue, talk.session, key) for key in classes}
    assert words["goes"] == words["inner/deep"] == "kept until the end"
    assert words["flies"] == "never written down"
    assert words["stays"] == "kept up to 91 days"


@pytest.mark.parametrize(("lines", "days"), [(["x"], 31), (["x", "my plan"], 361)])
def test_the_days_are_those_of_the_dialogue_in_hand(talk: Talk, lines: list[str], days: int):
    """An unfinished reflection goes earlier than a finished one, the plan later than both."""
    talk.says(*lines)
    assert f"{days} days" in kept_in_words(talk.catalogue, talk.session, "stays")


def test_at_the_end_what_was_for_now_is_gone(talk: Talk):
    """What is promised is what is stored afterwards."""
    talk.says("CANARY-STAYS", "CANARY-GOES", "yes", "1", "CANARY-DEEP")
    assert talk.session.status == "ended"
    assert "CANARY-STAYS" in str(talk.session)
    assert "CANARY-GOES" not in str(talk.session)
    assert "CANARY-DEEP" not in str(talk.session)
