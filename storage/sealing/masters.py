"""The operator's master keys: the newest wraps, the older ones still open what they wrapped."""

import base64
import binascii
import os
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from storage.sealing.box import ID_BYTES, KEY_BYTES, Key
from storage.unusable import KeysUnusable
from storage.whole_files import flush

SETTING: Final = "KITH_MASTER_KEY"
READABLE: Final = "it has to be a file of the user that Kith runs as"
HEAD: Final = (
    "# The master key of this Kith: without it nothing that people wrote can be read.\n"
    "# Keep a copy apart from the data and from the keys (docs/privacy.md). Newest first.\n"
)


@dataclass(frozen=True, slots=True)
class Masters:
    """Master keys, the newest first, and where they are from, as an operator knows it.

    `file` is where they can be read anew, and None where they were set.
    """

    keys: tuple[Key, ...]
    source: str
    file: Path | None = None

    @property
    def newest(self) -> Key:
        """The one that wraps."""
        return self.keys[0]

    def find(self, ref: str) -> Key | None:
        """Give the master key with this id."""
        return next((key for key in self.keys if key.id.hex() == ref), None)

    def and_older(self, before: "Masters") -> "Masters":
        """Give these with what was known before behind them."""
        older = tuple(key for key in before.keys if key not in self.keys)
        return replace(self, keys=self.keys + older)


def set_masters(written: str) -> Masters:
    """Read master keys from a setting, with commas between. Raises KeysUnusable."""
    return Masters(_read(written.split(","), SETTING), SETTING)


def masters_in(file: Path) -> Masters:
    """Read the master keys in a file that nobody but its owner can read. Raises KeysUnusable."""
    try:
        mode = file.stat().st_mode
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        message = f"{file} can't be read: {error.strerror} -> {READABLE}"
        raise KeysUnusable(message) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = f"{file} can be read by others -> chmod 600 {file}"
        raise KeysUnusable(message)
    plain = [line for line in lines if line.strip() and not line.startswith("#")]
    return Masters(_read(plain, str(file)), str(file), file)


def make_file(file: Path) -> Masters:
    """Draw a master key and keep it in a new file; one that somebody else made first stays.

    Raises KeysUnusable.
    """
    try:
        _write(file, [secrets.token_bytes(KEY_BYTES)], new=True)
    except FileExistsError:
        pass
    except OSError as error:
        message = f"{file} can't be made: {error.strerror} -> let Kith write there, or {SETTING}"
        raise KeysUnusable(message) from error
    return masters_in(file)


def with_another(masters: Masters) -> Masters:
    """Put a new master key in front of those in the file, which stay."""
    assert masters.file  # noqa: S101 - only what lies in a file can be changed
    drawn = [secrets.token_bytes(KEY_BYTES), *(key.secret for key in masters.keys)]
    _write(masters.file, drawn)
    return masters_in(masters.file)


def only_newest(masters: Masters) -> Masters:
    """Take all but the newest master key out of the file."""
    assert masters.file  # noqa: S101 - only what lies in a file can be changed
    _write(masters.file, [masters.newest.secret])
    return masters_in(masters.file)


def _read(written: Sequence[str], source: str) -> tuple[Key, ...]:
    keys = tuple(_key(each.strip(), source) for each in written if each.strip())
    if not keys:
        message = f"there is no master key in {source} -> bring it back from where you keep a copy"
        raise KeysUnusable(message)
    return keys


def _key(written: str, source: str) -> Key:
    try:
        secret = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        message = (
            f"a master key in {source} is not whole -> it is 32 bytes in base64, "
            "44 characters; bring it back from where you keep a copy"
        )
        raise KeysUnusable(message)
    return Key(sha256(b"kith master key " + secret).digest()[:ID_BYTES], secret)


def _write(file: Path, drawn: Sequence[bytes], *, new: bool = False) -> None:
    """Write the file whole or not at all; it survives a power cut."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = HEAD + "".join(f"{base64.b64encode(each).decode()}\n" for each in drawn)
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        if new:
            os.link(part, file)
        else:
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    flush(file.parent)
