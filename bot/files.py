"""The only reader of YAML: files of authors as nodes that know where they stand."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import yaml

from bot.engine.diagnostics import Diagnostic
from bot.engine.faults import yaml_fault
from bot.engine.source import Node

_ENDINGS: Final = (".yaml", ".po", ".csv")


def read_folder(folder: Path, found: list[Diagnostic]) -> dict[str, Node]:
    """Read every YAML file of a folder, by its name from there; complaints go to `found`."""
    paths = sorted(_files(folder, ".yaml"))
    if not paths:
        fix = "point KITH_DIALOGUES at the folder with the dialogues"
        found.append(Diagnostic(str(folder), 1, 1, "no-dialogues", "no dialogues lie here", fix))
    names = {path: path.relative_to(folder).as_posix() for path in paths}
    return {name: read_file(path, f"{folder.name}/{name}", found) for path, name in names.items()}


def _files(folder: Path, ending: str) -> list[Path]:
    found = folder.rglob(f"*{ending}")
    return [path for path in found if path.is_file() and path.name[0] != "."]


def read_catalogues(folder: Path, found: list[Diagnostic]) -> dict[str, str]:
    """Read the translations beside the dialogues, by file name; complaints go to `found`."""
    written = {}
    for path in sorted((folder / "languages").glob("*.po")):
        name = f"{folder.name}/languages/{path.name}"
        try:
            written[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            fix = "save the file as UTF-8 text"
            found.append(Diagnostic(name, 1, 1, "not-text", "this file holds no plain text", fix))
    return written


def read_bytes(path: Path) -> bytes | None:
    """Read a file that is no text; nothing where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def release_of(folder: Path, names: Iterable[str]) -> str:
    """Know one state of the dialogues from another."""
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def state_of(folder: Path) -> str:
    """Know one state of a folder from another: by the names and contents of all files read here."""
    digest = hashlib.sha256()
    for path in sorted(each for ending in _ENDINGS for each in _files(folder, ending)):
        read = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\n{len(read)}\n".encode())
        digest.update(read)
    return digest.hexdigest()


def read_file(path: Path, name: str, found: list[Diagnostic]) -> Node:
    """Read one file; one that can't be read is empty, with a complaint that says why."""
    empty = Node({}, 1, 1, name)
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = yaml_fault(error.problem or "")
        fix = "look at the line above as well: often a quote, a colon or the indent is off"
        found.append(Diagnostic(name, line, column, "not-yaml", problem, fix))
        return empty
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        before = error.object[: error.start] if isinstance(error, UnicodeDecodeError) else b""
        line, fix = before.count(b"\n") + 1, "save the file as UTF-8 text"
        found.append(Diagnostic(name, line, 1, "not-text", "this file holds no plain text", fix))
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
    begins = line + 1 if isinstance(tree, yaml.ScalarNode) and tree.style in ("|", ">") else line
    return Node(_scalar(tree), line, column, file, text_line=begins)


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
