"""Files that only their owner can read, there whole and on the disk or not at all."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

UNFINISHED = ".kith-part"
FORGOTTEN_AFTER = 3600.0
"""So many seconds after it was last written to, an unfinished backup is one that was killed."""


class BackupRefused(Exception):
    """A backup can't be made or brought back; says why, and the remedy after an arrow."""


def made_private(file: Path) -> None:
    """Make a file that only its owner can read, and its folder, where there are none yet."""
    file.resolve().parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDONLY | os.O_CREAT, 0o600))


@contextmanager
def new_file(file: Path) -> Iterator[Path]:
    """Give a name to write to; what was written is `file` only once it is whole and on the disk.

    Raises BackupRefused where that is there already.
    """
    _refuse_to_replace(file)
    _clear_away(file.parent)
    with _beside(file) as part:
        yield part
        flush(part)
        _refuse_to_replace(file)
        part.rename(file)
    flush(file.parent)


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Give a name beside `file` to write to; whatever is still there at the end goes."""
    number, name = tempfile.mkstemp(UNFINISHED, f".{file.name}.", file.parent)
    os.close(number)
    part = Path(name)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _clear_away(folder: Path) -> None:
    """Take away what killed backups left: they hold people's words."""
    for left in folder.glob(f".*{UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > FORGOTTEN_AFTER:
            left.unlink()


def flush(path: Path) -> None:
    """See to it that a file, or the names in a folder, survive a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _refuse_to_replace(file: Path) -> None:
    """See to it that a backup takes the place of nothing. Raises BackupRefused."""
    if file.exists() or file.is_symlink():
        refuse(f"{file} is there already", "name another file; a backup never replaces one")


def refuse(what: str, remedy: str) -> NoReturn:
    """Say that a backup can't be made or brought back, and what helps. Raises BackupRefused."""
    message = f"{what} -> {remedy}"
    raise BackupRefused(message)
