"""The forms in which bytes can hide what they say: each gives the bytes that lie behind it."""

import base64
import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 1 << 26
SHORTEST: Final = 15
_JSON: Final = re.compile(rb"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_PERCENT: Final = re.compile(rb"%([0-9a-fA-F]{2})")
_HEX: Final = re.compile(rb"(?:[0-9a-fA-F]{2}[ :]?){15,}")
_SIXTY_FOUR: Final = re.compile(rb"[A-Za-z0-9+/_-]{4,}(?:\r?\n[A-Za-z0-9+/_-]+)*")
_SIGNS: Final = bytes([0, 9, 10, 13, *range(32, 127)])
_CERTAINLY_PACKED: Final = re.compile(
    rb"\x1f\x8b\x08|PK\x03\x04|BZh[1-9]1AY&SY|\xfd7zXZ\x00|^x[\x01\x5e\x9c\xda]"
)
_URL_SIGNS: Final = bytes.maketrans(b"-_", b"+/")
_PACKED: Final = re.compile(
    rb"(?=(?P<gzip>\x1f\x8b\x08)|(?P<zip>PK\x03\x04)|(?P<bz2>BZh[1-9]1AY&SY)"
    rb"|(?P<xz>\xfd7zXZ\x00)|(?P<zlib>[\x08\x18\x28\x38\x48\x58\x68\x78][\x01-\xff]))"
)


def _utf_16(data: bytes) -> Iterator[bytes]:
    """Letters with a zero before or behind each; UTF-32 as well."""
    if b"\0" in data:
        yield data.replace(b"\0", b"")


def _escaped(data: bytes) -> Iterator[bytes]:
    if b"\\" in data:
        yield _JSON.sub(lambda at: chr(int(at[1] or at[2], 16)).encode(errors="replace"), data)


def _percent(data: bytes) -> Iterator[bytes]:
    if _PERCENT.search(data):
        yield _PERCENT.sub(lambda at: bytes([int(at[1], 16)]), data)


def _hex(data: bytes) -> Iterator[bytes]:
    for run in _HEX.finditer(data):
        digits = re.sub(rb"[ :]", b"", run[0])
        for start in (0, 1):
            even = digits[start : len(digits) - (len(digits) - start) % 2]
            yield bytes.fromhex(even.decode())


def _base_64(data: bytes) -> Iterator[bytes]:
    for run in _SIXTY_FOUR.finditer(data):
        signs = re.sub(rb"\s", b"", run[0]).translate(_URL_SIGNS)
        if len(signs) < SHORTEST + 5:
            continue
        for start in range(4):
            whole = signs[start : len(signs) - (len(signs) - start) % 4]
            yield base64.b64decode(whole)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Whatever was compressed, wherever in the data it begins and however it ends."""
    done = 0
    for at in _PACKED.finditer(data):
        if at.start() < done:
            continue
        place = at.start()
        if at.lastgroup == "zlib" and int.from_bytes(at["zlib"], "big") % 31:
            continue
        rest = memoryview(data)[place:]
        match at.lastgroup:
            case "gzip" | "zlib":
                out, used = _inflated(rest, 47)
            case "zip":
                head = 30 + int.from_bytes(rest[26:28], "little")
                head += int.from_bytes(rest[28:30], "little")
                out, used = _inflated(rest[head:], -15)
            case "bz2":
                out, used = _opened(bz2.BZ2Decompressor(), rest)
            case _:
                out, used = _opened(lzma.LZMADecompressor(), rest)
        if len(out) >= SHORTEST:
            done = place + used
            yield out


def _inflated(data: memoryview, bits: int) -> tuple[bytes, int]:
    """Inflate as far as it goes; data that is cut off gives what came before the cut."""
    opener, out, used = zlib.decompressobj(bits), b"", 0
    try:
        for start in range(0, len(data), 1 << 16):
            out += opener.decompress(data[start : start + (1 << 16)])
            used = start
            if opener.eof or len(out) > LARGEST:
                break
    except zlib.error:
        pass
    return out, used if opener.eof else 0


def _opened(
    opener: bz2.BZ2Decompressor | lzma.LZMADecompressor, data: memoryview
) -> tuple[bytes, int]:
    try:
        return opener.decompress(data, LARGEST), 0
    except (OSError, lzma.LZMAError):
        return b"", 0


FORMS: Final[Mapping[str, Callable[[bytes], Iterator[bytes]]]] = {
    "utf-16": _utf_16,
    "escaped": _escaped,
    "percent": _percent,
    "hex": _hex,
    "base64": _base_64,
    "packed": _unpacked,
}


@dataclass(frozen=True, slots=True)
class Behind:
    """What lies behind one form: everything, and what of it could hide something once more."""

    form: str
    everything: bytes
    promising: bytes


def behind(data: bytes) -> Iterator[Behind]:
    """Give what may lie behind this data, by form."""
    for name, opened in FORMS.items():
        found = [each for each in opened(data) if SHORTEST <= len(each) <= LARGEST]
        if found:
            promising = [each for each in found if name == "packed" or _promises(each)]
            yield Behind(name, b"\n\n".join(found), b"\n\n".join(promising))


def _promises(data: bytes) -> bool:
    """Say whether this is text, or holds something packed; most words of a text are no base64."""
    signs = len(data.translate(None, _SIGNS))
    return signs * 4 < len(data) or _CERTAINLY_PACKED.search(data) is not None
