"""Slips of authors in a script: each named with its code, on its line, with a remedy."""

from pathlib import Path

import pytest

from tests.fakes import complaints

ASK = "  - {id: a, say: A?, ask: words}"

SLIPS = {
    "an unknown key of a script": ("id: talk\ntitel: x\nsteps:\n" + ASK, "unknown-key", 2),
    "an unknown key of a step": (
        "id: talk\nsteps:\n  - id: a\n    says: A?\n    ask: words",
        "unknown-key",
        4,
    ),
    "an unknown key above a list": (
        "id: talk\nsteps:\n  - id: a\n    say: A?\n    ask: words\n    chioces:\n      - b: B",
        "unknown-key",
        6,
    ),
    "an unknown key of a choice": (
        (
            "id: talk\nsteps:\n  - id: a\n    say: A?\n    ask: choice\n"
            "    choices:\n      - value: b\n        label: B\n        lable: C"
        ),
        "unknown-key",
        9,
    ),
    "an unknown key of a way on": (
        (
            "id: talk\nsteps:\n  - id: a\n    say: A?\n    ask: words\n"
            "    next:\n      - goto: end\n      - go: end"
        ),
        "unknown-key",
        7,
    ),
    "an unknown place": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: words, next: b}",
        "unknown-place",
        3,
    ),
    "a step id that is there twice": ("id: talk\nsteps:\n" + ASK + "\n" + ASK, "double-id", 4),
    "a key that is there twice": (
        "id: talk\nsteps:\n  - id: a\n    say: A?\n    ask: words\n    say: B?",
        "double-key",
        6,
    ),
    "a step without an id": ("id: talk\nsteps:\n  - {say: A?, ask: words}", "no-id", 3),
    "a choice without choices": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: choice}",
        "no-choices",
        3,
    ),
    "several without choices": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: several}",
        "no-choices",
        3,
    ),
    "stones without choices": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: stones}",
        "no-choices",
        3,
    ),
    "an unknown kind of question": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: wrods}",
        "unknown-kind",
        3,
    ),
    "an unknown way to keep": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: words, keep: never}",
        "unknown-keep",
        3,
    ),
    "an unknown phase": (
        "id: talk\nsteps:\n  - {id: a, phase: selfe, say: A?, ask: words}",
        "unknown-phase",
        3,
    ),
    "an unknown answer in a condition": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, only if: aa, say: B}",
        "unknown-answer",
        4,
    ),
    "an unknown answer in a way on": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: words, next: [{if: aa, go: end}, {go: end}]}",
        "unknown-answer",
        3,
    ),
    "an unknown answer in a text": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, say: '{% if aa %}B{% endif %}'}",
        "unknown-answer",
        4,
    ),
    "an unknown answer in the list of a loop": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, call: talk, for each: aa}",
        "unknown-answer",
        4,
    ),
    "an unknown answer in a reminder": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, say: B, remind: dayz}",
        "unknown-answer",
        4,
    ),
    "an unknown answer in a skip button": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: words, skip: 'Not {% if aa %}x{% endif %}'}",
        "unknown-answer",
        3,
    ),
    "an unknown answer in a second wording": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: words, again: 'A {% if aa %}x{% endif %}'}",
        "unknown-answer",
        3,
    ),
    "an unknown answer in the condition of a choice": (
        (
            "id: talk\nsteps:\n"
            "  - {id: a, say: A?, ask: choice, choices: [{value: x, label: X, if: aa}]}"
        ),
        "unknown-answer",
        3,
    ),
    "an unknown answer in an offer's label": (
        "id: talk\nsteps:\n"
        + ASK
        + "\n  - {id: b, say: B?, ask: choice, offer: {each: a, value: item, "
        + "label: '{% if aa %}x{% endif %}'}}",
        "unknown-answer",
        4,
    ),
    "an unknown answer in a result": (
        "id: talk\nresult: {x: aa}\nsteps:\n" + ASK,
        "unknown-answer",
        2,
    ),
    "no way on": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, say: B?, ask: words, next: [{if: a, go: end}]}",
        "no-way-on",
        4,
    ),
    "a script that isn't there": ("id: talk\nsteps:\n  - {id: a, call: tlak}", "unknown-script", 3),
    "a call without its input": (
        (
            "id: talk\ninputs: [who]\nsteps:\n  - {id: b, say: B?, ask: words}\n"
            "  - {id: a, call: talk}"
        ),
        "missing-input",
        5,
    ),
    "a call with an input nobody reads": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, call: talk, with: {whoo: a}}",
        "unknown-input",
        4,
    ),
    "a bad condition": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, only if: a ==, say: B}",
        "not-in-the-language",
        4,
    ),
    "a condition that calls": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, only if: a(), say: B}",
        "not-in-the-language",
        4,
    ),
    "a condition that is empty": (
        "id: talk\nsteps:\n" + ASK + "\n  - id: b\n    only if:\n    say: B",
        "not-in-the-language",
        5,
    ),
    "a bad text": (
        "id: talk\nsteps:\n  - {id: a, say: 'A {% if', ask: words}",
        "not-in-the-language",
        3,
    ),
    "a bad label": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: choice, choices: [{x: '{{ open() }}'}]}",
        "not-in-the-language",
        3,
    ),
    "a limit that is no number": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: number, most: ten}",
        "not-a-number",
        3,
    ),
    "a flag that is neither yes nor no": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: words, fresh: jes}",
        "not-a-flag",
        3,
    ),
    "limits the wrong way round": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: number, least: 9, most: 1}",
        "limits",
        3,
    ),
    "a script without steps": ("id: talk\ntitle: x", "empty-script", 1),
    "a script without an id": ("steps:\n" + ASK, "empty-script", 1),
    "a choice without a label": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: choice, choices: [{value: x}]}",
        "no-label",
        3,
    ),
    "a value that is there twice": (
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: choice, choices: [{x: X}, {x: Y}]}",
        "double-value",
        3,
    ),
    "a question without words": ("id: talk\nsteps:\n  - {id: a, ask: words}", "says-nothing", 3),
    "a step called end": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: end, say: Bye.}",
        "reserved-id",
        4,
    ),
    "an id with a slash": ("id: talk\nsteps:\n  - {id: a/b, say: A?, ask: words}", "bad-id", 3),
    "an id with a colon": ("id: talk\nsteps:\n  - {id: ':help', say: A?, ask: words}", "bad-id", 3),
    "an answer that no condition could name": (
        "id: talk\nsteps:\n  - {id: a, answer: my-mood, say: A?, ask: words}",
        "bad-id",
        3,
    ),
    "an answer called like something else": (
        "id: talk\nsteps:\n  - {id: contact, say: A?, ask: words}",
        "bad-id",
        3,
    ),
    "a reminder without words": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, say: B, remind: 7}",
        "missing-text",
        4,
    ),
    "an old name that another step has": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, was: a, say: B?, ask: words}",
        "double-id",
        4,
    ),
}
CODES_OF_OURS = {
    "not-a-flag",
    "limits",
    "no-label",
    "double-value",
    "says-nothing",
    "reserved-id",
    "bad-id",
    "unknown-input",
}
"""Codes that these tests made up: any complaint on that line will do."""


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_an_author_is_named_where_it_stands(tmp_path: Path, slip: str):
    """An author reads which line is wrong and how to mend it, before anybody meets it."""
    script, code, line = SLIPS[slip]
    found = complaints(tmp_path, script)
    places = {(each.code, each.line) for each in found}
    if code in CODES_OF_OURS:
        assert line in {each.line for each in found}
    else:
        assert (code, line) in places
    assert all(each.file.endswith("scripts/0.yaml") and each.message and each.fix for each in found)


