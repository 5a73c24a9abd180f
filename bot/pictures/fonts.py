"""The fonts of the pictures: which letters each has, and how wide they are.

Read from the font files themselves (OpenType: cmap, hhea, hmtx, head), so that nothing has to be
kept in step with them. Only horizontal advances: a joined script may be narrower, never wider.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

FOLDER: Final = Path(__file__).parent / "fonts"
REGULAR: Final = FOLDER / "AtkinsonHyperlegibleNext-Regular.ttf"
BOLD: Final = FOLDER / "AtkinsonHyperlegibleNext-Bold.ttf"
_BROADEST: Final = "NotoSans-Regular.ttf"
_EMOJI: Final = "NotoEmoji-Regular.ttf"
_HUMP: Final = re.compile("(?<=[a-z])(?=[A-Z])")
_SEGMENTS, _GROUPS = 4, 12
"""The two forms of a cmap that these fonts have: up to U+FFFF, and beyond it."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, and the advance in ems of each letter that it has."""

    file: Path
    ems: Mapping[str, float]

    @property
    def family(self) -> str:
        """Give the name by which a picture asks for it: that of its file, in words."""
        return _HUMP.sub(" ", self.file.stem.partition("-")[0])

    def has(self, letters: str) -> bool:
        """Say whether it has every one of these."""
        return self.ems.keys() >= set(letters)


@cache
def fallbacks() -> tuple[Font, ...]:
    """Give the fonts for what the first one lacks, in the order in which they are tried."""
    named = {file.name: file for file in sorted(FOLDER.glob("Noto*.ttf"))}
    between = [name for name in named if name not in {_BROADEST, _EMOJI}]
    return tuple(font(named[name]) for name in (_BROADEST, *between, _EMOJI))


@cache
def font(file: Path) -> Font:
    """Read a font file. Raises OSError, or struct.error where it is no font of these forms."""
    data = file.read_bytes()
    tables = dict(_tables(data))
    (per_em,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (metrics,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    pairs = struct.unpack_from(f">{metrics * 2}H", data, tables[b"hmtx"])
    advances = [advance / per_em for advance in pairs[::2]]
    ems = {
        chr(start + place): advances[min(glyph, metrics - 1)]
        for start, glyphs in _runs(data, tables[b"cmap"])
        for place, glyph in enumerate(glyphs)
        if glyph
    }
    return Font(file, MappingProxyType(ems))


def _tables(data: bytes) -> Iterator[tuple[bytes, int]]:
    (count,) = struct.unpack_from(">H", data, 4)
    for at in range(12, 12 + count * 16, 16):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, at)
        yield name, offset


def _runs(data: bytes, cmap: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Give the runs of the widest map that a font has: where each starts, and its glyphs."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    offsets = [struct.unpack_from(">I", data, cmap + 8 + 8 * each)[0] for each in range(count)]
    forms = {struct.unpack_from(">H", data, cmap + at)[0]: cmap + at for at in offsets}
    if _GROUPS in forms:
        yield from _groups(data, forms[_GROUPS])
    else:
        yield from _segments(data, forms[_SEGMENTS])


def _groups(data: bytes, at: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    for each in range(count):
        start, end, glyph = struct.unpack_from(">III", data, at + 16 + 12 * each)
        yield start, tuple(range(glyph, glyph + end - start + 1))


def _segments(data: bytes, at: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    many = f">{doubled // 2}H"
    ends = struct.unpack_from(many, data, at + 14)
    starts, deltas, ranges = (
        struct.unpack_from(many, data, at + 16 + doubled * each) for each in (1, 2, 3)
    )
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        span = end - start + 1
        if not ranges[place]:
            glyphs = tuple((number + deltas[place]) & 0xFFFF for number in range(start, end + 1))
        else:
            own = at + 16 + doubled * 3 + place * 2 + ranges[place]
            glyphs = struct.unpack_from(f">{span}H", data, own)
            glyphs = tuple(glyph and (glyph + deltas[place]) & 0xFFFF for glyph in glyphs)
        yield start, glyphs
