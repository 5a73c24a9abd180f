"""What Kith ships keeps its own rules, and is checked in no time."""

import ast
import re
from functools import cache
from pathlib import Path
from shutil import copytree
from time import process_time

from bot.engine.diagnostics import Diagnostic
from bot.engine.reading import Reader
from bot.engine.source import Node
from bot.files import read_folder
from bot.library import Library, assembled
from bot.wording.checking import check_wording
from bot.wording.marks import unmarked
from bot.wording.rules import read_wording
from bot.wording.samples import Samples
from bot.wording.texts import all_texts
from tests.fakes import DIALOGUES

TEXTS = ("suggestions.yaml", "screens.yaml", "words.yaml")
BRANCH = re.compile(r"\{% (?:if|elif|else|for)\b.*?%\}")
SEARCHED = re.compile(r" +search:")
"""What is looked for in the directory, and said to nobody."""


@cache
def files() -> dict[str, Node]:
    return read_folder(DIALOGUES, [])


@cache
def shipped() -> Library:
    library, complaints = assembled(files(), DIALOGUES)
    assert complaints == []
    return library


def checked() -> list[Diagnostic]:
    reader = Reader()
    wording = read_wording(reader, files()["wording/en.yaml"])
    assert reader.found == []
    return check_wording(wording, shipped().catalogue.scripts, files(), shipped().rules, raw())


@cache
def raw() -> dict[str, str]:
    """Give the files as they are stored, by the names that their nodes give."""
    return {node.file: (DIALOGUES / name).read_text("utf-8") for name, node in files().items()}


def test_the_shipped_texts_hold_no_wording_error():
    """No formula, no diagnosis, no blame and nothing unrendered reaches a person."""
    assert [str(each) for each in checked() if each.severity == "error"] == []


def test_the_same_dialogues_give_the_same_findings():
    """There is no chance in it."""
    assert checked() == checked()


def test_a_slip_in_any_branch_of_the_shipped_texts_is_found_on_its_line(tmp_path: Path):
    """A word that doesn't belong is put into each branch and loop there is; none stays hidden."""
    folder = tmp_path / "dialogues"
    copytree(DIALOGUES, folder)
    count = iter(range(10_000))

    def slip(tag: re.Match[str]) -> str:
        return f"{tag[0]} symptom{next(count)} "

    expected = {}
    for name in files():
        if name.startswith("scripts/") or name in TEXTS:
            text = (folder / name).read_text(encoding="utf-8")
            slipped = "".join(
                line if SEARCHED.match(line) else BRANCH.sub(slip, line)
                for line in text.splitlines(keepends=True)
            )
            (folder / name).write_text(slipped, encoding="utf-8")
            for line, written in enumerate(slipped.splitlines(), 1):
                for match in re.finditer(r"symptom\d+", written):
                    expected[match[0]] = (f"dialogues/{name}", line, match.start() + 1)
    named = read_folder(folder, [])
    library, complaints = assembled(named, folder)
    assert library is not None, complaints
    wording = read_wording(Reader(), named["wording/en.yaml"])
    stored = {node.file: (folder / name).read_text("utf-8") for name, node in named.items()}
    found = check_wording(wording, library.catalogue.scripts, named, library.rules, stored)
    told = {
        each.message.split("'")[1]: (each.file, each.line, each.column)
        for each in found
        if each.code == "diagnostic-word"
    }
    assert len(expected) > 100
    assert told == expected


def test_it_takes_well_under_a_second():
    """Time of the processor, so that a busy machine proves nothing."""
    spent = []
    for _ in range(3):
        begun = process_time()
        checked()
        spent.append(process_time() - begun)
    assert min(spent) < 0.6


def test_every_text_of_the_steps_is_shown_in_some_way():
    """No text of the shipped scripts comes out empty in all its readings."""
    scripts = shipped().catalogue.scripts
    samples = Samples(scripts, shipped().rules)
    texts = list(all_texts(samples, scripts, files(), shipped().rules))
    assert len(texts) > 400
    empty = [text.node for text in texts if not any(map(unmarked, text.readings))]
    assert [node.value for node in empty if node.value] == []


def test_files_of_the_wrong_shape_raise_nothing():
    """They are complained about where they are read; here they just hold no text."""
    wording = read_wording(Reader(), files()["wording/en.yaml"])
    for value in ("a text", None, 3, [Node("You must.", 1, 1, "f")], {"a": Node([], 1, 1, "f")}):
        names = ("screens.yaml", "words.yaml", "suggestions.yaml", "resources.yaml")
        named = {name: Node(value, 1, 1, name) for name in names}
        assert check_wording(wording, {}, named, []) == []


def test_the_rules_are_pure():
    """Nothing in the package reads a clock, a file or chance, or knows YAML or Jinja."""
    allowed = {"re", "collections", "dataclasses", "functools", "itertools", "typing", "bot"}
    for file in sorted((Path(__file__).parents[2] / "bot/wording").glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                assert module.split(".")[0] in allowed, (file.name, module)
                if module.startswith("bot."):
                    assert module.split(".")[1] in {"engine", "supports", "wording"}, module
