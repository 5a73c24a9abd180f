"""`kith publish`: remember which steps people have seen, and what is noticed, before going live."""

import argparse
import sys

from bot.checking import check
from bot.commands.check import as_lines
from bot.commands.parsing import Commands, with_database
from bot.engine.diagnostics import errors_in
from bot.files import read_folder
from bot.library import load_library
from bot.measuring.remembered import MEASURED, measured_text
from bot.publishing import PUBLISHED, published, published_text, published_with_today
from bot.settings import Settings


def add(commands: Commands) -> None:
    """Say what `kith publish` takes."""
    about = "check the dialogues and remember the ids of their steps"
    with_database(commands.add_parser("publish", help=about)).set_defaults(run=run)


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Write published.yaml; exit code 1, and nothing written, where the dialogues have an error."""
    folder = settings.dialogues
    found = check(folder, settings.contact)
    if errors_in(found):
        sys.stdout.write(as_lines(errors_in(found), folder))
        return 1
    named = read_folder(folder, [])
    before, after = published(named), published_with_today(named)
    file = folder / PUBLISHED
    if after != before:
        file.write_text(published_text(after), encoding="utf-8")
    counts = measured_text(folder, load_library(folder, settings.contact).notice)
    if counts:
        (folder / MEASURED).write_text(counts, encoding="utf-8")
    known, now = (sum(map(len, ids.values())) for ids in (before, after))
    sys.stdout.write(f"{file}: {now - known} new, {known} known before\n")
    return 0
