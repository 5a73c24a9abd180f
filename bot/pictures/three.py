"""Where everything stands on the picture of a group: three parts below each other, then steps.

Each part is a card with a sign, a heading, and its lines on plates. The page is as high as it has
to be, so that nothing is pressed together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from bot.drawing.measure import ELLIPSIS
from bot.pictures.lettering import from_right, lines, writable
from bot.pictures.parts import EDGE, PITCH, SIZE, WIDE, Box, Text, stack

MOST_ROWS: Final = 2
"""A line that needs more rows is cut; the text beside the picture says all of it."""
_INNER: Final = WIDE - 2 * EDGE
_TITLE: Final = 42
_HEADING: Final = 34
_PAD: Final = 20
_GAP: Final = 10
_BETWEEN: Final = 26
"""Between two cards: there the line is seen that holds them together."""
SIGN: Final = 34
_COLUMN: Final = EDGE + 2 * _PAD + 2 * SIGN
"""Where what is written on a card begins, right of its sign."""
Part = Literal["self", "other", "situation"]
_PARTS: Final[tuple[Part, ...]] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Plate:
    """A line of its own, on a ground of its own."""

    box: Box
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One part of the picture, with the middle of its sign; the card of the steps is no part."""

    box: Box
    part: Part | None
    sign: tuple[float, float]
    heading: tuple[Text, ...]
    plates: tuple[Plate, ...]
    below: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Three:
    """The whole of it, and how high it is."""

    title: tuple[Text, ...]
    cards: tuple[Card, ...]
    high: int


def three(holds: Mapping[str, Any]) -> Three:
    """Lay the picture out. What is missing is left out; nothing is ever on top of anything else."""
    title, top = _title(holds)
    cards: list[Card] = []
    for part in holds.get("parts", ()):
        which = next((each for each in _PARTS if each == part.get("part")), _PARTS[0])
        below = part.get("more", "") if part.get("lines") else part.get("nothing", "")
        cards.append(_card(which, part.get("heading", ""), part.get("lines", ()), below, top))
        top = cards[-1].box.bottom + _BETWEEN
    if steps := holds.get("steps", ()):
        cards.append(_card(None, holds.get("next", ""), steps, holds.get("more", ""), top))
        top = cards[-1].box.bottom + _BETWEEN
    return Three(title, tuple(cards), round(top - _BETWEEN * bool(cards) + EDGE))


def every_text(picture: Three) -> Iterator[Text]:
    """Give each line of text that the picture has."""
    yield from picture.title
    for card in picture.cards:
        yield from card.heading
        yield from (text for plate in card.plates for text in plate.texts)
        yield from card.below


def _title(holds: Mapping[str, Any]) -> tuple[tuple[Text, ...], float]:
    """Set the title and what stands below it; give where the cards may begin."""
    told: list[Text] = []
    top = float(EDGE)
    about = " · ".join(
        each for each in (writable(holds.get("about", "")), writable(holds.get("date", ""))) if each
    )
    for words, size, most in ((writable(holds.get("title", "")), _TITLE, 2), (about, SIZE, 1)):
        rows = stack(words, WIDE / 2, 0, room=_INNER, most=most, size=size, bold=size > SIZE)
        told += _down(rows, top)
        top += _high(rows)
    return tuple(told), top + (_PAD if told else 0)


def _card(part: Part | None, heading: str, said: object, below: str, top: float) -> Card:
    left = _COLUMN if part else EDGE + _PAD
    room = WIDE - EDGE - _PAD - left
    head = _down(_rows(heading, left, room, most=2, size=_HEADING), top + _PAD)
    at = top + _PAD + _high(head) + _GAP * bool(head)
    sign = (EDGE + _PAD + SIGN, top + _PAD + SIGN)
    listed = said if isinstance(said, list | tuple) else ()
    plates = tuple(_plates(listed, Box(left, at, room, 0)))
    at = max([at, *(plate.box.bottom + _GAP for plate in plates)])
    rest = _down(_rows(below, left, room, most=1), at)
    bottom = at + _high(rest) + (_PAD if rest or not plates else _GAP)
    bottom = max(bottom, sign[1] + SIGN + _PAD) if part else bottom
    return Card(Box(EDGE, top, _INNER, bottom - top), part, sign, head, plates, rest)


def _plates(said: Sequence[object], room: Box) -> Iterator[Plate]:
    """Give each line a plate as wide as it is; short ones stand beside each other."""
    x, y, low = room.x, room.y, room.y
    for each in said:
        # what no font here can write is said in the words beside the picture
        rows = _rows(writable(each) or ELLIPSIS, 0, room.wide - 2 * _PAD, most=MOST_ROWS)
        begins = min(row.x for row in rows)
        wide = max(row.box.right for row in rows) - begins + 2 * _PAD
        if x > room.x and x + wide > room.right:
            x, y = room.x, low + _GAP
        box = Box(x, y, wide, _high(rows) + 2 * _GAP)
        moved = [replace(row, x=row.x - begins + x + _PAD) for row in rows]
        if len(moved) == 1:
            moved = [replace(moved[0], x=x + wide / 2, begins=False)]
        yield Plate(box, _down(moved, y + _GAP))
        x, low = box.right + _GAP, max(low, box.bottom)


def _rows(
    words: object, left: float, room: float, *, most: int, size: int = SIZE
) -> tuple[Text, ...]:
    """Break words into rows from the height 0; each begins on the side from which it is read."""
    pitch, bold = size * PITCH / SIZE, size > SIZE
    told = []
    turned = False
    for place, line in enumerate(lines(writable(words), room, size, bold=bold, most=most)):
        # the first row says from where all of it is read
        turned = from_right(line) if place == 0 else turned
        row = Text(line, left, size * 0.97 + pitch * place, size, bold, begins=True)
        told.append(
            Text(line, left + room - row.box.wide, row.y, size, bold, begins=True)
            if turned
            else row
        )
    return tuple(told)


def _down(rows: Sequence[Text], top: float) -> tuple[Text, ...]:
    """Move rows so that the first begins at a height."""
    by = top - min((row.box.y for row in rows), default=0)
    return tuple(replace(row, y=row.y + by) for row in rows)


def _high(rows: Sequence[Text]) -> float:
    return sum(row.box.high for row in rows)
