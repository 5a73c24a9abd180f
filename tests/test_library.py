"""What is wrong with a folder of dialogues: the right place and code, all at once, no traceback."""

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.diagnostics import BrokenDialogues, Diagnostic
from bot.engine.spoken import NEEDED_SCREENS, NEEDED_WORDS
from bot.library import load_library
from tests.fakes import catalogue_of, write_dialogues

ASK = "  - {id: a, say: A?, ask: words}"


def complaints(folder: Path, *scripts: str, **files: str) -> list[Diagnostic]:
    """Give what is wrong with these scripts, worst first."""
    dialogues = write_dialogues(folder / "dialogues", *map(dedent, scripts), **files)
    try:
        load_library(dialogues)
    except BrokenDialogues as broken:
        return broken.diagnostics
    return []


def told(folder: Path, *scripts: str, **files: str) -> set[tuple[str, int]]:
    return {(each.code, each.line) for each in complaints(folder, *scripts, **files)}


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
        "id: talk\nsteps:\n  - id: a\n    say: A?\n    ask: choice\n    choices:\n      - value: b\n        label: B\n        lable: C",
        "unknown-key",
        9,
    ),
    "an unknown key of a way on": (
        "id: talk\nsteps:\n  - id: a\n    say: A?\n    ask: words\n    next:\n      - goto: end\n      - go: end",
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
        "id: talk\nsteps:\n  - {id: a, say: A?, ask: choice, choices: [{value: x, label: X, if: aa}]}",
        "unknown-answer",
        3,
    ),
    "an unknown answer in an offer's label": (
        "id: talk\nsteps:\n"
        + ASK
        + "\n  - {id: b, say: B?, ask: choice, offer: {each: a, value: item, label: '{% if aa %}x{% endif %}'}}",
        "unknown-answer",
        4,
    ),
    "an unknown answer in a result": (
        "id: talk\nresult: {x: aa}\nsteps:\n" + ASK,
        "unknown-answer",
        2,
    ),
    "a text with a hole": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, say: 'So {{ a }}.'}",
        "maybe-missing",
        4,
    ),
    "a button with a hole": (
        "id: talk\nsteps:\n"
        + ASK
        + "\n  - {id: b, say: B?, ask: choice, choices: [{x: '{{ a }}'}, {y: Y}]}",
        "maybe-missing",
        4,
    ),
    "no way on": (
        "id: talk\nsteps:\n" + ASK + "\n  - {id: b, say: B?, ask: words, next: [{if: a, go: end}]}",
        "no-way-on",
        4,
    ),
    "a script that isn't there": ("id: talk\nsteps:\n  - {id: a, call: tlak}", "unknown-script", 3),
    "a call without its input": (
        "id: talk\ninputs: [who]\nsteps:\n  - {id: b, say: B?, ask: words}\n  - {id: a, call: talk}",
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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id: talk\nsteps:\n\t- id: a", 3),
        ("id: talk\nsteps:\n  - id: a\n    say: it's: wrong", 4),
        ("id: talk\nsteps:\n  - id: 'a", 3),
        ("id: talk\nsteps: [", 2),
        ("id: talk\nsteps:\n  - id: a\n   say: A", 4),
        ("id: talk\n---\nid: more", 2),
        ("id: *nowhere", 1),
    ],
)
def test_broken_yaml_is_named_with_line_and_column(tmp_path: Path, text: str, line: int):
    """A tab, an open quote or a wrong indent is one complaint at its place."""
    found = [each for each in complaints(tmp_path, text) if each.code == "not-yaml"]
    assert len(found) == 1
    assert abs(found[0].line - line) <= 1
    assert found[0].column >= 1


def test_a_file_that_is_no_text_is_named(tmp_path: Path):
    """A picture that was saved as a script is one complaint."""
    folder = write_dialogues(tmp_path / "d", "{id: talk, steps: [{id: a, say: A?, ask: words}]}")
    (folder / "scripts" / "x.yaml").write_bytes(b"\xff\xfe\x00picture")
    with pytest.raises(BrokenDialogues) as broken:
        load_library(folder)
    assert "not-text" in {each.code for each in broken.value.diagnostics}


