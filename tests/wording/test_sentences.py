"""Sentences, words, syllables and the grade of a text."""

import pytest

from bot.wording.marks import STAND_IN, marked, own_words, unmarked
from bot.wording.sentences import grade_of, is_question, sentences_in, syllables_in, words_in


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("A line\nthat goes on.\nAnother", ["A line that goes on.", "Another"]),
        ("These:\n- one thing\n- another thing", ["These:", "one thing", "another thing"]),
        ("It is 3.5 miles. Then home.", ["It is 3.5 miles.", "Then home."]),
        ('He said "no." Then left.', ['He said "no', "Then left."]),
        ("For instance e.g. a walk.", ["For instance e.g. a walk."]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, sentences: list[str]):
    """Paragraphs and list items end a sentence; a line that is only wrapped doesn't."""
    assert [each.rstrip('."') if '"' in each else each for each in sentences_in(text)] == sentences


def test_questions_are_known_behind_closing_signs():
    """A bracket or a quotation mark behind it changes nothing."""
    assert all(map(is_question, ["Is it?", "(is it?)", "“Is it?”"]))
    assert not is_question("It is.")


def test_what_is_not_kiths_own_counts_as_one_word():
    """A name, a person's words and a quotation are one sign each."""
    text = f'You said {marked("a b c")}, and “{marked("x y")}”, and "so what" to me.'
    assert own_words(text) == f"You said {STAND_IN}, and {STAND_IN}, and {STAND_IN} to me."
    assert len(words_in(own_words(text))) == 9
    assert unmarked(text) == 'You said a b c, and “x y”, and "so what" to me.'


SYLLABLES = {
    1: "the me asked whole times friend place rules",
    2: "idea_ going little people wanted someone science quiet money create business tables agreed",
    3: "together everything services family beautiful understand",
    5: "organisation",
    6: "responsibility",
}


@pytest.mark.parametrize("count", SYLLABLES)
def test_syllables_are_counted_as_they_are_spoken(count: int):
    """Silent endings, swallowed ones and vowels that are spoken apart."""
    words = [word for word in SYLLABLES[count].split() if not word.endswith("_")]
    assert {word: syllables_in(word) for word in words} == dict.fromkeys(words, count)


def test_the_grade_is_flesch_kincaids():
    """Ten words of one syllable in one sentence: 0.39 * 10 + 11.8 - 15.59."""
    assert grade_of(["The cat sat on the mat and ate the fish."]) == pytest.approx(0.11)
    assert grade_of(["Responsibility."]) == pytest.approx(0.39 + 11.8 * 6 - 15.59)
    assert grade_of([]) == 0
    assert grade_of([f"The cat sat {STAND_IN}."]) == grade_of(["The cat sat."])
