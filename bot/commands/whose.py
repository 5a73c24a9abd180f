"""Whom an operator names on the command line, as the database knows them."""

from typing import Final, NamedTuple

from bot.settings import SettingMissing
from storage.store import Store

CHANNELS: Final = ("telegram", "terminal")


class Whose(NamedTuple):
    """A person: their name in every table, and where they write."""

    person: str
    channel: str
    chat: str


def whose(store: Store, named: str) -> Whose:
    """Find who is meant by `CHANNEL:NAME`, such as telegram:12345 or terminal:me.

    Raises SettingMissing for anything else.
    """
    channel, _, chat = named.partition(":")
    if channel not in CHANNELS or not chat:
        message = f"'{named}' is nobody -> write telegram: and the number of the chat"
        raise SettingMissing(f"{message}, such as telegram:12345")
    return Whose(store.name(channel, chat), channel, chat)
