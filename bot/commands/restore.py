"""`kith restore`: a backup into an empty database."""

import argparse
import signal
import sys
from pathlib import Path

from bot.commands.copied import bar, held
from bot.commands.parsing import Commands, with_database
from bot.settings import Settings
from storage.backup import BackupRefused, restore

UNUSABLE = 2


def add(commands: Commands) -> None:
    """Say what `kith restore` takes."""
    parser = commands.add_parser("restore", help="a backup into an empty database")
    parser.add_argument("file", type=Path, metavar="FILE", help="what `kith backup` wrote")
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Bring the backup back, all of it or nothing; exit code 2 where it can't be."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with bar() as told:
            brought = restore(asked.file, settings.database_url, told)
    except BackupRefused as refused:
        sys.stderr.write(f"kith: {refused}\n")
        return UNUSABLE
    except KeyboardInterrupt:
        sys.stderr.write("kith: stopped -> nothing was brought back; start it again\n")
        return UNUSABLE
    sys.stdout.write(f"{asked.file}: {held(brought)} brought back\n")
    return 0
