"""Each wording rule about one text: what breaks it, what doesn't, and what it leaves alone."""

import pytest

from tests.wording.reading import ENGLISH, codes, findings, talk

LONG = "word " * 24
BROKEN = {
    "long-sentence": f"say: {LONG} and two more. Is it so?",
    "two-questions": "say: How is it? And since when?",
    "praise": "say: Well done. How was it?",
    "formula": "say: I really understand how you feel. How is it?",
    "diagnostic-word": "say: Your symptoms are heard. How are you?",
    "blaming-word": "say: It happened. Why didn't you leave?",
    "commanding-word": "say: You really should rest. How are you?",
    "emoji-alone": 'say: "\U0001f642?"',
    "long-message": f"say: {'A short one here. ' * 40}",
    "unrendered": "say: Hello {{ '{{' }} name. How are you?",
}
FINE = {
    "long-sentence": f"say: {LONG} one. Is it so?",
    "two-questions": "say: How is it, and since when? A few words are fine.",
    "praise": "say: You went there again. How was it?",
    "formula": "say: You said it was hard. How is it now?",
    "diagnostic-word": "say: What you notice is heard. How are you?",
    "blaming-word": "say: It is not your fault. What stood in the way?",
    "commanding-word": "say: You could rest. You don't have to answer. How are you?",
    "emoji-alone": 'say: "\U0001f642 How are you?"',
    "long-message": f"say: {'A short one here. ' * 30}",
    "unrendered": "say: Hello {{ one or 'you' }}. How are you?",
}
SERIOUS = {"formula", "diagnostic-word", "blaming-word", "unrendered"}


@pytest.mark.parametrize("code", BROKEN)
def test_a_text_that_breaks_a_rule_is_found(code: str):
    """Each rule has a text that breaks it, and nothing else is found there."""
    (found,) = findings(talk(BROKEN[code]))
    assert found.code == code
    assert found.line == 5
    assert found.fix
    assert found.severity == ("error" if code in SERIOUS else "warning")


@pytest.mark.parametrize("code", FINE)
def test_a_text_that_keeps_a_rule_is_left_alone(code: str):
    """Each rule has a text that comes near and keeps it."""
    assert findings(talk(FINE[code])) == []


@pytest.mark.parametrize("code", ["praise", "formula", "diagnostic-word", "commanding-word"])
def test_a_finding_offers_something_gentler(code: str):
    """Behind each word stands what could be said instead, and the finding says it."""
    (found,) = findings(talk(BROKEN[code]))
    listed = next(each for each in ENGLISH.lists if each.code == code)
    assert found.fix in {phrase.instead for phrase in listed.phrases}


def test_words_of_a_person_and_quotations_break_no_rule():
    """What a person wrote, and what stands in quotation marks, is not Kith's to choose."""
    quoted = (
        "say: '\"You should be over it, well done\" is what some say. What do they say to you?'"
    )
    assert findings(talk(quoted)) == []
    script = """
        id: talk
        steps:
          - id: you_should
            phase: self
            say: How is it? A few words are fine.
            ask: words
          - id: two
            phase: self
            say: "{% if you_should %}{{ you_should | quote }} {{ you_should }}{% endif %} Go on?"
            ask: words
    """
    assert findings(script) == []


def test_names_of_organisations_break_no_rule():
    """A service may be called what it is called."""
    suggestions = """
        suggestions:
          - id: line
            part: self
            from: resource
            kinds: [line]
            tags: [talk]
            short: "{{ place.name }}"
            step: Ring {{ place.name }}
            more: "{{ place.start }}"
            because: you said a line is welcome
    """
    quiet = talk("say: How is it? A few words are fine.")
    assert findings(quiet, suggestions=suggestions) == []
    named = suggestions.replace("Ring {{ place.name }}", '"Ring \\"The Anxiety Line\\""')
    assert findings(quiet, suggestions=named) == []
    resources = (
        "resources: [{id: a, name: The Anxiety Line, kind: line, what: x, start: y, tags: [talk]}]"
    )
    written = suggestions.replace("Ring {{ place.name }}", "Ring The Anxiety Line")
    assert codes(quiet, suggestions=written) == ["diagnostic-word"]
    assert findings(quiet, suggestions=written, resources=resources) == []
    own = suggestions.replace("Ring {{", "Ring about your anxiety {{")
    assert codes(quiet, suggestions=own) == ["diagnostic-word"]


