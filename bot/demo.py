"""The made-up town that ships with Kith, so that a newcomer sees the whole at once."""

from pathlib import Path
from typing import Final

from bot.directory.plain import read_plain
from bot.directory.service import Service
from bot.files import read_bytes
from bot.library import Library
from bot.places import Places

DEMO: Final = "demo-town"
"""What the town is called as a source, and in the head of a transcript."""


def in_demo_town(library: Library, folder: Path) -> Library:
    """Give the library as it talks in the made-up town; as it is where there is no such town."""
    name = f"{DEMO}.csv"
    written = read_bytes(folder / "directory" / name)
    if written is None:
        return library
    read = read_plain(written, name, DEMO)
    services = tuple(entry for entry in read if isinstance(entry, Service))
    return library.around(Places(services, library.needs))
