"""What a picture really shows: its pixels, read without a library."""

import struct
import zlib
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Pixels:
    """Rows of bytes, four a pixel: red, green, blue, opacity."""

    wide: int
    high: int
    rows: tuple[bytes, ...]

    def dark(self) -> tuple[int, int, int, int] | None:
        """Give left, top, right and bottom of all that is not white; None where nothing is."""
        white = b"\xff" * 4 * self.wide
        inked = [y for y, row in enumerate(self.rows) if row != white]
        if not inked:
            return None
        columns = [x for y in inked for x in (self._first(y), self._last(y))]
        return min(columns), inked[0], max(columns) + 1, inked[-1] + 1

    def _first(self, y: int) -> int:
        row = self.rows[y]
        return next(x for x in range(self.wide) if row[4 * x : 4 * x + 4] != b"\xff" * 4)

    def _last(self, y: int) -> int:
        row = self.rows[y]
        return next(x for x in reversed(range(self.wide)) if row[4 * x : 4 * x + 4] != b"\xff" * 4)


def size_of(png: bytes) -> tuple[int, int]:
    """Give the width and height that a PNG says it has."""
    assert png.startswith(SIGNATURE)
    wide, high = struct.unpack_from(">II", png, 16)
    return wide, high


def read(png: bytes) -> Pixels:
    """Read a PNG of eight bits, red, green, blue and opacity."""
    wide, high = size_of(png)
    assert png[24:26] == b"\x08\x06"
    at, packed = 8, b""
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    raw = zlib.decompress(packed)
    rows: list[bytes] = []
    above = bytearray(4 * wide)
    for y in range(high):
        start = y * (4 * wide + 1)
        row = bytearray(raw[start + 1 : start + 1 + 4 * wide])
        _unfilter(raw[start], row, above)
        rows.append(bytes(row))
        above = row
    return Pixels(wide, high, tuple(rows))


def _unfilter(kind: int, row: bytearray, above: bytearray) -> None:
    for x in range(len(row)):
        left = row[x - 4] if x >= 4 else 0
        corner = above[x - 4] if x >= 4 else 0
        guess = (0, left, above[x], (left + above[x]) // 2, _paeth(left, above[x], corner))[kind]
        row[x] = (row[x] + guess) & 0xFF


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda each: abs(guess - each))
