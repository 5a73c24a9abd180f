"""What the guide for staff says is true: every example, every command, every number in it."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.checking import check
from bot.engine.diagnostics import errors_in
from bot.engine.expression import compile_expression, compile_template
from bot.engine.keys import CHOICE_KEYS, SCRIPT_KEYS, STEP_KEYS
from bot.engine.question import options_of
from bot.engine.script import KINDS
from bot.engine.understand import match_option
from bot.engine.values import SKIPPED
from bot.schema import PICKED
from tests.conftest import ROOT
from tests.fakes import library_of
from tests.test_docs import blocks

GUIDE = (ROOT / "docs" / "writing-dialogues.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```$", "", GUIDE, flags=re.MULTILINE | re.DOTALL)
YAML = [(block, yaml.safe_load(block)) for block in blocks(GUIDE, "yaml")]
WHOLE = {data["id"]: block for block, data in YAML if isinstance(data, dict) and "steps" in data}
FRAGMENTS = [data for _, data in YAML if not (isinstance(data, dict) and "steps" in data)]
HELLO = yaml.safe_load(WHOLE["hello"])
CONDITIONS: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    'sleep == "badly"': ([{"sleep": "badly"}], [{"sleep": "well"}, {"sleep": SKIPPED}, {}]),
    'sleep in ["well", "badly"]': ([{"sleep": "well"}, {"sleep": "badly"}], [{}]),
    "name": ([{"name": "Mair"}], [{"name": SKIPPED}, {}]),
    "not name": ([{"name": SKIPPED}, {}], [{"name": "Mair"}]),
    "sleep is skipped": ([{"sleep": SKIPPED}], [{"sleep": "well"}, {}]),
    'told == true and not (sleep == "badly")': (
        [{"told": True, "sleep": "well"}, {"told": True}],
        [{"told": True, "sleep": "badly"}, {"told": False, "sleep": "well"}, {}],
    ),
}
"""Every condition of the second table, with people for whom it is true and people for whom not."""


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the table that begins with a heading."""
    lines = GUIDE.partition(f"| {heading} |")[2].split("\n\n")[0].split("\n")[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line]


