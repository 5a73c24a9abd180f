"""A picture of who is around as SVG: plain shapes and text, the same for the same words."""

from collections.abc import Iterator
from math import hypot
from typing import Final
from xml.sax.saxutils import escape

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
    Text,
)
from bot.pictures.shapes import GREEN, INK, PAPER, head, line, n, shape
from bot.pictures.slots import SHAPE
from bot.pictures.stretches import stretches

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
        *map(_text, picture.title),
        *_ground(around),
        *(_line(around, node) for node in around.nodes),
        *(_text(text, MUTED, _GROUNDS[ring]) for ring, text in around.rings),
        *_oneself(around),
        *(_plate(node) for node in around.nodes),
        *(shape(node.other.kind, node.x, node.y, SHAPE) for node in around.nodes),
        *(_text(text) for node in around.nodes for text in node.label),
        *(_text(text) for text in (around.more,) if text),
        *_tries(picture.tries),
        *_step(picture.step),
        *(each for entry in picture.legend for each in _entry(entry)),
        "</svg>",
    ]
    return "\n".join(parts)


def _ground(around: Around) -> Iterator[str]:
    yield _rect(around.card, f'rx="28" fill="{OUTER}" stroke="{RIM}" stroke-width="2"')
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
        yield _text(around.me, PAPER)


def _plate(node: Node) -> str:
    return _rect(node.plate, f'rx="10" fill="{PAPER}"') if node.plate else ""


def _tries(band: Band | None) -> Iterator[str]:
    if band:
        look = f'rx="20" fill="{PAPER}" stroke="{GREEN}" stroke-width="3" stroke-dasharray="10 8"'
        inner = Box(band.box.x + 2, band.box.y, band.box.wide - 4, band.box.high)
        yield _rect(inner, look)
        yield from (_text(text, MUTED) for text in band.called)
        for box in band.shapes:
            radius = box.wide / 2
            yield shape("place", box.x + radius, box.y + radius, radius, dashed=True)
        yield from map(_text, band.texts)


def _step(band: Band | None) -> Iterator[str]:
    if band:
        yield _rect(band.box, f'rx="20" fill="{GREEN}"')
        yield from (_text(text, PAPER) for text in (*band.called, *band.texts))


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
    yield _text(entry.word)


def _rect(box: Box, look: str) -> str:
    place = f'x="{n(box.x)}" y="{n(box.y)}" width="{n(box.wide)}" height="{n(box.high)}"'
    return f"<rect {place} {look}/>"


def _text(text: Text, colour: str = INK, ground: str = "") -> str:
    looks = f'font-size="{text.size}" fill="{colour}"'
    looks += ' font-weight="700"' if text.bold else ""
    if ground:
        looks += f' stroke="{ground}" stroke-width="6" paint-order="stroke"'
    return "".join(
        f'<text x="{n(each.x)}" y="{n(text.y)}" text-anchor="{each.anchor}"'
        f' font-family="{each.family}" {looks}>{escape(each.letters)}</text>'
        for each in stretches(text)
    )
