"""A picture of who is around as SVG: plain shapes and text, the same for the same words."""

from collections.abc import Iterator
from math import hypot
from typing import Final

from bot.pictures.ink import letters, rect
from bot.pictures.parts import (
    HIGH,
    WIDE,
    Around,
    Band,
    Box,
    Entry,
    Node,
    Picture,
    Ring,
)
from bot.pictures.shapes import GREEN, INK, PAPER, head, line, n, shape
from bot.pictures.slots import SHAPE

SHEET: Final = "#fbfaf6"
OUTER: Final = "#eef4f0"
MIDDLE: Final = "#dfebe4"
INNER: Final = "#cbe0d5"
RIM: Final = "#6d8a7d"
MUTED: Final = "#34504a"
_GROUNDS: Final[dict[Ring, str]] = {"inner": INNER, "middle": MIDDLE, "outer": OUTER}
_CLEAR: Final = 7
"""How far from a shape its line ends."""
_KEPT: Final = 10
"""How much nearer to a shape the point of an arrow is than the middle of its foot."""


def svg(picture: Picture) -> str:
    """Draw a picture. Gives well-formed XML for any text that `writable` has let through."""
    around = picture.around
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}"'
        f' viewBox="0 0 {WIDE} {HIGH}" fill="{INK}">'
    )
    parts = [
        opening,
        f'<rect width="{WIDE}" height="{HIGH}" fill="{SHEET}"/>',
        *map(letters, picture.title),
        *_ground(around),
        *(_line(around, node) for node in around.nodes),
        *(letters(text, MUTED, _GROUNDS[ring]) for ring, text in around.rings),
        *_oneself(around),
        *(_plate(node) for node in around.nodes),
        *(shape(node.other.kind, node.x, node.y, SHAPE) for node in around.nodes),
        *(letters(text) for node in around.nodes for text in node.label),
        *(letters(text) for text in (around.more,) if text),
        *_tries(picture.tries),
        *_step(picture.step),
        *(each for entry in picture.legend for each in _entry(entry)),
        "</svg>",
    ]
    return "\n".join(parts)


def _ground(around: Around) -> Iterator[str]:
    yield rect(around.card, f'rx="28" fill="{OUTER}" stroke="{RIM}" stroke-width="2"')
    inner, middle = around.discs
    for radius, fill in ((middle, MIDDLE), (inner, INNER)):
        at = f'cx="{n(around.x)}" cy="{n(around.y)}" r="{n(radius)}"'
        yield f'<circle {at} fill="{fill}" stroke="{RIM}" stroke-width="2"/>'


def _line(around: Around, node: Node) -> str:
    """Draw the line to somebody, with a head where something is given or comes back."""
    far = hypot(node.x - around.x, node.y - around.y)
    x, y = (node.x - around.x) / far, (node.y - around.y) / far

    def at(length: float) -> tuple[float, float]:
        return around.x + x * length, around.y + y * length

    near, end = around.radius + _CLEAR, far - SHAPE - _CLEAR
    other = node.other
    drawn = line(at(near + _KEPT * other.get), at(end - _KEPT * other.give), other.tie)
    if other.give:
        drawn += head(at(near), at(end), other.tie)
    if other.get:
        drawn += head(at(end), at(near), other.tie)
    return drawn


def _oneself(around: Around) -> Iterator[str]:
    at = f'cx="{n(around.x)}" cy="{n(around.y)}" r="{n(around.radius)}"'
    yield f'<circle {at} fill="{GREEN}"/>'
    if around.me:
        yield letters(around.me, PAPER)


def _plate(node: Node) -> str:
    return rect(node.plate, f'rx="10" fill="{PAPER}"') if node.plate else ""


def _tries(band: Band | None) -> Iterator[str]:
    if band:
        look = f'rx="20" fill="{PAPER}" stroke="{GREEN}" stroke-width="3" stroke-dasharray="10 8"'
        inner = Box(band.box.x + 2, band.box.y, band.box.wide - 4, band.box.high)
        yield rect(inner, look)
        yield from (letters(text, MUTED) for text in band.called)
        for box in band.shapes:
            radius = box.wide / 2
            yield shape("place", box.x + radius, box.y + radius, radius, dashed=True)
        yield from map(letters, band.texts)


def _step(band: Band | None) -> Iterator[str]:
    if band:
        yield rect(band.box, f'rx="20" fill="{GREEN}"')
        yield from (letters(text, PAPER) for text in (*band.called, *band.texts))


def _entry(entry: Entry) -> Iterator[str]:
    box, middle = entry.box, entry.box.y + entry.box.high / 2
    match entry.symbol:
        case "easing" | "draining" | "both" as tie:
            yield line((box.x + 2, middle), (box.right - 2, middle), tie)
        case "give" | "get" as way:
            dot = f'<circle cx="{n(box.x + 11)}" cy="{n(middle)}" r="11" fill="{GREEN}"/>'
            begin, end = (box.x + 26, middle), (box.right, middle)
            tip, tail = (end, begin) if way == "give" else (begin, end)
            yield dot + line(begin, end, "") + head(tail, tip, "")
        case kind:
            yield shape(kind, box.x + box.wide / 2, middle, box.wide / 2)
    yield letters(entry.word)
