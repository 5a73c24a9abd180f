"""Ids that were published: people may be waiting there, so none is ever lost in silence."""

import json
import re
from collections.abc import Mapping
from typing import Final

from bot.engine.checks import STEP_ID
from bot.engine.diagnostics import Diagnostic
from bot.engine.reading import Reader
from bot.engine.rounds import is_script
from bot.engine.source import Node

PUBLISHED: Final = "published.yaml"
HEAD: Final = """\
# Every step that was ever published, script by script. People may be waiting there, so an id that
# stands here is not taken away in silence. `kith publish` adds to this file; nobody edits it.
"""
_READ_AS_ELSE: Final = re.compile(r"null|true|false", re.IGNORECASE)


def check_published(named: Mapping[str, Node]) -> list[Diagnostic]:
    """Complain about published ids that are gone, and about retired ones that are still there.

    `named` holds the files of a folder by their names there. An id is gone where its script has no
    step of that id, none that says `was:` it, and does not name it under `retired:`. A script that
    is gone as a whole is named under `retired:` by another. Without published.yaml none is gone.
    """
    reader = Reader()
    scripts = _scripts(reader, named)
    for source in scripts.values():
        _check_retired(reader, source)
    retired = {old for source in scripts.values() for old in _retired(reader, source)}
    unreadable = any(not source.get("id") for source in _sources(named))
    for name, ids in reader.pairs(named.get(PUBLISHED)).items():
        if name in scripts:
            _check_steps(reader, scripts[name], ids)
        elif name not in retired and not unreadable:
            where = reader.key_of(named[PUBLISHED], name) or ids
            message = f"the script '{name}' was published, and is no script any more"
            fix = (
                f"bring it back; where a step took the place of one of its steps, or it is gone "
                f"for good, add  retired: [{name}]  to the script that people go on in "
                f"(was: old-id  follows a step within one script only)"
            )
            reader.complain(where, "lost-id", message, fix)
    return reader.found


def published(named: Mapping[str, Node]) -> dict[str, list[str]]:
    """Give the ids of steps that were published so far, for each script by its id."""
    reader = Reader()
    listed = reader.pairs(named.get(PUBLISHED))
    return {name: _texts(reader, ids) for name, ids in listed.items()}


def published_with_today(named: Mapping[str, Node]) -> dict[str, list[str]]:
    """Add the steps of today to the published ids: none goes, and new ones come last."""
    reader = Reader()
    ids = published(named)
    for name, source in _scripts(reader, named).items():
        today = [reader.text(step.get("id")) for step in reader.items(source.get("steps"))]
        ids[name] = list(dict.fromkeys([*ids.get(name, []), *today]))
    return ids


def published_text(ids: Mapping[str, list[str]]) -> str:
    """Write published.yaml: one id a line, so that a comparison of versions reads well."""
    lines = [HEAD]
    for name, steps in ids.items():
        lines += [f"{_plain(name)}:\n", *(f"  - {_plain(step)}\n" for step in steps)]
    return "".join(lines)


def _plain(name: str) -> str:
    """Write a name so that it is read as the same text."""
    plain = STEP_ID.fullmatch(name) and not _READ_AS_ELSE.fullmatch(name)
    return name if plain else json.dumps(name, ensure_ascii=False)


def _sources(named: Mapping[str, Node]) -> list[Node]:
    return [source for name, source in named.items() if is_script(name)]


def _scripts(reader: Reader, named: Mapping[str, Node]) -> dict[str, Node]:
    """Give the scripts by their ids; a file that holds none is complained about elsewhere."""
    found = {reader.text(source.get("id")): source for source in _sources(named)}
    found.pop("", None)
    return found


def _texts(reader: Reader, node: Node | None) -> list[str]:
    return [text for item in reader.items(node) if (text := reader.text(item))]


def _retired(reader: Reader, source: Node) -> list[str]:
    return _texts(reader, source.get("retired"))


def _check_retired(reader: Reader, source: Node) -> None:
    today = {reader.text(step.get("id")) for step in reader.items(source.get("steps"))}
    for item in reader.items(source.get("retired")):
        if reader.text(item) in today:
            message = f"'{item.value}' is retired, and a step of this script"
            fix = "take it out of  retired:  or give the step another id"
            reader.complain(item, "retired-id", message, fix)


def _check_steps(reader: Reader, source: Node, ids: Node) -> None:
    steps = reader.items(source.get("steps"))
    kept = {reader.text(step.get("id")) for step in steps}
    kept |= {old for step in steps for old in _texts(reader, step.get("was"))}
    kept |= set(_retired(reader, source))
    where = reader.key_of(source, "steps") or source
    for old in _texts(reader, ids):
        if old not in kept:
            message = f"the step '{old}' was published, and is no step here any more"
            fix = (
                f"add  was: {old}  to the step that took its place, "
                f"or  retired: [{old}]  to the script if none did"
            )
            reader.complain(where, "lost-id", message, fix)
