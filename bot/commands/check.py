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
from bot.settings import Settings


def add(commands: Commands) -> None:
    """Say what `kith check` takes."""
    parser = commands.add_parser("check", help="what is wrong with the dialogues")
    parser.add_argument(
        "path", nargs="?", type=Path, help="another folder with dialogues, or one script"
    )
    parser.add_argument("--json", action="store_true", help="the same as a JSON list")
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Print every diagnostic, worst first; exit code 1 where one is an error."""
    path: Path = asked.path or settings.dialogues
    found = (
        check(path, settings.contact)
        if path.is_dir() or not path.is_file()
        else check(settings.dialogues, settings.contact, script=path)
    )
    sys.stdout.write(as_json(found) if asked.json else as_lines(found, path))
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
    rows = [
        json.dumps({"severity": each.severity, **asdict(each)}, ensure_ascii=False)
        for each in found
    ]
    return "[" + ",\n ".join(rows) + "]\n"
