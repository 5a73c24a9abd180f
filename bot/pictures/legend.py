"""What the signs of a picture stand for: only those that are in it, only where there is a word."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.pictures.lettering import lines, width
from bot.pictures.parts import KINDS, PITCH, SIZE, TIES, WIDE, Around, Box, Entry, Symbol, Text

ROWS: Final = 3
ROW: Final = 40
SIGN: Final = 56
_TO_WORD, _BETWEEN = 12, 32
_ROOM: Final = WIDE - 2 * 24
_WORDS: Final = (320, 230, 180, 130)
"""How wide a word may be: the first with which all of them fit into three rows."""


def signs(around: Around, words: Mapping[str, str]) -> list[tuple[Symbol, str]]:
    """Give the signs that a map has and that there is a word for."""
    there: list[Symbol] = [tie for tie in TIES if tie and _any(around, "tie", tie)]
    there += [way for way in ("give", "get") if _any(around, way, True)]  # type: ignore[misc]
    there += [kind for kind in KINDS if _any(around, "kind", kind)]
    return [(sign, words[sign]) for sign in there if words.get(sign)]


def rows(told: Sequence[tuple[Symbol, str]]) -> list[list[tuple[Symbol, str]]]:
    """Put signs and their words into rows, at most three."""
    return next(found for most in _WORDS if len(found := list(_rows(told, most))) <= ROWS)


def legend(told: Sequence[Sequence[tuple[Symbol, str]]], top: float) -> tuple[Entry, ...]:
    """Set rows below each other, each in the middle."""
    return tuple(
        entry for place, row in enumerate(told) for entry in _set(row, top + ROW * place)
    )


def _any(around: Around, part: str, value: object) -> bool:
    return any(getattr(node, part) == value for node in around.nodes)


def _rows(told: Sequence[tuple[Symbol, str]], most: float) -> Iterator[list[tuple[Symbol, str]]]:
    row: list[tuple[Symbol, str]] = []
    for sign, word in told:
        cut = (sign, *lines(word, most, SIZE, most=1))
        if row and _wide([*row, cut]) > _ROOM:  # type: ignore[list-item]
            yield row
            row = []
        row.append(cut)  # type: ignore[arg-type]
    if row:
        yield row


def _wide(row: Sequence[tuple[Symbol, str]]) -> float:
    words = sum(SIGN + _TO_WORD + width(word, SIZE) for _, word in row)
    return words + _BETWEEN * (len(row) - 1)


def _set(row: Sequence[tuple[Symbol, str]], top: float) -> Iterator[Entry]:
    x = (WIDE - _wide(row)) / 2
    for sign, word in row:
        box = Box(x, top, SIGN, PITCH)
        text = Text(word, x + SIGN + _TO_WORD, top + SIZE * 0.97, begins=True)
        yield Entry(sign, box, text)
        x = text.x + text.box.wide + _BETWEEN
