"""What the signs of a picture stand for: only those that are in it, only where there is a word."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.pictures.lettering import lines, width
from bot.pictures.parts import KINDS, PITCH, SIZE, TIES, WIDE, Box, Entry, Other, Symbol, Text

Told = tuple[Symbol, str]
ROWS: Final = 3
ROW: Final = 40
_LINE, _SHAPE = 56, 34
_TO_WORD, _BETWEEN = 12, 32
_ROOM: Final = WIDE - 2 * 24
_WORDS: Final = (320, 230, 180, 130)
"""How wide a word may be: the first with which all of them fit into three rows."""


def signs(shown: Sequence[Other], words: Mapping[str, str]) -> list[Told]:
    """Give the signs that a map of these has and that there is a word for."""
    there: list[Symbol] = [tie for tie in TIES if tie and tie in {each.tie for each in shown}]
    there += ["give"] if any(each.give for each in shown) else []
    there += ["get"] if any(each.get for each in shown) else []
    there += [kind for kind in KINDS if kind in {each.kind for each in shown}]
    return [(sign, words[sign]) for sign in there if words.get(sign)]


def rows(told: Sequence[Told]) -> list[list[Told]]:
    """Put signs and their words into rows, at most three."""
    return next(found for most in _WORDS if len(found := list(_rows(told, most))) <= ROWS)


def legend(told: Sequence[Sequence[Told]], top: float) -> tuple[Entry, ...]:
    """Set rows below each other, each in the middle."""
    return tuple(entry for place, row in enumerate(told) for entry in _set(row, top + ROW * place))


def _rows(told: Sequence[Told], most: float) -> Iterator[list[Told]]:
    row: list[Told] = []
    for sign, word in told:
        cut = (sign, lines(word, most, SIZE, most=1)[0])
        if row and _wide([*row, cut]) > _ROOM:
            yield row
            row = []
        row.append(cut)
    if row:
        yield row


def _wide(row: Sequence[Told]) -> float:
    return sum(_sign(sign) + _TO_WORD + width(word, SIZE) for sign, word in row) + _BETWEEN * (
        len(row) - 1
    )


def _sign(sign: Symbol) -> float:
    return _SHAPE if sign in KINDS else _LINE


def _set(row: Sequence[Told], top: float) -> Iterator[Entry]:
    x = (WIDE - _wide(row)) / 2
    for sign, word in row:
        wide = _sign(sign)
        text = Text(word, x + wide + _TO_WORD, top + SIZE * 0.97, begins=True)
        yield Entry(sign, Box(x, top, wide, PITCH), text)
        x = text.x + text.box.wide + _BETWEEN