def test_a_text_that_contains_itself_is_a_complaint(tmp_path: Path):
    """Whatever YAML can say, the reader comes back with a complaint."""
    assert complaints(tmp_path, "id: talk\nsteps: &again\n  - *again")


def test_what_an_editor_leaves_behind_is_no_obstacle(tmp_path: Path):
    """A lock file of an open editor doesn't stop the start with a traceback."""
    folder = write_dialogues(tmp_path / "d", "{id: talk, steps: [{id: a, say: A?, ask: words}]}")
    (folder / "scripts" / ".#0.yaml").symlink_to("somebody@nowhere.1")
    try:
        load_library(folder)
    except BrokenDialogues as broken:
        assert broken.diagnostics


def test_a_bare_no_stays_the_word(tmp_path: Path):
    """What authors write as no, yes, on or off is a word, never a hidden true or false."""
    script = "{id: talk, steps: [{id: a, say: no, ask: choice, choices: [{no: No}, {yes: on}, {value: off, label: off}]}]}"
    step = catalogue_of(script).scripts["talk"].script.steps["a"]
    assert step.ask is not None
    assert [choice.value for choice in step.ask.choices] == ["no", "yes", "off"]
    assert step.say[0].render({}) == "no"


def test_every_complaint_comes_at_once_and_in_order(tmp_path: Path):
    """An author mends everything in one go."""
    one = "id: talk\nsteps:\n  - {id: a, say: A?, ask: wrods, keep: never}\n  - {id: b, say: B, next: c}"
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
    listed = "id: talk\nsteps:\n  - id: a\n    say: A?\n    ask: choice\n    choices:\n      - yes\n      - b: B"
    assert len(complaints(tmp_path / "more", listed)) == 1


def test_a_near_miss_is_suggested(tmp_path: Path):
    """The remedy names what was probably meant."""
    found = complaints(
        tmp_path,
        "id: talk\nsteps:\n  - {id: mood, say: A?, ask: words}\n  - {id: b, only if: moood, say: B}",
    )
    assert "did you mean 'mood'" in found[0].fix


def test_a_complaint_is_one_line_that_an_editor_can_jump_to(tmp_path: Path):
    """A complaint reads file:line:column code message -> remedy."""
    line = str(complaints(tmp_path, SLIPS["an unknown place"][0])[0])
    assert line.startswith("dialogues/scripts/0.yaml:3:5 unknown-place ")
    assert " -> " in line
    assert "\n" not in line


def test_two_scripts_with_one_id_are_named(tmp_path: Path):
    """One script can't hide another."""
    script = "{id: talk, steps: [{id: a, say: A?, ask: words}]}"
    assert complaints(tmp_path, script, script)


GOOD = "{id: talk, steps: [{id: a, say: A?, ask: words}]}"


@pytest.mark.parametrize("name", ["words", "screens", "typed", "safety/numbers", "safety/phrases"])
def test_without_its_own_texts_kith_does_not_start(tmp_path: Path, name: str):
    """Help screens, numbers and what is noticed are never silently missing."""
    folder = write_dialogues(tmp_path / "d", GOOD)
    (folder / f"{name}.yaml").unlink()
    with pytest.raises(BrokenDialogues):
        load_library(folder)


@pytest.mark.parametrize("name", NEEDED_SCREENS)
def test_without_one_of_its_screens_kith_does_not_start(tmp_path: Path, name: str):
    """A screen that somebody in danger needs can't be lost by a slip."""
    folder = write_dialogues(tmp_path / "d", GOOD)
    screens = folder / "screens.yaml"
    screens.write_text(f"\n{screens.read_text()}".replace(f"\n{name}:\n", "\nsomething else:\n"))
    with pytest.raises(BrokenDialogues) as broken:
        load_library(folder)
    assert f"'{name}' is missing" in str(broken.value)


@pytest.mark.parametrize("name", NEEDED_WORDS)
def test_without_one_of_its_words_kith_does_not_start(tmp_path: Path, name: str):
    """A text that the engine says can't be lost by a slip."""
    folder = write_dialogues(tmp_path / "d", GOOD)
    words = folder / "words.yaml"
    quoted = f'"{name}"' if name in ("yes", "no") else name
    words.write_text(f"\n{words.read_text()}".replace(f"\n{quoted}:", "\nsomething_else:", 1))
    with pytest.raises(BrokenDialogues) as broken:
        load_library(folder)
    assert f"'{name}' is missing" in str(broken.value)