def code(cell: str) -> str:
    return cell.strip("`| ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with dialogues beside which the examples can stand."""
    copy = Path(shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues"))
    for script in (copy / "scripts").glob("*.yaml"):
        if script.stem != "someone":
            script.unlink()
    return copy


def told(folder: Path, scripts: dict[str, str]) -> list[str]:
    """Write scripts into a folder and give everything that is said about them."""
    for name, text in scripts.items():
        (folder / "scripts" / f"{name}.yaml").write_text(text, encoding="utf-8")
    files = {f"dialogues/scripts/{name}.yaml" for name in scripts}
    return [str(each) for each in check(folder) if each.file in files]


def test_the_guide_is_short() -> None:
    """Staff are busy: it is read in ten minutes."""
    assert len(GUIDE.split()) <= 1800
    for paragraph in PROSE.split("\n\n"):
        assert len(paragraph.split()) <= 120, paragraph


def joined(fragment: Any) -> str:
    """Give the first dialogue of the guide with a part from further down in it."""
    script: dict[str, Any] = yaml.safe_load(WHOLE["hello"])
    *before, goodbye = script["steps"]
    match fragment:
        case list():
            ids = [step["id"] for step in fragment]
            script["steps"] = [*(s for s in before if s["id"] not in ids), *fragment, goodbye]
        case dict() if set(fragment) <= set(SCRIPT_KEYS) - set(STEP_KEYS):
            script |= fragment
        case _:
            say = "You can pick more than one. What is hardest about it?"
            asking = {"id": "more", "phase": "self", "say": say, "ask": "words"}
            script["steps"] = [*before, asking | fragment, goodbye]
    return yaml.safe_dump(script, sort_keys=False)


def test_the_dialogues_of_the_guide_have_nothing_to_mend(folder: Path) -> None:
    """Every whole dialogue can be copied as it stands: no error, and no warning either."""
    (caller,) = (each for each in FRAGMENTS if isinstance(each, list) and "call" in each[-1])
    assert told(folder, WHOLE | {"hello": joined(caller)}) == []
    assert told(folder, {"hello": WHOLE["hello"]}) == []


@pytest.mark.parametrize("number", range(len(FRAGMENTS)))
def test_the_fragments_of_the_guide_fit_into_the_first_dialogue(number: int, folder: Path) -> None:
    """Every part of a dialogue that the guide shows works within the first one, as it stands."""
    (folder / "scripts" / "one-friend.yaml").write_text(WHOLE["one-friend"], encoding="utf-8")
    assert told(folder, {"hello": joined(FRAGMENTS[number])}) == []


def test_every_kind_of_question_is_shown(folder: Path) -> None:
    """The table has each kind once, and its condition works on an answer of that kind."""
    table = rows("`ask:` | people give | a condition on it")
    assert tuple(code(kind) for kind, _, _ in table) == KINDS
    steps: list[dict[str, Any]] = []
    for kind, _, condition in table:
        expression = compile_expression(code(condition))
        (name,) = expression.reads
        step: dict[str, Any] = {"id": name, "say": "How?", "ask": code(kind)}
        if code(kind) in PICKED:
            values = [str(each) for each in expression.literals if isinstance(each, str)]
            step["choices"] = [{each: "Like that"} for each in [*values, "me", "other"]]
        shown = {"id": f"about_{name}", "only if": code(condition), "say": "I see."}
        steps += [step, shown]
    steps.append({"id": "goodbye", "say": "You could ask one person.", "ending": "yes"})
    text = yaml.safe_dump({"id": "kinds", "title": "x", "steps": steps}, sort_keys=False)
    (folder / "scripts" / "kinds.yaml").write_text(text, encoding="utf-8")
    found = [each for each in check(folder) if each.file == "dialogues/scripts/kinds.yaml"]
    assert errors_in(found) == []


def test_conditions_are_true_for_whom_the_guide_says() -> None:
    """Each condition of the table holds for those people and for nobody else."""
    table = [code(condition) for condition, _ in rows("you write | true for")]
    assert table == list(CONDITIONS)
    for condition, (held, missed) in CONDITIONS.items():
        expression = compile_expression(condition)
        assert all(expression.holds(scope) for scope in held), condition
        assert not any(expression.holds(scope) for scope in missed), condition


def test_a_missing_answer_is_what_the_guide_says() -> None:
    """`safe == "safe"` needs a clear yes; the other way round would let through who said nothing."""
    assert 'safe == "safe"`, never `safe != "unsafe"' in GUIDE
    for scope in ({}, {"safe": SKIPPED}):
        assert not compile_expression('safe == "safe"').holds(scope)
        assert compile_expression('safe != "unsafe"').holds(scope)


def test_texts_print_what_the_guide_says() -> None:
    """Each `{{ ... }}` of the guide can be read, and none but the first prints a hole."""
    shown = [each for each in re.findall(r"`([^`]+)`", PROSE) if re.search(r"\{[{%] ", each)]
    assert len(shown) >= 5
    phrases = {"sleep": {"badly": compile_template("it goes round at night")}}
    scope = {"name": "Mair", "touches": "I dread Mondays", "sleep": "badly"}
    printed = {each: compile_template(each, phrases) for each in shown}
    assert printed["{{ name }}"].render(scope) == "Mair"
    assert printed["{% if name %}, {{ name }}{% endif %}"].render({}) == ""
    assert printed['{{ name or "you" }}'].render({}) == "you"
    assert printed["{{ touches | quote }}"].render(scope) == "“I dread Mondays”"
    assert printed["{{ sleep | phrase }}"].render(scope) == "it goes round at night"


def test_a_text_with_a_colon_goes_on_lines_of_its_own(folder: Path) -> None:
    """On the line of `say:` a colon or a leading brace breaks the file; below `say: |-` it doesn't."""
    assert "begins with `{` or holds a colon" in GUIDE
    for text in (
        "One thing: you could tell one person.",
        "{{ name or 'You' }} could tell one person.",
    ):
        plain = WHOLE["hello"].replace(
            "That was all. You could tell one person how you slept.", text
        )
        assert plain != WHOLE["hello"]
        assert told(folder, {"hello": plain})
        assert told(folder, {"hello": plain.replace(text, f"|-\n      {text}")}) == []


def test_near_misses_are_understood_as_the_guide_says() -> None:
    """A slip is taken for the choice that is nearest to it, and not where the question is exact."""
    assert 'Near-misses such as "no slep" count' in GUIDE
    (fragment,) = (each for each in FRAGMENTS if "choices" in each)
    step = library_of(joined(fragment)).catalogue.step("hello", "more")
    assert step
    assert step.ask
    options = options_of(step.ask, {})
    assert match_option(step.ask, options, "no slep") == "night"
    assert match_option(replace(step.ask, exact=True), options, "no slep") is None


def test_the_complaint_in_the_guide_is_a_real_one(folder: Path) -> None:
    """What staff learn to read is what `kith check` says about that very slip."""
    (complaint,) = blocks(GUIDE, "text")
    slipped = WHOLE["hello"].replace("say:", "sey:", 1)
    assert complaint.strip() in told(folder, {"hello": slipped})


def test_the_numbers_are_those_of_the_wording_rules() -> None:
    """Staff read the same limits that the check holds their texts against."""
    rules = yaml.safe_load((ROOT / "dialogues/wording/en.yaml").read_text(encoding="utf-8"))
    assert rules["questions in a message"] == 1
    assert "one question a message" in GUIDE
    assert f"at most {rules['longest sentence']} words" in GUIDE
    assert f"at most {rules['longest message']} letters" in GUIDE
    assert f"After {rules['questions in a row']} questions in a row" in GUIDE
    buttons = f"At most {rules['most buttons']} buttons, of at most {rules['longest button']}"
    assert buttons in GUIDE


def test_every_part_of_the_script_language_is_explained() -> None:
    """Staff find every word that a script, a step or a choice can hold; of rounds, on their page."""
    pages = GUIDE + (ROOT / "docs" / "writing-rounds.md").read_text(encoding="utf-8")
    for key in (*SCRIPT_KEYS, *STEP_KEYS, *CHOICE_KEYS):
        assert re.search(rf"`{key}[:`]|^ *-? ?{key}:", pages, re.MULTILINE), key


def test_files_that_the_guide_names_are_there() -> None:
    """Nobody is sent to a file that is not there, but for those that they make themselves."""
    own = {"dialogues/scripts/hello.yaml", "dialogues/transcripts/hello.txt"}
    for name in set(re.findall(r"dialogues/[\w/-]+(?:\.\w+)?", GUIDE)) - own:
        assert (ROOT / name).exists() or name == "dialogues/languages/cy.po", name
    for name in re.findall(r"`(scripts/[\w-]+\.yaml|words\.yaml)`", GUIDE):
        assert (ROOT / "dialogues" / name).exists(), name


def test_pictures_are_told_in_words() -> None:
    """Who doesn't see a picture reads what is on it."""
    pictures = re.findall(r"!\[([^\]]*)\]\(pictures/([a-z]+)\.svg\)", GUIDE)
    assert [name for _, name in pictures] == ["hello", "someone", "reflection"]
    assert all(len(words.split()) >= 5 for words, _ in pictures)


def test_every_command_in_the_guide_runs(tmp_path: Path) -> None:
    """Typed one after the other, in a terminal, each line does what it is there for."""
    shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues")
    (tmp_path / "dialogues/scripts/hello.yaml").write_text(WHOLE["hello"], encoding="utf-8")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    known, *lines = blocks(GUIDE, "sh")
    for typed in lines:
        done = subprocess.run(
            ["bash", "-euc", f"{known}\n{typed}"],  # noqa: S607 - the terminal is what we test
            cwd=tmp_path,
            env={**clean, "KITH_DIALOGUES": "dialogues"},
            input="Mair\n2\nno\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{typed}{done.stdout}{done.stderr}"
        if typed == "kith check\n":
            assert "nothing to mend" in done.stdout
    assert (tmp_path / "hello.svg").read_text(encoding="utf-8").startswith("<svg")
    recorded = (tmp_path / "dialogues/transcripts/hello.txt").read_text(encoding="utf-8")
    assert "kith: How did you sleep, Mair?" in recorded
    assert (tmp_path / "dialogues/languages/cy.po").exists()
    published = yaml.safe_load((tmp_path / "dialogues/published.yaml").read_text(encoding="utf-8"))
    assert published["hello"] == [step["id"] for step in HELLO["steps"]]
