"""`kith translate`: bring the translations up to date, and say what is missing."""

import argparse
import sys

from bot.commands.parsing import Commands, with_database
from bot.settings import Settings

BROKEN, UNUSABLE = 1, 2


def add(commands: Commands) -> None:
    """Say what `kith translate` takes."""
    parser = commands.add_parser("translate", help="bring the translations up to date")
    parser.add_argument(
        "language", nargs="?", default="", help="begin this one where it is new: cy, pt_BR"
    )
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Write kith.pot and every catalogue anew; print how far each language is.

    Exit code 1 where a file can't be read (it is left as it was), 2 for what is no language.
    """
    from bot.translations import NotALanguage, bring_up_to_date  # noqa: PLC0415 - loads Babel

    try:
        lines, found = bring_up_to_date(settings.dialogues, asked.language)
    except NotALanguage:
        sys.stderr.write(f"kith: '{asked.language}' is no language -> use a code such as cy\n")
        return UNUSABLE
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stderr.writelines(f"{each}\n" for each in found)
    return BROKEN if found else 0