def test_a_question_in_quotation_marks_is_no_question():
    """A text may repeat a question that was put before."""
    assert findings(talk("say: 'Type \"How are you?\" at any time. What is it today?'")) == []


def test_each_kind_of_text_is_read():
    """Labels, ways to skip, second tries, suggestions, screens and short words are checked too."""
    script = """
        id: talk
        steps:
          - id: one
            phase: self
            say: How is it? A few words are fine.
            ask: choice
            skip: Skip your symptoms
            again: Say your symptoms again
            choices:
              - a: My symptoms
              - b: Something else
    """
    suggestions = """
        suggestions:
          - id: hello
            part: self
            from: person
            short: Symptoms
            step: Tell {{ person.name }} your symptoms
            more: Begin with the symptoms.
            because: you said you have symptoms
            draft: Hi{{ person.call }}, I have symptoms.
    """
    screens = "menu:\n  say: Your symptoms\n  choices:\n    - go on: On with symptoms\n"
    found = findings(
        script, suggestions=suggestions, screens=screens, words="back: Back to symptoms\n"
    )
    assert {each.code for each in found} == {"diagnostic-word"}
    assert [(each.file, each.line) for each in found] == [
        ("dialogues/screens.yaml", 2),
        ("dialogues/screens.yaml", 4),
        *(("dialogues/scripts/0.yaml", line) for line in (8, 9, 11)),
        *(("dialogues/suggestions.yaml", line) for line in (6, 7, 8, 9, 10)),
        ("dialogues/words.yaml", 1),
    ]


def test_a_button_is_measured_as_it_is_shown():
    """What is long in the file may be short on the button, and the other way round."""
    choices = """
        id: talk
        steps:
          - id: who
            phase: self
            say: Who is there? A first name will do.
            ask: person
          - id: two
            phase: self
            say: Which way is it? One is enough.
            ask: choice
            choices:
              - a: "{% if who %}With {{ who | yours | capital }}{% else %}With nobody at all{% endif %}"
              - b: "{{ who | yours }} BUTTON"
    """
    short = choices.replace("{{ who | yours }} BUTTON", "Something else")
    assert findings(short) == []
    long = choices.replace("{{ who | yours }} BUTTON", "Something else that takes a few more words")
    (found,) = findings(long)
    assert (found.code, found.line) == ("long-button", 14)
    assert "42 letters" in found.message


def test_an_emoji_may_stand_beside_words_only():
    """A button of a picture, or of a picture with words that say nothing, is found."""
    script = """
        id: talk
        steps:
          - id: one
            phase: self
            say: How is it? A tap is fine.
            ask: choice
            choices:
              - good: "\U0001f44d\U0001f3fd"
              - bad: "It is \u2639\ufe0f!"
              - open: "\U0001f937 I can't say"
              - count: "1\ufe0f\u20e3"
              - plain: "1"
    """
    assert [(each.code, each.line) for each in findings(script)] == [
        ("emoji-alone", line) for line in (9, 10, 12)
    ]


def test_a_message_to_a_friend_may_ask_twice():
    """A draft is the person's own message: how many questions it holds is theirs to say."""
    suggestions = """
        suggestions:
          - id: hello
            part: self
            from: person
            short: A walk
            step: Ask {{ person.name }} for a walk
            because: you said so
            draft: Hi{{ person.call }}, how are you? A walk on Thursday?
    """
    assert findings(talk("say: How is it? Few words do."), suggestions=suggestions) == []


def test_a_branch_that_few_people_see_is_read_too():
    """The rule is broken only for somebody who skipped one thing and chose another."""
    script = """
        id: talk
        steps:
          - id: one
            phase: self
            say: How is it? A few words are fine.
            ask: words
          - id: two
            phase: self
            say: Which one is it? A tap is fine.
            ask: choice
            choices: [{a: This}, {b: That}]
          - id: three
            phase: self
            only if: two == "b"
            say: |-
              {% if one %}Thank you.{% elif two == "b" %}
              You must try.{% endif %}
              And now?
            ask: words
    """
    (found,) = findings(script)
    assert (found.code, found.line) == ("commanding-word", 18)


def test_one_slip_is_told_once():
    """However many ways a text can read, one place breaks one rule once."""
    script = """
        id: talk
        steps:
          - id: one
            phase: self
            say: Which one is it? A tap is fine.
            ask: choice
            choices: [{a: This}, {b: That}, {c: Both}]
          - id: two
            phase: self
            say: You must say more about {{ one | phrase }} now. Will you?
            ask: words
    """
    assert codes(script) == ["commanding-word"]
