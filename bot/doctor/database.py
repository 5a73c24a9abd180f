"""What is wrong with where conversations are kept."""

from collections.abc import Iterator
from typing import Final

from bot.doctor.finding import Finding
from storage.looking import Condition

LITTLE_SPACE: Final = 200_000_000
"""With fewer bytes than this left, a busy week could fill the disk."""


def database_findings(condition: Condition) -> Iterator[Finding]:
    """Look at the condition of the database; nothing is said of what could not be looked at."""
    at = condition.address
    if not condition.folder_takes:
        message = f"the folder of the database can't be written: {at}"
        fix = "give it to the user that Kith runs as, or set KITH_DATABASE_URL"
        yield Finding("folder-not-writable", message, fix, serious=True)
    elif condition.trouble:
        message = f"the database can't be opened: {condition.trouble} ({at})"
        fix = "see KITH_DATABASE_URL, and whether the database runs and can be read"
        yield Finding("database-unusable", message, fix, serious=True)
    elif condition.absent:
        message = f"there is no database yet: {at}"
        fix = "Kith makes one when it starts; if there was one before, see KITH_DATABASE_URL"
        yield Finding("no-database", message, fix)
    elif not condition.takes:
        message = f"the database can only be read: {at}"
        fix = "let the user that Kith runs as write it"
        yield Finding("database-read-only", message, fix, serious=True)
    if condition.age == "behind":
        message = "the database is from an earlier Kith"
        fix = "make a `kith backup`, then start Kith, which brings it forward"
        yield Finding("database-behind", message, fix)
    if condition.age == "ahead":
        message = "the database is from a newer Kith than this one"
        fix = "install the newer Kith, or restore a backup from before into a new database"
        yield Finding("database-ahead", message, fix, serious=True)
    if condition.folder_takes and condition.free is not None and condition.free < LITTLE_SPACE:
        message = f"only {condition.free / 1e6:.0f} MB are left on the disk of the database"
        yield Finding("little-space", message, "make room, or move the database to a larger disk")
