"""The words in a picture are those that people know."""

import pytest

from bot.drawing.wording import first_words, kind, marks
from bot.engine.expression import Template
from bot.engine.script import Step
from tests.drawing.pictures import shipped


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("How are {{ other or 'they' }}?", "How are \u2039other\u203a?"),
        ("Hello{% if name %}, {{ name }}{% endif %}!", "Hello!"),
        ("{% if us %}We{% elif me %}I{% else %}You{% endif %} did.", "You did."),
        ("{% for it in offers %}- {{ it }}\n{% endfor %}Which?", "Which?"),
        ("{% if name %}Bye, {{ name | capital }}.{% endif %}", "Bye, \u2039name\u203a."),
        ("{% if a %}{% if b %}x{% else %}y{% endif %}{% endif %}z", "z"),
        ("{{ 'a' }} b", "\u2039…\u203a b"),
        ("Tags{# a note #} go.", "Tags go."),
    ],
)
def test_texts_are_shown_without_code(written: str, shown: str) -> None:
    """An answer is shown by its name, and conditions not at all."""
    step = Step("a", None, (Template(written, frozenset(), frozenset(), str),), (), "end")
    assert first_words(step) == shown


def test_no_code_is_left_in_what_is_delivered() -> None:
    """No brace or percent sign of a template reaches a picture."""
    for script in shipped().values():
        for step in script.steps.values():
            assert not set("{}%") & set(first_words(step)), step.id
            assert bool(first_words(step)) == bool(step.say), step.id


def test_what_is_special_is_said_in_words() -> None:
    """Calls, suggestions, reminders, wiping and the safety question are marked."""
    steps = shipped()["reflection"].steps
    told = {step.id: marks(step) for step in steps.values()}
    assert told["people"][0] == "runs the dialogue someone"
    assert told["people"][1].startswith("once for each who in ((around or (my_map")
    assert told["look"] == ["suggests people, groups, places"]
    assert told["follow_up"] == ["writes again after 7 days"]
    assert "wipes everything" in told["too_young"]
    assert "asks whether it is safe" in told["safe"]


def test_the_kind_of_question_is_the_word_of_the_guide() -> None:
    """Staff find the same word in the file."""
    steps = shipped()["reflection"].steps
    asked = [kind(steps[name]) for name in ("stones", "adult", "hello", "plan", "look")]
    assert asked == [
        "asks: stones",
        "asks: yes/no",
        "says",
        "another dialogue",
        "looks for support",
    ]
