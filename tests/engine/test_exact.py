"""Questions that much hangs on: only what plainly means an answer is taken for it."""

from datetime import date

import pytest

from bot.engine.effects import Option
from bot.engine.expression import compile_template
from bot.engine.script import Ask, Choice
from bot.engine.understand import Understood, read_text

TODAY = date(2026, 11, 2)
SAFE = (
    Choice("safe", compile_template("No, it is safe"), ("no", "safe", "no it's safe", "nobody")),
    Choice("unsafe", compile_template("Yes"), ("yeah", "unsafe", "not safe")),
    Choice("unsure", compile_template("Not sure"), ("maybe", "i don't know", "dont know")),
)


@pytest.mark.parametrize(
    "words",
    [
        "no it isn't safe",
        "no, not safe",
        "no he would hit me",
        "it is not safe",
        "it's not safe",
        "nobody is safe with him",
        "safe? no",
        "not really safe",
        "no idea",
        "no, I am scared",
        "isn't safe",
        "no it is not safe",
        "its unsafe",
        "No. He'd take the kids",
    ],
)
def test_a_no_that_goes_on_is_never_read_as_safe(words: str):
    """A person who writes that it is not safe is never taken to have said that it is."""
    options = tuple(Option(choice.value, choice.label.render({})) for choice in SAFE)
    reading = read_text(Ask("choice", SAFE, exact=True), options, words, TODAY)
    assert not isinstance(reading, Understood) or reading.value != "safe"


@pytest.mark.parametrize(
    ("words", "value"), [("No.", "safe"), ("no, it is safe", "safe"), ("2", "unsafe")]
)
def test_where_much_hangs_on_it_plain_words_and_numbers_still_count(words: str, value: str):
    """An exact question is answered by what stands there, however it is punctuated."""
    options = tuple(Option(choice.value, choice.label.render({})) for choice in SAFE)
    assert read_text(Ask("choice", SAFE, exact=True), options, words, TODAY) == Understood(value)
