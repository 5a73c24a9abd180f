"""`kith check`: what is wrong with the dialogues, all of it at once."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bot.checking import check
from bot.commands.parsing import Commands, with_database
from bot.engine.diagnostics import Diagnostic, errors_in
from bot.library import read_library
from bot.settings import SettingMissing, Settings


def add(commands: Commands) -> None:
    """Say what `kith check` takes."""
    parser = commands.add_parser("check", help="what is wrong with the dialogues")
    parser.add_argument(
        "path", nargs="?", type=Path, help="another folder with dialogues, or one script"
    )
    parser.add_argument("--json", action="store_true", help="the same as a JSON list")
    parser.add_argument(
        "--impact", action="store_true", help="what a release does to people in the middle"
    )
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Print every diagnostic, worst first; exit code 1 where one is an error."""
    path: Path = asked.path or settings.dialogues
    if asked.impact:
        return _with_impact(asked, settings, path)
    found = (
        check(path, settings.contact)
        if path.is_dir() or not path.is_file()
        else check(settings.dialogues, settings.contact, script=path)
    )
    sys.stdout.write(as_json(found) if asked.json else as_lines(found, path))
    return 1 if errors_in(found) else 0


def _with_impact(asked: argparse.Namespace, settings: Settings, path: Path) -> int:
    """Print the diagnostics of a folder and, where it can be used, what its release does to whom.

    Raises SettingMissing for a single script, and DatabaseUnusable before anything is printed.
    """
    from bot.impact import as_table, bodies_in, impact  # noqa: PLC0415 - only this needs a database
    from storage.opening import look_into_store  # noqa: PLC0415 - the same

    if path.is_file():
        message = "--impact needs the whole folder -> name the folder with the dialogues"
        raise SettingMissing(message)
    store = look_into_store(settings.where)
    try:
        found = check(path, settings.contact)
        library, _ = read_library(path, settings.contact)
        became = impact(library.catalogue, bodies_in(store)) if library else None
    finally:
        store.close()
    if asked.json:
        counts = asdict(became) if became else {"rows": []}
        whole = {"diagnostics": rows_of(found), "impact": counts.pop("rows"), **counts}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")
    else:
        told = as_table(became) if became else "what it does to people: mend the errors first\n"
        sys.stdout.write(f"{as_lines(found, path)}\n{told}")
    return 1 if errors_in(found) else 0


def as_lines(found: Sequence[Diagnostic], path: Path) -> str:
    """Write one line a diagnostic, errors first, then how many there are."""
    if not found:
        return f"{path}: nothing to mend\n"
    errors = len(errors_in(found))
    summary = f"{path}: {errors} to mend, {len(found) - errors} to look at"
    return "\n".join([*map(str, found), summary]) + "\n"


def as_json(found: Sequence[Diagnostic]) -> str:
    """Write a JSON list, one diagnostic a line."""
    rows = [json.dumps(row, ensure_ascii=False) for row in rows_of(found)]
    return "[" + ",\n ".join(rows) + "]\n"


def rows_of(found: Sequence[Diagnostic]) -> list[dict[str, object]]:
    """Give the diagnostics as plain data."""
    return [{"severity": each.severity, **asdict(each)} for each in found]