def test_every_complaint_comes_at_once_and_in_order(tmp_path: Path):
    """An author mends everything in one go."""
    steps = "  - {id: a, say: A?, ask: wrods, keep: never}\n  - {id: b, say: B, next: c}"
    one = f"id: talk\nsteps:\n{steps}"
    two = "id: other\nsteps:\n  - {id: a, say: '{{ x() }}'}"
    found = complaints(tmp_path, one, two)
    assert {each.code for each in found} == {
        "unknown-kind",
        "unknown-keep",
        "unknown-place",
        "not-in-the-language",
    }
    assert found == sorted(found)


def test_one_slip_is_one_complaint(tmp_path: Path):
    """The same slip isn't told twice, and a file with a slip isn't called missing."""
    calling = "{id: talk, steps: [{id: a, call: inner}]}"
    inner = "id: inner\nsteps:\n  - {id: b, say: B?, ask: wrods}"
    assert [each.code for each in complaints(tmp_path, calling, inner)] == ["unknown-kind"]
    listed = "id: talk\nsteps:\n  - {id: a, say: A?, ask: choice, choices: [yes, {b: B}]}"
    assert len(complaints(tmp_path / "more", listed)) == 1


def test_a_near_miss_is_suggested(tmp_path: Path):
    """The remedy names what was probably meant."""
    found = complaints(
        tmp_path,
        "id: talk\nsteps:\n  - {id: mood, say: A?, ask: words}\n"
        "  - {id: b, only if: moood, say: B}",
    )
    assert "did you mean 'mood'" in found[0].fix


def test_a_complaint_is_one_line_that_an_editor_can_jump_to(tmp_path: Path):
    """A complaint reads file:line:column code message -> remedy."""
    line = str(complaints(tmp_path, SLIPS["an unknown place"][0])[0])
    assert line.startswith("dialogues/scripts/0.yaml:3:40 unknown-place ")
    assert " -> " in line
    assert "\n" not in line


def test_two_scripts_with_one_id_are_named(tmp_path: Path):
    """One script can't hide another."""
    script = "{id: talk, steps: [{id: a, say: A?, ask: words}]}"
    assert complaints(tmp_path, script, script)
