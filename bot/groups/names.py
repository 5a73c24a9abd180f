"""Which names are those of groups."""

from typing import Final

ENDING: Final = "-group"


def group_channel(channel: str) -> str:
    """Give what the name of a group begins with that writes by a channel."""
    return f"{channel}{ENDING}"


def is_group(name: str) -> bool:
    """Say whether rows of this name are about a group; all others are about a person."""
    return name.partition(":")[0].endswith(ENDING)
