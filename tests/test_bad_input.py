"""Whatever a person sends, they get a clear kind answer, and nothing changes that shouldn't."""

from pathlib import Path

import pytest

from bot.engine.effects import Nudge
from bot.engine.events import ButtonTapped
from bot.library import Library
from tests.conftest import StoppedClock
from tests.people import Sitting, texts

TO_A_CHOICE = ["Yes", "No, only me", "Yes, go on"]
TO_WORDS = [*TO_A_CHOICE]
TO_STONES = [
    *TO_A_CHOICE,
    *["skip", "Being alone with things", "The short way", "skip", "skip"],
    *["Nobody, and that is the point", "skip", "skip", "At home", "skip", "skip", "skip"],
]

NOT_UNDERSTOOD = {
    "an unknown command": "/frobnicate",
    "10,000 characters": "word " * 2000,
    "only emoji": "🙃🙃🙃",
    "right-to-left text": "لا أعرف ماذا أقول",
    "mark-up": "<b>bold</b> & <script>alert(1)</script>",
    "a template": "{{ 7*7 }} {% for x in range(9) %}",
    "nothing": "",
    "only spaces": "   \n ",
    "a number that is not listed": "99",
    "rudeness": "you useless piece of tin",
    "a lone brace": "}}",
    "a null byte": "\x00",
}


@pytest.fixture
def sitting(tmp_path: Path, library: Library, clock: StoppedClock) -> Sitting:
    return Sitting(tmp_path, library, clock)


@pytest.mark.parametrize("words", NOT_UNDERSTOOD.values(), ids=NOT_UNDERSTOOD)
def test_at_a_choice_it_is_asked_again_and_nothing_is_stored(sitting: Sitting, words: str) -> None:
    """What is no answer is answered kindly, with the question again, and stored nowhere."""
    sitting.opens()
    before = sitting.session
    said = sitting.says(words)
    assert sitting.step == "adult"
    assert sitting.session.answers == before.answers
    assert sitting.session.turn == before.turn
    asked = [each for each in said if each.asks]
    assert asked[-1].options, "the question stands below the kind words"
    assert "49" not in texts(said)
    assert "Traceback" not in texts(said)


@pytest.mark.parametrize(
    "words",
    ["<b>bold</b> & <script>", "{{ 7*7 }}", "لا أعرف ماذا أقول", "🙃🙃🙃", "a\nb\nc"],
    ids=["mark-up", "a template", "right-to-left", "emoji", "several lines"],
)
def test_strange_words_are_kept_and_quoted_as_they_are(sitting: Sitting, words: str) -> None:
    """A person's words are data: never run, never rendered, given back as they were written."""
    sitting.opens()
    sitting.says_all([*TO_WORDS, "something", "Being alone with things", "The full way"])
    said = sitting.says(words)
    assert sitting.value("touches") == words
    assert " ".join(words.split()) in texts(said)


def test_ten_thousand_characters_are_too_many_and_change_nothing(sitting: Sitting) -> None:
    """A text that is too long is not cut in silence: Kith asks for the heart of it."""
    sitting.opens()
    sitting.says_all(TO_WORDS)
    said = sitting.says("x" * 10_000)
    assert sitting.step == "brings"
    assert "heart of it" in texts(said)
    assert "brings" not in sitting.session.answers


def test_after_two_tries_a_way_on_is_offered(sitting: Sitting) -> None:
    """Nobody is asked the same thing for ever: the third time Kith offers to leave it out."""
    sitting.opens()
    said = [texts(sitting.says("blah")) for _ in range(3)]
    assert "Rather not say" not in said[0]
    assert "Rather not say" in said[2]


@pytest.mark.parametrize("stones", ["9 9 9", "0 0", "three", "6 0", "-1 3"])
def test_stones_that_do_not_add_up_are_asked_again(sitting: Sitting, stones: str) -> None:
    """There are five stones, and Kith says so when more are put down."""
    sitting.opens()
    sitting.says_all(TO_STONES)
    assert sitting.step == "stones"
    sitting.says(stones)
    assert sitting.step == "stones"
    assert "stones" not in sitting.session.answers


def test_ten_taps_on_one_button_are_one_answer(sitting: Sitting) -> None:
    """A button that is tapped ten times answers once; the other taps are told so lightly."""
    question = sitting.opens()[-1]
    for _ in range(10):
        sitting.hands_in(ButtonTapped(0, question.revision))
    assert sitting.session.turn == 1
    assert sitting.step == "phone"
    assert sitting.outcome is not None
    assert isinstance(sitting.outcome.effects[0], Nudge)


def test_a_tap_on_a_button_that_is_not_there_changes_nothing(sitting: Sitting) -> None:
    """A forged or broken button does no harm."""
    question = sitting.opens()[-1]
    for index in (-1, 7, 10**9):
        sitting.hands_in(ButtonTapped(index, question.revision))
    assert sitting.session.turn == 0
    assert sitting.step == "adult"
