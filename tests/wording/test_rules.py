"""The rules of a language are a file that staff can change."""

import pytest

from bot.wording.rules import pattern_of
from tests.fakes import DIALOGUES
from tests.wording.reading import ENGLISH, findings, talk, wording_of

GERMAN = """
    language: de
    longest sentence: 4
    longest button: 4
    questions in a message: 2
    commanding words:
      instead:
        du ... musst: du könntest
      except: [du musst nicht]
"""


def test_another_language_has_its_own_numbers_and_words():
    """What is fine in one language breaks a rule of another, and the other way round."""
    german, complaints = wording_of(GERMAN)
    assert complaints == []
    text = talk("say: Du wirklich musst. You must rest. Wie? Wann?")
    assert [(each.code, each.fix) for each in findings(text, wording=german)] == [
        ("commanding-word", "du könntest")
    ]
    assert {each.code for each in findings(text)} == {"two-questions", "commanding-word"}
    long = talk("say: Das hier sind fünf Worte. Und?")
    assert [each.code for each in findings(long, wording=german)] == ["long-sentence"]
    assert findings(long) == []
    assert findings(talk("say: Du musst nicht. Und?"), wording=german) == []


def test_a_rule_without_a_number_is_off():
    """A language for which a rule makes no sense leaves its number out."""
    nothing, complaints = wording_of("language: xx")
    assert complaints == []
    assert findings(talk(f"say: {'You must. ' * 80} {'Why? ' * 9}"), wording=nothing) == []


def test_mistakes_in_the_file_are_told_where_they_stand():
    """Like every file of staff's, this one is checked."""
    _, complaints = wording_of(
        """
        language: en
        longest sentence: many
        longest mesage: 600
        praise:
          instead: well done
        formulas:
          insted: {}
        blaming words:
          instead: {"...": leave it out}
          except: ["*"]
        """
    )
    assert [(each.code, each.line) for each in complaints] == [
        ("unknown-key", 4),
        ("not-a-number", 3),
        ("not-a-mapping", 6),
        ("unknown-key", 8),
        ("not-a-text", 10),
        ("not-a-text", 11),
    ]
    assert "'longest message'" in complaints[0].fix


def test_a_missing_file_is_no_rule():
    """Without rules nothing is found, and nothing breaks."""
    nothing, complaints = wording_of("")
    assert complaints == []
    assert findings(talk("say: You must. Why? Why?"), wording=nothing) == []


@pytest.mark.parametrize(
    ("phrase", "found", "left_alone"),
    [
        ("symptom*", ["symptom", "Symptoms"], ["asymptom", "sympton"]),
        ("you ... must", ["you must", "You really must", "you, too, must"], ["you a b c must"]),
        ("don't worry", ["don’t  worry", "DON'T WORRY"], ["don't worryingly"]),
        ("normal", ["is it normal?"], ["abnormal", "normal-sized", "normally"]),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, found: list[str], left_alone: list[str]):
    """Capitals, spaces and kinds of apostrophe don't matter; the borders of words do."""
    assert all(pattern_of(phrase).search(text) for text in found)
    assert not any(pattern_of(phrase).search(text) for text in left_alone)


def test_every_listed_phrase_is_found_and_has_something_gentler():
    """No line of the shipped list is dead, and none leaves an author alone with it."""
    for each in ENGLISH.lists:
        for phrase in each.phrases:
            said = phrase.words.replace(" ... ", " ").replace("*", "")
            assert phrase.instead, phrase.words
            assert phrase.pattern.search(said), phrase.words
            assert phrase.core in said.lower(), phrase.words


def test_no_exception_is_idle():
    """An exception that no phrase of its list comes near would be forgotten there."""
    for each in ENGLISH.lists:
        for exception in each.exceptions:
            said = exception.pattern.replace("(?<![\\w'-])", "").replace("(?![\\w'-])", "")
            said = said.replace("\\s+", " ").replace("['’]", "'").replace("\\-", "-")
            assert any(phrase.pattern.search(said) for phrase in each.phrases), said


def test_every_number_is_explained():
    """Above each rule in the file stands a line that says what it is for."""
    lines = (DIALOGUES / "wording/en.yaml").read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        if line[:1].isalpha() and not line.startswith("language"):
            assert lines[place - 1].startswith("#"), line
