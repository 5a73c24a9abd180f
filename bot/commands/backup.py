"""`kith backup`: all that is kept, of one moment, in one file; the bot goes on meanwhile."""

import argparse
import signal
import sys
from pathlib import Path

from bot.commands.copied import bar, held
from bot.commands.parsing import Commands, with_database
from bot.settings import Settings
from storage.backup import BackupRefused, back_up

UNUSABLE = 2


def add(commands: Commands) -> None:
    """Say what `kith backup` takes."""
    parser = commands.add_parser("backup", help="a copy of all that is kept, while Kith runs")
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file")
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Write the backup and say what it holds; exit code 2, and no such file, where it can't be."""
    # told to stop, it takes its unfinished file away
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with bar() as told:
            made = back_up(settings.database_url, asked.file, told)
    except BackupRefused as refused:
        sys.stderr.write(f"kith: {refused}\n")
        return UNUSABLE
    except KeyboardInterrupt:
        sys.stderr.write("kith: stopped -> there is no backup; start it again\n")
        return UNUSABLE
    sys.stdout.write(f"{asked.file}: {held(made)}\n")
    return 0
