"""What is wrong with a folder of dialogues: the right place and code, all at once, no traceback."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking import examined
from bot.engine.diagnostics import BrokenDialogues
from bot.engine.spoken import NEEDED_SCREENS, NEEDED_WORDS
from bot.library import load_library
from tests.fakes import catalogue_of, complaints, write_dialogues


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
    with suppress(BrokenDialogues):
        load_library(folder)


def test_a_bare_no_stays_the_word():
    """What authors write as no, yes, on or off is a word, never a hidden true or false."""
    choices = "[{no: No}, {yes: on}, {value: off, label: off}]"
    script = f"{{id: talk, steps: [{{id: a, say: no, ask: choice, choices: {choices}}}]}}"
    step = catalogue_of(script).scripts["talk"].script.steps["a"]
    assert step.ask is not None
    assert [choice.value for choice in step.ask.choices] == ["no", "yes", "off"]
    assert step.say[0].render({}) == "no"


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
    """A slip in the help numbers is named, and Kith doesn't start without them."""
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
    """A slip in a condition doesn't reach people as a suggestion that always holds."""
    rule = """
        suggestions:
          - {id: r, part: self, from: me, when: 'not (saef == "safe")', short: S, because: B}
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


def test_what_was_checked_is_checked_again_only_when_it_has_changed(tmp_path: Path):
    """Saving a file as it was changes nothing; a change, its undoing and a new file each count."""
    folder = write_dialogues(tmp_path / "d", GOOD)
    script = folder / "scripts" / "0.yaml"
    first, found = examined(folder)
    script.write_text(script.read_text())
    assert examined(folder)[0] is first
    assert examined(folder, "Ruth")[0].catalogue.contact == "Ruth"
    script.write_text(script.read_text().replace("id: talk", "id: walk"))
    assert set(examined(folder)[0].catalogue.scripts) == {"walk"}
    script.write_text("id: [")
    assert "not-yaml" in {each.code for each in examined(folder)[1]}
    script.write_text(GOOD)
    (folder / "scripts" / "more.yaml").write_text(GOOD.replace("id: talk", "id: more"))
    assert set(examined(folder)[0].catalogue.scripts) == {"talk", "more"}
    (folder / "scripts" / "more.yaml").unlink()
    again, complaints = examined(folder)
    assert again.catalogue.release == first.catalogue.release
    assert complaints == found


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