BROKEN_DATA = [
    "",
    "[]",
    "- a",
    "numbers: 5",
    "numbers: [x]",
    "numbers:\n  - {id: a}",
    "text",
    "5",
    "numbers:\n  - {id: a, text_line: x, classes: 5, nations: [england], ages: any}",
]


@pytest.mark.parametrize("text", BROKEN_DATA)
def test_broken_help_numbers_stop_the_start_with_a_complaint(tmp_path: Path, text: str):
    """A slip in the help numbers is named and never a traceback, and Kith doesn't start without them."""
    assert complaints(tmp_path, GOOD, safety_numbers=text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "families: {}",
        "families: []",
        "families: {suicide: 5}",
        "text",
        "sets: 5",
        "families: {suicde: []}",
        "families:\n  suicide:\n    - {id: a}",
    ],
)
def test_broken_phrases_stop_the_start_with_a_complaint(tmp_path: Path, text: str):
    """Kith never starts without noticing anything, and a slip there is named."""
    assert complaints(tmp_path, GOOD, safety_phrases=text)


@pytest.mark.parametrize("name", ["suggestions", "resources", "words", "screens", "typed"])
@pytest.mark.parametrize(
    "text",
    [
        "5",
        "- a",
        "suggestions: 5",
        "resources: [5]",
        "suggestions: [[]]",
        "a: [b: c]",
        "help: 5",
        "help:\n  say: [a]",
        "resources:\n  - {id: a}",
    ],
)
def test_a_broken_file_beside_the_scripts_is_a_complaint(tmp_path: Path, name: str, text: str):
    """Each file of the folder is checked, and none of them breaks the checker."""
    complaints(tmp_path, GOOD, **{name: text})


def test_a_rule_that_reads_a_name_nobody_answers_is_named(tmp_path: Path):
    """A slip in a condition of a suggestion doesn't reach people as a suggestion that always holds."""
    rule = """
        suggestions:
          - {id: r, part: self, from: me, when: 'not (saef == "safe")', short: S, step: T, because: B}
    """
    assert complaints(tmp_path, GOOD, suggestions=rule)


def test_a_screen_with_an_unknown_action_is_named(tmp_path: Path):
    """A button on a help screen does what it says, or Kith doesn't start."""
    folder = write_dialogues(tmp_path / "d", GOOD)
    screens = folder / "screens.yaml"
    screens.write_text(
        screens.read_text().replace(
            "- go on: Back to where I was", "- goo n: Back to where I was", 1
        )
    )
    with pytest.raises(BrokenDialogues):
        load_library(folder)


def test_an_empty_folder_is_one_clear_complaint(tmp_path: Path):
    """An operator who points at the wrong folder reads that."""
    with pytest.raises(BrokenDialogues) as broken:
        load_library(tmp_path / "nowhere")
    assert "no-dialogues" in {each.code for each in broken.value.diagnostics}


def test_a_change_of_any_file_is_another_release(tmp_path: Path):
    """Kith notices that the dialogues changed, whatever file it was in."""
    folder = write_dialogues(tmp_path / "d", GOOD)
    before = load_library(folder).catalogue.release
    assert load_library(folder).catalogue.release == before
    (folder / "resources.yaml").write_text("resources: []\n# new\n")
    assert load_library(folder).catalogue.release != before


PIECES = [
    "id: talk\n",
    "steps:\n",
    "  - id: a\n",
    "    say: A\n",
    "    ask: words\n",
    "    ask: choice\n",
    "\t",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "x",
    "\n",
    "    choices:\n",
    "      - b: B\n",
    "    next:\n",
    "      - go: a\n",
    "    call: talk\n",
    "&a ",
    "*a",
    "'",
    '"',
    "    with: {a: b}\n",
    "    was: 5\n",
    "    offer: 5\n",
    "    most: x\n",
    "|\n",
    "? ",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_a_script_file_holds_there_are_complaints_or_a_script(tmp_path_factory, text: str):
    """A file of an author never breaks the checker."""
    complaints(tmp_path_factory.mktemp("d"), text)
