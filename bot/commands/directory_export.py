"""`kith directory export`: the list of places that a group keeps, as HSDS for another program."""

import os
import sys
from pathlib import Path
from typing import Final

from bot.commands.groups_here import groups_here
from bot.commands.opening import opened
from bot.directory.giving import hsds_data
from bot.engine.group_places import confirmed
from bot.settings import Settings

BROKEN: Final = 1
_PRIVATE: Final = 0o600


def run(file: Path, title: str, settings: Settings) -> int:
    """Write what a group of this title lists into a new file that only its owner can read.

    Exit code 1 where no group, or more than one, is called so. Raises OSError, also where there is
    such a file already.
    """
    with opened(settings) as store, store.transaction() as tx:
        wanted = title.strip().casefold()
        found = [group for _, group in groups_here(tx) if group.title.casefold() == wanted]
    if not found:
        why = f"no group here is called {title} -> ask whoever leads it for its title"
    elif len(found) > 1:
        why = f"{len(found)} groups here are called {title} -> have one of them take another title"
    else:
        places = confirmed(found[0])
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(handle, "wb") as out:
            out.write(hsds_data({"places": places}))
        count = "one place" if len(places) == 1 else f"{len(places)} places"
        sys.stdout.write(f"{count} written to {file}, and nobody's name\n")
        return 0
    sys.stderr.write(f"kith: {why}\n")
    return BROKEN
