"""A finding stands on the line of the very word, however the text was written down."""

import pytest

from tests.wording.reading import findings, talk

FOLDED = [
    "say: >-",
    "  This is where it begins, and it goes",
    "  on for a while. You really",
    "  should rest. How are you?",
]
WRITTEN = {
    "one line": (["say: All is well. You should rest. How are you?"], 5, 23),
    "quotes": (['say: "All \\"is\\" well. You should rest. How are you?"'], 5, 28),
    "single quotes": (["say: 'It''s well. You should rest. How are you?'"], 5, 23),
    "quotes over lines": (['say: "All is well. How are you?', '  You should rest."'], 6, 7),
    "plain over lines": (["say: All is well. How are you?", "  You should rest."], 6, 7),
    "a bar": (["say: |-", "  All is well.", "", "  You should rest. How are you?"], 8, 7),
    "a bar, in a branch": (
        ["say: |-", "  {% if one %}Well.{% else %}Or.{% endif %}", "  You should rest. And you?"],
        7,
        7,
    ),
    "an arrow": (FOLDED, 7, 23),
    "the second message": (
        ["say:", "  - All is well. You are told.", "  - You should rest. How are you?"],
        7,
        9,
    ),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_the_line_and_column_are_exact(how: str):
    """With the file at hand both are those of the first word."""
    lines, line, column = WRITTEN[how]
    (found,) = findings(talk(*lines))
    assert (found.code, found.line, found.column) == ("commanding-word", line, column)


def test_below_a_bar_the_line_is_exact_without_the_file():
    """The lines of such a text are the lines of the file."""
    lines, line, _ = WRITTEN["a bar"]
    (found,) = findings(talk(*lines), stored=False)
    assert found.line == line


def test_a_folded_text_without_the_file_is_found_where_it_begins():
    """Where its lines were is no longer known then; it is never a line outside the text."""
    (found,) = findings(talk(*FOLDED), stored=False)
    assert found.line == 6


def test_of_the_same_words_twice_the_one_that_is_meant_is_found():
    """A quotation may use the word before; the finding stands where Kith says it."""
    (found,) = findings(
        talk("say: |-", '  Some say "you should rest".', "  You should rest. And you?")
    )
    assert found.line == 7


def test_a_long_sentence_is_found_where_it_begins():
    """Not at the text, but at the sentence."""
    long = "It goes " + "on and " * 13 + "ends."
    (found,) = findings(talk("say: |-", "  All is well.", "", f"  A rest. {long}", "  And you?"))
    assert (found.code, found.line, found.column) == ("long-sentence", 8, 15)


def test_a_second_question_is_found_where_it_stands():
    """The first question of a message is no fault."""
    (found,) = findings(talk("say: |-", "  How are you?", "  Who knows of it?"))
    assert (found.code, found.line) == ("two-questions", 7)
