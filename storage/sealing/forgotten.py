"""The list of who was forgotten: it lies beside the master key, apart from data and keys.

A line holds a time, the keyed hash of a person and the id of the key that was destroyed. It is
written before anything goes, so that what was begun is finished, and a backup that still holds
somebody does not bring them back.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from errno import EACCES
from pathlib import Path
from typing import Final

from storage.sealing.box import ID_BYTES
from storage.unusable import KeysUnusable
from storage.whole_files import flush, made_private

_PARTS: Final = 3
_NOT_WRITTEN: Final = (
    "the list of who was forgotten can't be written to {file}: {why} "
    "-> make room on that disk and let Kith write there; nobody was forgotten"
)
_NOT_READ: Final = (
    "the list of who was forgotten can't be read at {file}: {why} "
    "-> it has to be a file of the user that Kith runs as; nothing was changed"
)


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody was forgotten; `at` is in seconds since 1970, `key` the id of the key they had."""

    at: float
    person: str
    key: bytes


class Forgotten:
    """The list in one file, to which several processes add."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._keys: set[bytes] = set()
        self._size = 0

    def add(self, gone: Iterable[Gone]) -> None:
        """Add to the list; it is on the disk when this comes back. Raises KeysUnusable."""
        adding = list(gone)
        if not adding:
            return
        # a line of its own, even behind one that a power cut left unfinished
        lines = "".join(f"{each.at:.3f} {each.person} {each.key.hex()}\n" for each in adding)
        try:
            self._append(f"\n{lines}".encode())
        except OSError as error:
            message = _NOT_WRITTEN.format(file=self.file, why=error.strerror)
            raise KeysUnusable(message) from error
        self._keys.update(each.key for each in adding)

    def begin(self) -> None:
        """Make the list, empty, where there is none: one that is missing later was lost."""
        made_private(self.file)
        flush(self.file.parent)

    def can_grow(self) -> None:
        """See to it that somebody could be forgotten now. Raises KeysUnusable."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            if self.file.exists():
                os.close(os.open(self.file, os.O_WRONLY | os.O_APPEND))
            elif not os.access(self.file.parent, os.W_OK | os.X_OK):
                raise PermissionError(EACCES, os.strerror(EACCES))
        except OSError as error:
            message = _NOT_WRITTEN.format(file=self.file, why=error.strerror)
            raise KeysUnusable(message) from error

    def all(self) -> list[Gone]:
        """Give everybody on the list; a line that was not finished is passed over.

        Raises KeysUnusable where it can't be read.
        """
        try:
            text = self.file.read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return []
        except OSError as error:
            message = _NOT_READ.format(file=self.file, why=error.strerror)
            raise KeysUnusable(message) from error
        found = [gone for line in text.splitlines() if (gone := _line(line))]
        self._keys.update(each.key for each in found)
        self._size = len(text)
        return found

    def _append(self, lines: bytes) -> None:
        """Write behind the list, all of it; a full disk takes a part without a word at first."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        is_new = not self.file.exists()
        number = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            while lines:
                lines = lines[os.write(number, lines) :]
            os.fsync(number)
        finally:
            os.close(number)
        if is_new:
            flush(self.file.parent)

    def has(self, key: bytes, *, look: bool = False) -> bool:
        """Say whether the key with this id was destroyed because somebody was forgotten.

        With `look`, what other processes have added since is read first.
        """
        unsure = look and key not in self._keys and self.file.exists()
        if unsure and self.file.stat().st_size != self._size:
            self.all()
        return key in self._keys


def list_beside(key_file: Path) -> Path:
    """Give where the list lies: beside the key file, also where there is none."""
    return key_file.with_suffix(".forgotten")


def _line(line: str) -> Gone | None:
    parts = line.split()
    if len(parts) != _PARTS:
        return None
    at, person, key = parts
    try:
        gone = Gone(float(at), person, bytes.fromhex(key))
    except ValueError:
        return None
    return gone if len(gone.key) == ID_BYTES else None
