"""The only reader of YAML: from the folder `dialogues/` to a checked catalogue."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.engine.catalogue import Catalogue, HelpNumber, Screen, help_lines
from bot.engine.checks import check_reminders
from bot.engine.compile import compile_all
from bot.engine.diagnostics import BrokenDialogues, Diagnostic
from bot.engine.freedoms import ACTIONS, COMMANDS
from bot.engine.reading import Reader
from bot.engine.source import Node, plain
from bot.engine.spoken import NEEDED_SCREENS, NEEDED_WORDS
from bot.safety.families import Families, FamilyError, compile_families
from bot.supports.resources import Resource, read_resources
from bot.supports.rules import Rule, check_rules, read_rules

SCRIPTS: Final = "scripts"
KINDS_OF_CONCERN: Final = ("suicide", "self-harm", "abuse", "child", "others", "medical")


@dataclass(frozen=True, slots=True)
class Library:
    """All that lies in `dialogues/`, checked: what is said, noticed and suggested."""

    catalogue: Catalogue
    families: Families
    rules: tuple[Rule, ...]
    resources: tuple[Resource, ...]


def load_library(folder: Path, contact: str = "") -> Library:
    """Read and check the folder. Raises BrokenDialogues with every complaint."""
    found: list[Diagnostic] = []
    files = {path: _read(path, folder, found) for path in _files(folder, found)}
    named = {path.relative_to(folder).as_posix(): node for path, node in files.items()}
    scripts, complaints = compile_all({n: s for n, s in named.items() if n.startswith(SCRIPTS)})
    found += complaints
    reader = Reader()
    words = {
        name: reader.template(node) for name, node in reader.pairs(named.get("words.yaml")).items()
    }
    screens = _screens(reader, named.get("screens.yaml"))
    typed = _typed(reader, named.get("typed.yaml"))
    commands = {
        n: reader.text(text) for n, text in reader.pairs(named.get("commands.yaml")).items()
    }
    numbers = _numbers(reader, named.get("safety/numbers.yaml"))
    rules = read_rules(reader, named.get("suggestions.yaml"))
    resources = read_resources(reader, named.get("resources.yaml"))
    check_rules(reader, rules, scripts, named.get("suggestions.yaml"))
    check_reminders(reader, scripts, words)
    families = _families(named.get("safety/phrases.yaml"), found)
    found += [*reader.found, *_missing(folder, words, screens, numbers)]
    if "help" not in typed.values():
        fix = "add  help: [help, sos]"
        found.append(
            Diagnostic(f"{folder.name}/typed.yaml", 1, 1, "missing-text", "'help' is missing", fix)
        )
    if found or families is None:
        raise BrokenDialogues(found)
    catalogue = Catalogue(
        scripts=scripts,
        words=words,
        screens=screens,
        help_lines=help_lines(numbers),
        unconfirmed=sum(not number.assured for number in numbers),
        typed=typed,
        commands=commands,
        release=_release(files),
        contact=contact,
    )
    return Library(catalogue, families, rules, resources)


def _files(folder: Path, found: list[Diagnostic]) -> list[Path]:
    paths = sorted(
        path for path in folder.rglob("*.yaml") if path.is_file() and path.name[0] != "."
    )
    if not paths:
        fix = "point KITH_DIALOGUES at the folder with the dialogues"
        found.append(Diagnostic(str(folder), 1, 1, "no-dialogues", "no dialogues lie here", fix))
    return paths


def _read(path: Path, folder: Path, found: list[Diagnostic]) -> Node:
    name = str(Path(folder.name) / path.relative_to(folder))
    empty = Node({}, 1, 1, name)
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = error.problem or "this is not YAML"
        fix = "look at the line above as well: often a quote, a colon or the indent is off"
        found.append(Diagnostic(name, line, column, "not-yaml", problem, fix))
        return empty
    except (yaml.YAMLError, UnicodeDecodeError):
        fix = "save the file as UTF-8 text"
        found.append(Diagnostic(name, 1, 1, "not-text", "this file holds no plain text", fix))
        return empty
    try:
        return _node(tree, name, found) if tree else empty
    except RecursionError:
        fix = "take out the reference that leads back to itself"
        found.append(Diagnostic(name, 1, 1, "not-yaml", "this file contains itself", fix))
        return empty


def _node(tree: yaml.Node, file: str, found: list[Diagnostic]) -> Node:
    line, column = tree.start_mark.line + 1, tree.start_mark.column + 1
    if isinstance(tree, yaml.SequenceNode):
        return Node([_node(item, file, found) for item in tree.value], line, column, file)
    if isinstance(tree, yaml.MappingNode):
        pairs: dict[str, Node] = {}
        keys: dict[str, Node] = {}
        for key, value in tree.value:
            name = str(key.value)
            keys[name] = Node(name, key.start_mark.line + 1, key.start_mark.column + 1, file)
            if name in pairs:
                where = key.start_mark
                message, fix = f"'{name}' stands here twice", "take one of the two away"
                found.append(
                    Diagnostic(file, where.line + 1, where.column + 1, "double-key", message, fix)
                )
            pairs[name] = _node(value, file, found)
        return Node(pairs, line, column, file, keys)
    return Node(_scalar(tree), line, column, file)


def _scalar(tree: yaml.Node) -> str | int | float | bool | None:
    """Read a scalar as people mean it: `no` is the word no; only numbers are special."""
    kind = tree.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool" and tree.value.lower() in ("true", "false"):
        return str(tree.value).lower() == "true"
    if kind in ("int", "float"):
        try:
            return int(tree.value) if kind == "int" else float(tree.value)
        except ValueError:
            return str(tree.value)
    return str(tree.value)


def _screens(reader: Reader, node: Node | None) -> dict[str, Screen]:
    screens = {}
    for name, screen in reader.pairs(node).items():
        reader.known_keys(screen, ("say", "choices"))
        actions = [
            (action, reader.template(label))
            for item in reader.items(screen.get("choices"))
            for action, label in reader.pairs(item).items()
            if reader.one_of(Node(action, label.line, 1, label.file), ACTIONS, "unknown-action", "")
        ]
        screens[name] = Screen(reader.template(screen.get("say")), tuple(actions))
    return screens


def _typed(reader: Reader, node: Node | None) -> dict[str, str]:
    typed: dict[str, str] = {}
    for command, words in reader.pairs(node).items():
        reader.one_of(Node(command, words.line, 1, words.file), COMMANDS, "unknown-command", "")
        typed |= {reader.text(word).casefold(): command for word in reader.items(words)}
    return typed


def _numbers(reader: Reader, node: Node | None) -> tuple[HelpNumber, ...]:
    listed = reader.pairs(node).get("numbers")
    return tuple(_number(reader, each) for each in reader.items(listed))


def _number(reader: Reader, node: Node) -> HelpNumber:
    reader.pairs(node)
    for needed in ("id", "text_line"):
        if not reader.text(node.get(needed)):
            message = f"this help number has no '{needed}'"
            reader.complain(node, "incomplete-number", message, f"add  {needed}:")
    for item in reader.items(node.get("classes")):
        reader.one_of(item, KINDS_OF_CONCERN, "unknown-class", "")
    return HelpNumber(
        id=reader.text(node.get("id")),
        line=reader.text(node.get("text_line")),
        classes=frozenset(reader.text(item) for item in reader.items(node.get("classes"))),
        nations=frozenset(reader.text(item) for item in reader.items(node.get("nations"))),
        ages=reader.one_of(node.get("ages"), ("any", "adult", "under-18"), "unknown-ages", "any"),
        assured=reader.text((node.get("assured") or node).get("on")),
    )


def _families(node: Node | None, found: list[Diagnostic]) -> Families | None:
    try:
        data: Any = plain(node) if node else {}
        return compile_families(data)
    except FamilyError as error:
        file = node.file if node else "safety/phrases.yaml"
        fix = "mend that rule, or its examples"
        found.append(Diagnostic(file, 1, 1, "phrase-rule", str(error), fix))
        return None


def _missing(
    folder: Path,
    words: Mapping[str, object],
    screens: Mapping[str, object],
    numbers: tuple[HelpNumber, ...],
) -> list[Diagnostic]:
    """Complain about what the engine can't do without, help texts and numbers first."""
    lacking = [("screens.yaml", name) for name in NEEDED_SCREENS if name not in screens]
    lacking += [("words.yaml", name) for name in NEEDED_WORDS if name not in words]
    numbered = {kind for number in numbers for kind in number.classes}
    lacking += [("safety/numbers.yaml", kind) for kind in KINDS_OF_CONCERN if kind not in numbered]
    return [
        Diagnostic(
            f"{folder.name}/{file}",
            1,
            1,
            "missing-text",
            f"'{name}' is missing",
            f"add  {name}:  with its text",
        )
        for file, name in lacking
    ]


def _release(files: Mapping[Path, Node]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
