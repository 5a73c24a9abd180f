"""`kith telegram`: the same on Telegram, by polling."""

import argparse

from bot import app
from bot.commands.parsing import Commands, with_database
from bot.settings import Settings


def add(commands: Commands) -> None:
    """Say what `kith telegram` takes."""
    parser = commands.add_parser("telegram", help="the same on Telegram, by polling")
    with_database(parser).set_defaults(run=run)


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Serve Telegram until told to stop."""
    return app.telegram(settings)
