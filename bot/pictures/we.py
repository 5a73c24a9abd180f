"""The picture of a group that looks at itself as "we", as PNG: made in memory, kept nowhere."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, assert_never

from bot.pictures.ink import drawn, letters, rect
from bot.pictures.parts import WIDE
from bot.pictures.shapes import GREEN, INK, PAPER, n
from bot.pictures.svg import INNER, MIDDLE, MUTED, OUTER, RIM, SHEET
from bot.pictures.three import SIGN, Card, Part, Three, every_text, three

_GROUNDS: Final = (INNER, MIDDLE, OUTER)


def draw_we(holds: Mapping[str, Any]) -> bytes:
    """Draw Self, Other and Situation as a group shared them, and its steps; 1080 pixels wide.

    `holds` has `title`, `about`, `date`, `parts` (each with `part`, `heading`, `lines`, `more`, and
    what stands there if there is `nothing`), `next` with `steps` below it, and `more` of them. The
    same bytes for the same words; only what is given is ever drawn. It takes its time: a thread
    should do it. Raises ValueError where the letters can't be drawn.
    """
    picture = three(holds)
    return drawn(we_svg(picture), every_text(picture))


def we_svg(picture: Three) -> str:
    """Draw it as SVG. Gives well-formed XML for any text that `writable` has let through."""
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{picture.high}"'
        f' viewBox="0 0 {WIDE} {picture.high}" fill="{INK}">'
    )
    parts = [
        opening,
        f'<rect width="{WIDE}" height="{picture.high}" fill="{SHEET}"/>',
        *map(letters, picture.title),
        *_held_together(picture),
        *(each for place, card in enumerate(picture.cards) for each in _card(place, card)),
        "</svg>",
    ]
    return "\n".join(parts)


def _held_together(picture: Three) -> Iterator[str]:
    """Draw what is seen between the cards: the three are of one whole, and the steps follow."""
    if picture.cards:
        x, first = picture.cards[0].sign
        last = max(first, picture.cards[-1].box.y)
        yield f'<path d="M{n(x)} {n(first)}V{n(last)}" stroke="{GREEN}" stroke-width="8"/>'


def _card(place: int, card: Card) -> Iterator[str]:
    if card.part is None:
        yield rect(card.box, f'rx="24" fill="{GREEN}"')
        yield from (letters(text, PAPER) for text in card.heading)
        yield from (rect(plate.box, f'rx="12" fill="{PAPER}"') for plate in card.plates)
        yield from (letters(text, INK) for plate in card.plates for text in plate.texts)
        yield from (letters(text, PAPER) for text in card.below)
        return
    ground = _GROUNDS[place % len(_GROUNDS)]
    yield rect(card.box, f'rx="24" fill="{ground}" stroke="{RIM}" stroke-width="2"')
    yield from _sign(card.part, *card.sign)
    yield from map(letters, card.heading)
    yield from (rect(plate.box, f'rx="12" fill="{PAPER}"') for plate in card.plates)
    yield from (letters(text) for plate in card.plates for text in plate.texts)
    yield from (letters(text, MUTED) for text in card.below)


def _sign(part: Part, x: float, y: float) -> Iterator[str]:
    """Draw some people for Self, somebody for the Other, and a house for the Situation."""
    yield f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(SIGN)}" fill="{PAPER}"/>'
    match part:
        case "self":
            yield _figure(x - 15, y - 2, 0.7) + _figure(x + 15, y - 2, 0.7)
            yield _figure(x, y + 2, 0.95, around=PAPER)
        case "other":
            yield _figure(x, y, 1)
        case "situation":
            roof = f"M{n(x - 24)} {n(y - 1)}L{n(x)} {n(y - 23)}L{n(x + 24)} {n(y - 1)}"
            walls = f"H{n(x + 17)}V{n(y + 19)}H{n(x + 5)}V{n(y + 6)}H{n(x - 5)}V{n(y + 19)}"
            yield f'<path d="{roof}{walls}H{n(x - 17)}V{n(y - 1)}Z" fill="{GREEN}"/>'
        case _:
            assert_never(part)


def _figure(x: float, y: float, size: float, around: str = GREEN) -> str:
    """Draw a head above shoulders; `around` keeps it apart from others behind it."""
    look = f'fill="{GREEN}" stroke="{around}" stroke-width="{n(3 * (around != GREEN))}"'
    head, wide, low = 9 * size, 16 * size, y + 20 * size
    body = f"M{n(x - wide)} {n(low)}A{n(wide)} {n(wide)} 0 0 1 {n(x + wide)} {n(low)}Z"
    top = f'<circle cx="{n(x)}" cy="{n(y - 10 * size)}" r="{n(head)}" {look}/>'
    return f'<path d="{body}" {look}/>{top}'
