"""The schema of the script language takes what Kith takes, and stops what people typically slip on."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bot.engine.compile import compile_all
from bot.engine.diagnostics import errors_in
from bot.engine.keys import (
    BUDGET_KEYS,
    CHOICE_KEYS,
    KEEP_WORDS,
    KIND_WORDS,
    OFFER_KEYS,
    PAGE_KEYS,
    PART_KEYS,
    PHASE_WORDS,
    SCRIPT_KEYS,
    STEP_KEYS,
    WAY_KEYS,
)
from bot.engine.script import KEEPS, KINDS, PHASES
from bot.engine.source import Node, plain
from bot.files import read_file
from bot.schema import PICKED, schema, schema_text
from tests.conftest import ROOT

SCHEMA_FILE = ROOT / "docs" / "script.schema.json"
SCRIPTS = sorted(ROOT.glob("dialogues/scripts/*.yaml"))
GUIDE = (ROOT / "docs" / "writing-dialogues.md").read_text(encoding="utf-8")
EXAMPLES = [
    block
    for block in re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    if "\nsteps:" in block
]
VALIDATOR = Draft7Validator(schema())
ALL_KEYS = (
    SCRIPT_KEYS,
    STEP_KEYS,
    CHOICE_KEYS,
    OFFER_KEYS,
    PAGE_KEYS,
    PART_KEYS,
    WAY_KEYS,
    BUDGET_KEYS,
)


def refused(source: Node) -> list[str]:
    """Say what the schema has against a script, as an editor would show it."""
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(plain(source))]


def complaints(*sources: Node) -> list[str]:
    """Say what the reader has against scripts."""
    _, found = compile_all({f"scripts/{place}.yaml": each for place, each in enumerate(sources)})
    return [str(each) for each in errors_in(found)]


def read(text: str, tmp_path: Path) -> Node:
    """Read a script as Kith reads it."""
    file = tmp_path / "script.yaml"
    file.write_text(text, encoding="utf-8")
    return read_file(file, file.name, [])


def test_the_schema_is_a_schema() -> None:
    """Editors get something that is itself well formed."""
    Draft7Validator.check_schema(schema())


def test_the_file_is_up_to_date() -> None:
    """What editors read is made from the language as it is today: `make docs`."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_shipped_scripts_are_taken(script: Path) -> None:
    """No editor marks a script that ships with Kith."""
    assert refused(read_file(script, script.name, [])) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n")[0])
def test_examples_for_staff_are_taken(example: str, tmp_path: Path) -> None:
    """No editor marks a script that was copied from the guide."""
    assert refused(read(example, tmp_path)) == []


def test_editors_know_the_schema() -> None:
    """The settings of the folder and the first line of each script name the file that is there."""
    settings_file = ROOT / ".vscode" / "settings.json"
    named = json.loads(settings_file.read_text(encoding="utf-8"))["yaml.schemas"]
    (schema_path,) = (path for path, files in named.items() if files == "dialogues/scripts/*.yaml")
    assert (ROOT / schema_path) == SCHEMA_FILE
    for script in SCRIPTS:
        first = script.read_text(encoding="utf-8").split("\n")[0]
        _, found, path = first.partition("# yaml-language-server: $schema=")
        assert found, script.name
        assert (script.parent / path).resolve() == SCHEMA_FILE


def test_every_word_of_a_closed_list_is_explained() -> None:
    """Kinds, storage and phases are offered with a sentence each, none too many, none missing."""
    assert tuple(KIND_WORDS) == KINDS
    assert tuple(KEEP_WORDS) == KEEPS
    assert tuple(PHASE_WORDS) == PHASES
    assert set(PICKED) <= set(KINDS)


def test_every_key_is_told_in_short_sentences() -> None:
    """A member of staff reads what a key means at a glance, without signs of a programmer."""
    told = [key.says for keys in ALL_KEYS for key in keys.values()]
    told += [says for words in (KIND_WORDS, KEEP_WORDS, PHASE_WORDS) for says in words.values()]
    for says in told:
        assert "`" not in says, says
        assert not re.search(r"\b(string|boolean|list of strings|null|array|regex)\b", says), says
        for sentence in re.split(r"(?<=[.])\s", says):
            assert len(sentence.split()) <= 22, says


def step(lines: str) -> str:
    """Put lines under a step that says something."""
    inner = "".join(f"    {line}\n" for line in lines.strip().split("\n"))
    return f"id: hello\nsteps:\n  - id: here\n    say: Hello.\n{inner}"


