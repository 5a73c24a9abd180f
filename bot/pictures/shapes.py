"""The signs of a picture as SVG: what stands for each kind, and how each line is drawn.

Nothing is said by colour alone: each kind has a shape of its own, each line a way of its own.
"""

from math import hypot
from typing import Final, assert_never

from bot.pictures.parts import Kind, Tie

INK: Final = "#16302c"
GREEN: Final = "#0b5a4e"
SLATE: Final = "#4a5560"
VIOLET: Final = "#4b3f8f"
PAPER: Final = "#ffffff"
_HEAD_LONG, _HEAD_WIDE = 17, 10


def shape(kind: Kind, x: float, y: float, radius: float, *, dashed: bool = False) -> str:
    """Draw what stands for a kind, no further from its middle than `radius`."""
    look = f'fill="{PAPER}" stroke="{GREEN}" stroke-width="5" stroke-linejoin="round"'
    if dashed:
        look += ' stroke-dasharray="8 6"'
    r = radius - 2.5
    match kind:
        case "person":
            return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" {look}/>'
        case "group":
            inner = f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r / 2.2)}" fill="{GREEN}"/>'
            return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" {look}/>{inner}'
        case "place":
            s = r * 0.9
            at = f'x="{n(x - s)}" y="{n(y - s)}" width="{n(2 * s)}" height="{n(2 * s)}"'
            return f'<rect {at} rx="{n(s / 3.5)}" {look}/>'
        case "activity":
            return _outline([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], look)
        case "animal":
            # a head with two ears
            ears = [(-0.95, -1.0), (-0.35, -0.62), (0.35, -0.62), (0.95, -1.0)]
            chin = [(0.95, 0.2), (0.4, 0.95), (-0.4, 0.95), (-0.95, 0.2)]
            return _outline([(x + a * r, y + b * r) for a, b in ears + chin], look)
        case _:
            assert_never(kind)


def stroke(tie: Tie) -> str:
    """Say how a line is drawn: solid, in short dots, dashed; a thin one where nothing is said."""
    match tie:
        case "easing":
            return f'stroke="{GREEN}" stroke-width="8"'
        case "draining":
            return f'stroke="{SLATE}" stroke-width="4" stroke-dasharray="0.1 10" ' + _ROUND
        case "both":
            return f'stroke="{VIOLET}" stroke-width="6" stroke-dasharray="20 11"'
        case "":
            return f'stroke="{SLATE}" stroke-width="2"'
        case _:
            assert_never(tie)


def line(start: tuple[float, float], end: tuple[float, float], tie: Tie) -> str:
    """Draw a line."""
    (a, b), (c, d) = start, end
    return f'<path d="M{n(a)} {n(b)}L{n(c)} {n(d)}" fill="none" {stroke(tie)}/>'


def head(start: tuple[float, float], end: tuple[float, float], tie: Tie) -> str:
    """Draw the head of an arrow from `start` with its tip at `end`."""
    far = hypot(end[0] - start[0], end[1] - start[1]) or 1
    x, y = (end[0] - start[0]) / far, (end[1] - start[1]) / far
    back = end[0] - x * _HEAD_LONG, end[1] - y * _HEAD_LONG
    wings = [(back[0] - y * w, back[1] + x * w) for w in (_HEAD_WIDE, -_HEAD_WIDE)]
    return _outline([end, *wings], f'fill="{_COLOURS[tie]}"')


_ROUND: Final = 'stroke-linecap="round"'
_COLOURS: Final[dict[Tie, str]] = {"easing": GREEN, "draining": SLATE, "both": VIOLET, "": SLATE}


def _outline(points: list[tuple[float, float]], look: str) -> str:
    path = "L".join(f"{n(x)} {n(y)}" for x, y in points)
    return f'<path d="M{path}Z" {look}/>'


def n(number: float) -> str:
    """Write a number of pixels."""
    return f"{number:.1f}".removesuffix(".0")
