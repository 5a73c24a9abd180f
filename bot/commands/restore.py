"""`kith restore`: a backup into an empty database."""

import argparse
import sys
from pathlib import Path

from bot.commands.copied import copied
from bot.commands.parsing import Commands, with_database
from bot.settings import Settings
from storage.backup import restore
from storage.opening import open_store, seal_in
from storage.unusable import KeysUnusable


def add(commands: Commands) -> None:
    """Say what `kith restore` takes."""
    parser = commands.add_parser("restore", help="a backup into an empty database")
    parser.add_argument("file", type=Path, metavar="FILE", help="what `kith backup` wrote")
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Bring the backup back, all of it or nothing; exit code 2 where it can't be.

    Whoever was forgotten since it was made is forgotten again, at once or, where the keys are
    still to be brought back, at the next start.
    """
    code = copied(
        asked.file,
        lambda told: restore(
            asked.file, settings.database_url, told, lambda found: seal_in(found, settings.where)
        ),
        " brought back",
        stopped="nothing was brought back",
    )
    if code == 0:
        try:
            open_store(settings.where).close()
        except KeysUnusable as lacking:
            sys.stderr.write(f"kith: before Kith can start: {lacking}\n")
    return code
