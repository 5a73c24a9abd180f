"""`kith restore`: a backup into an empty database."""

import argparse
from pathlib import Path

from bot.commands.copied import copied
from bot.commands.parsing import Commands, with_database
from bot.settings import Settings
from storage.backup import restore


def add(commands: Commands) -> None:
    """Say what `kith restore` takes."""
    parser = commands.add_parser("restore", help="a backup into an empty database")
    parser.add_argument("file", type=Path, metavar="FILE", help="what `kith backup` wrote")
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Bring the backup back, all of it or nothing; exit code 2 where it can't be."""
    return copied(
        asked.file,
        lambda told: restore(asked.file, settings.database_url, told),
        " brought back",
        stopped="nothing was brought back",
    )
