"""The groups that share this Kith, for commands that are about one of them."""

from collections.abc import Iterator
from typing import Final

from bot.commands.whose import CHANNELS
from bot.engine.group import Group, load_group
from bot.groups.names import group_channel
from bot.parcels import unpack
from storage.store import Transaction

_MOST: Final = 200


def groups_here(tx: Transaction) -> Iterator[tuple[str, Group]]:
    """Give all groups that can be read, each with its name, in the order of those."""
    for channel in CHANNELS:
        beginning = f"{group_channel(channel)}:"
        some = tx.everyone(beginning, _MOST)
        while here := [row for row in some if row.person.startswith(beginning)]:
            for row in here:
                if row.body:
                    yield row.person, load_group(unpack(row.body))
            some = tx.everyone(here[-1].person, _MOST)
