"""Kith with all its commands, its dialogues read and checked once: what processes are forked from.

A process that imports this has done what takes long; what it keeps are the program's own caches.
"""

import gc
from importlib import import_module

import alembic.command  # noqa: F401 - as the first start in a new folder loads it

import storage.store  # noqa: F401 - with the database, for those that keep something
from bot.__main__ import COMMANDS
from bot.checking import check, examined
from bot.settings import read_settings

for name in COMMANDS:
    import_module(f"bot.commands.{name}")
library, complaints = examined(read_settings({}).dialogues)
assert complaints == []
assert check(read_settings({}).dialogues) == []
gc.freeze()  # forks need not search what they share
