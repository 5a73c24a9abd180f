"""`kith chat`: a conversation in the terminal."""

import argparse
import sys
from pathlib import Path

from bot import app
from bot.commands.parsing import Commands, with_database
from bot.settings import Settings


def add(commands: Commands) -> None:
    """Say what `kith chat` takes."""
    parser = commands.add_parser("chat", help="a conversation in the terminal")
    parser.add_argument("--dialogue", default="reflection", metavar="ID", help="which dialogue")
    parser.add_argument(
        "--as", dest="name", default="me", metavar="NAME", help="whose conversation"
    )
    parser.add_argument("--group", default="", metavar="NAME", help="in which group they are")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--json", action="store_true", help="one JSON object a line, in and out")
    way.add_argument(
        "--watch", action="store_true", help="read the dialogues again when a file is saved"
    )
    parser.add_argument("--record", type=Path, metavar="FILE", help="write the conversation down")
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR", help="write the pictures and pages into a folder"
    )
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Talk until the input ends."""
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    app.chat(
        settings,
        asked.dialogue,
        asked.name,
        sys.stdin,
        sys.stdout,
        as_json=asked.json,
        record=asked.record,
        watch=asked.watch,
        pictures=asked.pictures,
        group=asked.group,
    )
    return 0
