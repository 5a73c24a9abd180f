"""`kith forget`: one person is forgotten, when they ask the operator for it."""

import argparse
import sys
import time
import uuid
from typing import Final

from bot.arrivals import Arrival
from bot.checking import checked_library
from bot.clock import Clock
from bot.commands.opening import opened
from bot.commands.parsing import Commands, with_database
from bot.commands.whose import whose
from bot.engine.events import ErasureDemanded
from bot.settings import Settings
from bot.turns import Turns

SURE: Final = "Everything of theirs goes for good. Type forget to go on: "
GONE: Final = "everything that was kept of them is gone\n"
NOTHING: Final = "nothing is kept of them\n"


def add(commands: Commands) -> None:
    """Say what `kith forget` takes."""
    parser = commands.add_parser("forget", help="wipe all that is kept of one person")
    parser.add_argument("named", metavar="CHANNEL:NAME", help="whom, such as telegram:12345")
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Forget somebody as if they had asked for it in the chat, but without a goodbye there.

    Twice is the same as once. At a terminal it is asked first whether that is meant.
    """
    library = checked_library(settings.dialogues, settings.contact)
    with opened(settings) as store:
        them = whose(store, asked.named)
        with store.transaction() as tx:
            known = bool(tx.beside(them.person))
        if known and not _sure():
            sys.stdout.write("nothing was wiped\n")
            return 0
        address = {"channel": them.channel, "chat": them.chat}
        event = f"command:{uuid.uuid4().hex}"
        arrival = Arrival(them.person, address, ErasureDemanded(), event)
        # also where nothing was found: what came in between goes as well
        outcome = Turns(store, library, Clock(), hours=settings.hours).take([arrival])[0]
        if outcome.failed:  # a session that can't be read goes like any other
            with store.transaction() as tx:
                tx.erase([them.person], time.time())
    sys.stdout.write(GONE if known else NOTHING)
    return 0


def _sure() -> bool:
    if not sys.stdin.isatty():
        return True
    sys.stdout.write(SURE)
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() == "forget"
