"""`kith notice`: which concern, if any, is in a text; nothing is kept of it."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from bot.commands.parsing import Commands, with_database
from bot.library import Library, load_library
from bot.measuring.labelled import NotLabelled, read_labelled
from bot.measuring.scoring import score
from bot.measuring.told import as_rows, as_table
from bot.safety.concern import Concern
from bot.settings import SettingMissing, Settings

_FEW: Final = 500
"""Fewer rows than this are done before a bar could be read."""


def add(commands: Commands) -> None:
    """Say what `kith notice` takes."""
    about = "read one text a line, and say which concern is in it"
    parser = commands.add_parser("notice", help=about)
    parser.add_argument("--json", action="store_true", help="one JSON value a line")
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="score a CSV file of labelled texts instead"
    )
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Answer each line of standard input with one line, or score a file.

    Raises SettingMissing where the file can't be scored.
    """
    library = load_library(settings.dialogues, settings.contact)
    if asked.report:
        sys.stdout.write(_report(library, asked.report, as_json=asked.json))
        return 0
    for line in sys.stdin:
        concern = library.notice(line)
        sys.stdout.write((_as_json(concern) if asked.json else _as_words(concern)) + "\n")
        sys.stdout.flush()
    return 0


def _report(library: Library, file: Path, *, as_json: bool) -> str:
    from tqdm import tqdm  # noqa: PLC0415 - a line of text needs no bar

    try:
        labelled = read_labelled(file)
    except NotLabelled as error:
        message = f"{file} can't be scored: {error} -> see docs/safety-evaluation.md"
        raise SettingMissing(message) from error
    few = len(labelled.rows) < _FEW
    bar = tqdm(labelled.rows, unit=" texts", leave=False, disable=True if few else None)
    found = score(library.notice, bar)
    if as_json:
        return json.dumps(as_rows(found, labelled.unsure)) + "\n"
    return as_table(found, labelled.unsure)


def _as_json(concern: Concern | None) -> str:
    if concern is None:
        return "null"
    return json.dumps({"class": concern.kind, "tier": concern.tier, "rule": concern.rule})


def _as_words(concern: Concern | None) -> str:
    return f"{concern.kind}, {concern.tier} ({concern.rule})" if concern else "nothing"
