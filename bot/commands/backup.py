"""`kith backup`: all that is kept, of one moment, in one file; the bot goes on meanwhile."""

import argparse
from pathlib import Path

from bot.commands.copied import copied
from bot.commands.parsing import Commands, with_database
from bot.settings import Settings
from storage.backup import back_up


def add(commands: Commands) -> None:
    """Say what `kith backup` takes."""
    parser = commands.add_parser("backup", help="a copy of all that is kept, while Kith runs")
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file")
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Write the backup and say what it holds; exit code 2, and no such file, where it can't be."""
    return copied(
        asked.file,
        lambda told: back_up(settings.database_url, asked.file, told),
        stopped="there is no backup",
    )
