"""`kith serve`: the same on Telegram, by webhook; any number of them on one PostgreSQL."""

import argparse

from bot import app
from bot.commands.parsing import Commands, with_database
from bot.settings import Settings


def add(commands: Commands) -> None:
    """Say what `kith serve` takes."""
    parser = commands.add_parser("serve", help="the same on Telegram, by webhook")
    with_database(parser).set_defaults(run=run)


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Serve Telegram's webhook until told to stop."""
    return app.webhook(settings)
