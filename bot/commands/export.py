"""`kith export`: all that is kept of one person, when they ask the operator for it."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from bot.checking import checked_library
from bot.clock import Clock
from bot.commands.opening import opened
from bot.commands.parsing import Commands, with_database
from bot.commands.whose import whose
from bot.engine.telling import FORMAT
from bot.exporting import kept_of
from bot.pages.kept import kept_data, kept_page
from bot.settings import SettingMissing, Settings

NOTHING: Final = "nothing is kept of them\n"
_PRIVATE: Final = 0o600


def add(commands: Commands) -> None:
    """Say what `kith export` takes."""
    parser = commands.add_parser("export", help="all that is kept of one person")
    parser.add_argument("named", metavar="CHANNEL:NAME", help="whose, such as telegram:12345")
    parser.add_argument("--html", type=Path, metavar="FILE", help="a page to read or print")
    parser.add_argument("--json", type=Path, metavar="FILE", help="for another program")
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Write new files that only their owner can read; JSON to standard output without either.

    Where nothing is kept, that is said on standard error, and no file is made.
    """
    library = checked_library(settings.dialogues, settings.contact)
    now = Clock()()
    with opened(settings) as store, store.transaction() as tx:
        try:
            held = kept_of(library, tx, whose(store, asked.named).person, now)
        except (ValueError, LookupError, TypeError):
            message = "what is kept of them can't be read by this Kith"
            raise SettingMissing(f"{message} -> use the version that wrote it") from None
    if held is None:
        sys.stderr.write(NOTHING)
        held = {"format": FORMAT, "made": now.isoformat(timespec="seconds"), "parts": []}
    elif asked.html:
        _write(asked.html, kept_page(held))
    if held["parts"] and asked.json:
        _write(asked.json, kept_data(held))
    if not (asked.html or asked.json):
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(kept_data(held).decode())
    return 0


def _write(file: Path, content: bytes) -> None:
    """Write a new file for its owner alone. Raises OSError, also where there is one already."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