SLIPS = {
    "no name": "title: Hello\nsteps:\n  - id: here\n    say: Hello.\n",
    "no steps": "id: hello\n",
    "steps that are none": "id: hello\nsteps: Hello.\n",
    "an empty list of steps": "id: hello\nsteps: []\n",
    "an unknown key of the script": "id: hello\ntitel: Hi\nsteps:\n  - id: here\n    say: Hello.\n",
    "an unknown key of a step": step("sey: Hello."),
    "an unknown key of a choice": step(
        "ask: choice\nchoices:\n  - value: a\n    label: A\n    reed: a"
    ),
    "an unknown key of a way": step("next:\n  - goto: end"),
    "an unknown key of a budget": "budget: {minutes: 5, hours: 1}\n" + step("next: end"),
    "an unknown key of an offer": step(
        "ask: choice\noffer: {each: here, value: item, label: x, when: x}"
    ),
    "a step without an id": "id: hello\nsteps:\n  - say: Hello.\n",
    "an id with spaces": "id: hello\nsteps:\n  - id: the first\n    say: Hello.\n",
    "a question whose id can't name an answer": (
        "id: hello\nsteps:\n  - id: how-are-you\n    say: How?\n    ask: words\n"
    ),
    "an answer with a hyphen": step("ask: words\nanswer: how-are-you"),
    "an unknown kind": step("ask: chioce\nchoices:\n  - a: A"),
    "an unknown phase": step("phase: myself"),
    "an unknown way to keep": step("ask: words\nkeep: forever"),
    "a question without words": "id: hello\nsteps:\n  - id: here\n    ask: words\n",
    "choices that are no list": step("ask: choice\nchoices:\n  well: Well enough\n  badly: Badly"),
    "choices that are a text": step("ask: choice\nchoices: well or badly"),
    "a choice that is a text": step("ask: choice\nchoices:\n  - Well enough"),
    "no choices": step("ask: several"),
    "a choice without a label": step("ask: choice\nchoices:\n  - value: well"),
    "a short choice that says nothing": step("ask: choice\nchoices:\n  - well:"),
    "neither yes nor no": step("ending: perhaps"),
    "a number in words": step("ask: number\nmost: five"),
    "a number in quotes": step('ask: number\nmost: "5"'),
    "a text that is a mapping": "id: hello\nsteps:\n  - id: here\n    say: {hello: you}\n",
    "a text that is a list": step("ask: words\nskip: [Not, now]"),
    "an empty condition": step("only if:"),
    "an empty next": step("next:"),
    "no way in next": step("next: []"),
    "a way to nowhere": step("ask: yes/no\nnext:\n  - if: here == true\n  - go: end"),
    "a budget without minutes": "budget: {questions: 5}\n" + step("next: end"),
    "a budget that is a number": "budget: 5\n" + step("next: end"),
    "inputs for a dialogue as a text": step("call: other\nwith: who"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_marked_while_typing(slip: str, tmp_path: Path) -> None:
    """What staff typically slip on is marked in the editor, and Kith itself stops it as well."""
    source = read(SLIPS[slip], tmp_path)
    assert refused(source)
    assert complaints(source)


FORMS = {
    "one step without a hyphen": "id: hello\nsteps:\n  id: here\n  say: Hello.\n",
    "a message that is a number": "id: 5\nsteps:\n  - id: here\n    say: 116123\n",
    "messages as a list": "id: hello\nsteps:\n  - id: here\n    say: [Hello., 5]\n",
    "yes in capitals": step("ending: YES"),
    "true for yes": step("ask: words\nending: true\nfresh: False"),
    "short choices": step("ask: choice\nchoices:\n  - well: Well enough\n  - 5: 5"),
    "one choice": step("ask: choice\nchoices:\n  well: Well enough"),
    "one long choice": step("ask: choice\nchoices:\n  value: well\n  label: Well enough"),
    "one other word": step("ask: choice\nchoices:\n  - value: a\n    label: A\n    words: b"),
    "a number as value": step("ask: choice\nchoices:\n  - value: 5\n    label: 5\n    only: no"),
    "one old name": step("was: there"),
    "old names": step("was: [there, 5]"),
    "only a place to go": step("next: end"),
    "places to go": step("next:\n  - end"),
    "one way": step("next:\n  go: end"),
    "ways with conditions": step(
        "ask: yes/no\nnext:\n  - if: here\n    go: end\n  - if: not here\n    go: end"
    ),
    "a condition that is yes": step("only if: true"),
    "a condition that is a number": step("remind: 7"),
    "one budget": "budget: {minutes: 0.5}\n" + step("next: end"),
    "several budgets": "budget: [{if: here, minutes: 5, questions: 3}, {minutes: 9}]\n"
    + step("ask: yes/no\nnext: end"),
    "empty keys": "title:\ninputs:\nresult:\nretired:\nbudget:\n" + step("was:\nanswer:"),
    "an id that was one word": "id: hello\nsteps:\n  - id: true\n    say: Hello.\n",
    "a hyphen where nothing is asked": "id: hello\nsteps:\n  - id: good-bye\n    say: Bye.\n",
    "a hyphen and a name for the answer": (
        "id: hello\nsteps:\n  - id: how-are-you\n    say: How?\n    ask: words\n    answer: how\n"
    ),
    "a name without a question": step("answer: suggestions\nsuggest: yes"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_that_kith_takes_is_taken(form: str, tmp_path: Path) -> None:
    """An editor marks nothing that works."""
    source = read(FORMS[form], tmp_path)
    words = complaints(source, node({"id": "due", "steps": [{"id": "a", "say": "b"}]}))
    assert words == []
    assert refused(source) == []


def node(value: Any) -> Node:
    """Give plain data as a script that was read."""
    match value:
        case dict():
            inner: Any = {str(key): node(each) for key, each in value.items()}
        case list():
            inner = [node(each) for each in value]
        case _:
            inner = value
    return Node(inner, 1, 1, "script.yaml")


INNER = node({"id": "inner", "inputs": ["who"], "steps": [{"id": "a", "say": "b"}]})
ASKING = {
    "id": "here",
    "was": "yonder",
    "phase": "self",
    "only if": "before",
    "say": ["Hello."],
    "answer": "here",
    "keep": "keep",
    "fresh": "yes",
    "ask": "choice",
    "own words": "no",
    "choices": [{"value": "a", "label": "A"}, {"b": "B"}],
    "exact": "no",
    "skip": "Not now",
    "offer": {"each": "before", "value": "item", "label": "C"},
    "again": "Hello again",
    "least": 1,
    "most": 3,
    "next": [{"if": "here", "go": "end"}, {"go": "end"}],
}
CALLING = {
    "id": "there",
    "call": "inner",
    "with": {"who": "someone"},
    "for each": "before",
    "as": "someone",
    "suggest": "no",
    "joins": "no",
    "ending": "no",
    "erase": "no",
}
SCRIPT = {
    "id": "hello",
    "title": "Hello",
    "inputs": [],
    "result": {"was": "before"},
    "budget": [{"if": "before", "minutes": 3, "questions": 4}],
    "retired": ["gone"],
}
ODD = (
    *(None, "", " ", "yes", "No", True, False, 5, -0.5, "x", "here", "here == 1", "not", "end"),
    *([], ["x"], [None], ["x", 5], {}, {"x": "y"}, {"a": 1, "b": 2}, [["x"]], [{}], [{"x": "y"}]),
    *({"value": "x", "label": "y"}, {"go": "end"}, {"if": "here", "go": "end"}, {"minutes": 1}),
    *([{"go": "end"}, {"if": "here", "go": "end"}], ["end"], "person", "choice", "stones"),
)
UNREAD = {"value", "each", "label"}
"""Kith lets a choice or an offer without these pass where an editor marks it."""
TEXTS = tuple(odd for odd in ODD if isinstance(odd, str))
ELSEWHERE = {"call", "ask", "retired"}
"""Without a call or a question Kith doesn't read what belongs to it; `retired` it reads later."""


@st.composite
def odd_scripts(draw: st.DrawFn) -> dict[str, Any]:
    """Give a script with up to three things in it that need not be right."""
    before = {"id": "before", "say": "How?", "ask": "words"}
    parts: list[dict[str, Any]] = [dict(ASKING), dict(CALLING), dict(SCRIPT)]
    parts[0]["choices"] = [{"value": "a", "label": "A"}, {"b": "B"}]
    parts[0]["offer"] = dict(ASKING["offer"])
    parts[0]["next"] = [{"if": "here", "go": "end"}, {"go": "end"}]
    parts[2]["budget"] = [{"if": "before", "minutes": 3, "questions": 4}]
    inside = [*parts[0]["choices"], parts[0]["offer"], *parts[0]["next"], *parts[2]["budget"]]
    for _ in range(draw(st.integers(1, 3))):
        where = draw(st.sampled_from([*parts, *parts, *inside]))
        key = draw(st.sampled_from([*where, "unknown"]))
        if key in ELSEWHERE or (any(where is each for each in inside) and key in UNREAD):
            continue
        if draw(st.booleans()) and key in where:
            del where[key]
        else:
            where[key] = draw(st.sampled_from(TEXTS if key == "offer" else ODD))
    asking, calling, script = parts
    return {**script, "steps": [before, asking, calling]}


@settings(max_examples=400, deadline=None)
@given(odd_scripts())
def test_nothing_is_marked_that_kith_takes(script: dict[str, Any]) -> None:
    """Whatever an editor marks, Kith complains about too; so nobody mends what isn't broken."""
    source = node(script)
    marked = refused(source)
    if marked:
        assert complaints(source, INNER), marked


def test_the_schema_is_what_the_guide_says(tmp_path: Path) -> None:
    """Odd scripts are refused and taken, both; else nothing is proven above."""
    assert refused(node({"id": "x", "steps": [{"id": "a", "say": {"x": "y"}}]}))
    whole = {**SCRIPT, "steps": [{"id": "before", "say": "?", "ask": "words"}, ASKING, CALLING]}
    assert refused(node(whole)) == []
    assert complaints(node(whole), INNER) == []
    assert refused(read(yaml.safe_dump(whole), tmp_path)) == []
