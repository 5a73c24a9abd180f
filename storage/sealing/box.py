"""One sealed value: AES-256-GCM, bound to the table, the column, the row and the person it is of.

Laid out as a format byte, the id of the key, the nonce, and what is sealed with its tag. The nonce
is random, 96 bits; a key seals far fewer than the 2^32 values that are safe under one
(NIST SP 800-38D, section 8.3).
"""

import secrets
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT: Final = b"\x01"
ID_BYTES: Final = 8
NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32
_NONCE_AT: Final = len(FORMAT) + ID_BYTES
_BODY_AT: Final = _NONCE_AT + NONCE_BYTES


class Unreadable(Exception):
    """A sealed value can't be opened: changed, moved from elsewhere, or not under this key."""


class KeyLost(Unreadable):
    """The key that a value was sealed under is not there."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key and the id that stands in whatever it has sealed. It never shows itself."""

    id: bytes
    secret: bytes = field(repr=False)
    cipher: AESGCM = field(init=False, repr=False, compare=False)
    """Made once: that costs as much as sealing something."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "cipher", AESGCM(self.secret))


def new_key() -> Key:
    """Draw a key that nobody has drawn before."""
    return Key(secrets.token_bytes(ID_BYTES), secrets.token_bytes(KEY_BYTES))


def place(table: str, column: str, row: str, person: str) -> bytes:
    """Say where a value belongs; it opens nowhere else."""
    return f"kith|{table}|{column}|{row}|{person}".encode()


def seal(key: Key, plain: bytes, where: bytes) -> bytes:
    """Seal a value for one place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return b"".join((FORMAT, key.id, nonce, key.cipher.encrypt(nonce, plain, where)))


def key_id_of(sealed: bytes) -> bytes:
    """Give the id of the key that a value was sealed under. Raises Unreadable for other bytes."""
    if len(sealed) < _BODY_AT or not sealed.startswith(FORMAT):
        raise Unreadable
    return sealed[len(FORMAT) : _NONCE_AT]


def sealed_under(sealed: bytes, keys: AbstractSet[bytes]) -> bool:
    """Say whether a value was sealed under one of the keys with these ids."""
    return sealed.startswith(FORMAT) and sealed[len(FORMAT) : _NONCE_AT] in keys


def unseal(key: Key, sealed: bytes, where: bytes) -> bytes:
    """Open a value that was sealed for this place. Raises Unreadable."""
    if key_id_of(sealed) != key.id:
        raise Unreadable
    try:
        return key.cipher.decrypt(sealed[_NONCE_AT:_BODY_AT], sealed[_BODY_AT:], where)
    except InvalidTag:
        raise Unreadable from None
