"""How wide a text will be, at most, and how it is broken into lines.

A picture is measured before anybody's font is known. The widths are those of DejaVu Sans, rounded
up: about the widest of the common fonts without serifs.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ELLIPSIS: Final = "…"
_MONO: Final = 0.605
_WIDTHS: Final = {
    letter: width
    for width, letters in (
        (0.3, "'IJijl"),
        (0.35, " ,./:;\\|·"),
        (0.4, "()-[]ft’‘\u2039\u203a"),
        (0.45, "!r"),
        (0.5, '"*_`'),
        (0.55, "?csz“”"),
        (0.6, "FLkvxy"),
        (0.65, "$0123456789EPSTYabdeghnopqu{}"),
        (0.7, "ABCKRVXZ"),
        (0.75, "NU"),
        (0.8, "&DGHOQ"),
        (0.85, "#+<=>^w~"),
        (0.9, "M"),
        (1.0, "%@Wm…—"),
    )
    for letter in letters
}
_BOLD: Final = 1.2
_WIDE: Final = 1.4
_UNKNOWN: Final = 1.1


@dataclass(frozen=True, slots=True)
class Font:
    """How a text is set; `size` in pixels."""

    size: int
    bold: bool = False
    mono: bool = False


SMALL: Final = Font(11)
STRONG: Final = Font(11, bold=True)
CODE: Final = Font(11, mono=True)
TEXT: Final = Font(12)
NAME: Final = Font(13, bold=True)
HEADING: Final = Font(17, bold=True)
TITLE: Final = Font(20, bold=True)


def width(text: str, font: Font) -> float:
    """Give the width of `text` in pixels that no common font goes beyond."""
    ems = sum(_em(letter, mono=font.mono) for letter in text)
    return ems * font.size * (_BOLD if font.bold else 1)


def _em(letter: str, *, mono: bool) -> float:
    if mono and " " <= letter <= "~":
        return _MONO
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    wide = unicodedata.east_asian_width(letter) in "WF" or letter > "\uffff"
    return _WIDE if wide else _UNKNOWN


def wrap(text: str, room: float, font: Font, *, most: int) -> tuple[str, ...]:
    """Break a text into at most `most` lines that fit into `room`; what is cut ends in "…".

    There is always one line, if an empty one.
    """
    lines: list[str] = []
    line = ""
    for word in _pieces(text.split(), room, font):
        longer = f"{line} {word}" if line else word
        if width(longer, font) <= room:
            line = longer
        else:
            lines.append(line)
            line = word
    lines = [each for each in [*lines, line] if each]
    if len(lines) <= most:
        return tuple(lines) or ("",)
    last = lines[most - 1]
    while last and width(last + ELLIPSIS, font) > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return (*lines[: most - 1], last.rstrip() + ELLIPSIS)


def _pieces(words: list[str], room: float, font: Font) -> Iterator[str]:
    """Cut words that are wider than a line."""
    for word in words:
        piece = ""
        for letter in word:
            if piece and width(piece + letter, font) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece
