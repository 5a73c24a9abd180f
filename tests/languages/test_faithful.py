"""A translation keeps to what its original reads, shows and says in figures."""

import pytest

from bot.engine.source import Node
from bot.languages.faithful import faults
from bot.languages.texts import Text, Use

IF_US = '{% if us == "we" %}you all{% else %}you{% endif %}'
LINES = "Ring 999.\n{% for line in lines %}{{ line }}\n{% endfor %}"


def codes(original: str, translation: str, use: Use = "text") -> list[str]:
    text = Text("scripts/talk/hello/say", Node(original, 3, 1, "talk.yaml"), original, "", use)
    return [code for code, _, _ in faults(text, translation)]


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("How are you?", "Jak się masz?"),
        (f"How is it for {IF_US}?", 'Jak {% if us == "we" %}wam{% else %}tobie{% endif %}?'),
        (f"How is it for {IF_US}?", "Jak jest?"),
        ("With {{ other or 'them' }}", "Z {{ other or 'nimi' }}"),
        ("{{ weighs | phrase }}", "Ciąży: {{ weighs | phrase }}"),
        (LINES, "Dzwoń: 999.\n{% for numer in lines %}{{ numer }}\n{% endfor %}"),
        ("116 123 - Samaritans", "Samaritans: 116123"),
    ],
    ids=["plain", "same", "no distinction", "instead", "phrase", "loop", "spaced number"],
)
def test_what_a_translator_may_do(original: str, translation: str) -> None:
    """Words move, and a distinction that a language doesn't make may go."""
    assert codes(original, translation) == []


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("Hello.", "Cześć {{ other }}."),
        ("Hello {{ who }}.", "{% if safe %}Cześć {{ who }}{% endif %}."),
        (f"For {IF_US}", 'Dla {% if us == "my" %}was{% else %}ciebie{% endif %}'),
        ('{% if "none" in p %}A{% endif %}', '{% if "nic" in p %}A{% endif %}'),
        (LINES, "Dzwoń: 999."),
        (LINES, LINES.replace("999", "112")),
        ("You said: {{ words | quote }}", "Tak."),
        ("{% if a %}{{ a }}{% endif %}", "{{ a }}"),
    ],
    ids=[
        *("prints another", "asks about another", "translated name", "translated name in a list"),
        *("no help lines", "another number", "words left out", "guard left out"),
    ],
)
def test_what_a_translator_may_not_do(original: str, translation: str) -> None:
    """It reads no other answer, compares with no other word, and leaves out nothing that is shown."""
    assert set(codes(original, translation)) == {"translation-reads"}


@pytest.mark.parametrize(
    "translation", ["Cześć {{ who", "{% if who %}Cześć", "{{ who() }} {{ who }}"]
)
def test_a_translation_that_cannot_be_read_is_an_error(translation: str) -> None:
    """What is broken is told, not shown."""
    assert codes("Hello {{ who }}", translation) == ["not-in-the-language"]


def test_a_list_of_words_needs_a_word() -> None:
    """Commas alone are no words to type."""
    assert codes("ok, fine", " , ", "words") == ["translation-reads"]
    assert codes("ok, fine", "dobrze، tak", "words") == []
