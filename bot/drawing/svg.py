"""A picture as SVG: plain shapes and text that any browser shows and any printer prints."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from bot.drawing.boxes import Box, Shape, Words
from bot.drawing.layout import layout
from bot.drawing.lines import Line, Point
from bot.drawing.wording import HOW_TO_READ, summary
from bot.engine.script import Script

SANS: Final = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
MONO: Final = "Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace"
INK: Final = "#1a1a1a"
LINE: Final = "#333333"
EDGE: Final = "#8c8c8c"
PAPER: Final = "#ffffff"
BAND: Final = "#eeeeee"
GATE: Final = "#dcdcdc"
FRAME: Final = "#f7f7f7"
_NO_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML can't hold at all."""
_HEAD_LONG, _HEAD_WIDE = 8, 4
_ROUND: Final = 4

_LOOKS: Final[dict[Shape, str]] = {
    "band": f'fill="{BAND}" stroke="{EDGE}"',
    "begin": f'fill="{PAPER}" stroke="{INK}" stroke-width="2" rx="11"',
    "frame": f'fill="{FRAME}" stroke="{LINE}" stroke-dasharray="5 3"',
    "gate": f'fill="{GATE}" stroke="{LINE}"',
    "otherwise": f'fill="{PAPER}" stroke="{LINE}" stroke-dasharray="2 2"',
    "then": f'fill="{GATE}" stroke="{LINE}"',
    "step": f'fill="{PAPER}" stroke="{INK}" stroke-width="1.5"',
    "call": f'fill="{PAPER}" stroke="{INK}" stroke-width="1.5"',
    "way": f'fill="{PAPER}" stroke="{LINE}"',
    "end": f'fill="{INK}" stroke="{INK}"',
}
"""How each shape is drawn; grey only, so that nothing is lost in print."""


def svg(script: Script) -> str:
    """Draw a script. Gives well-formed XML for any text, and the same for the same script."""
    picture = layout(script)
    wide, high = round(picture.wide), round(picture.high)
    title = script.title or script.id
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
        f' viewBox="0 0 {wide} {high}" font-family={quoteattr(SANS)} fill="{INK}"'
        ' role="document" aria-labelledby="title desc">'
    )
    return "\n".join(
        [
            opening,
            f'<title id="title">{_text(title)}</title>',
            f'<desc id="desc">{_text(f"{summary(script)}. {HOW_TO_READ}")}</desc>',
            f'<rect width="{wide}" height="{high}" fill="{PAPER}"/>',
            *(_box(band) for band in picture.bands),
            *(_box(box) for box in picture.boxes if box.shape == "frame"),
            *(_line(line) for line in picture.lines),
            _box(picture.title),
            *(_box(box) for box in picture.boxes if box.shape != "frame"),
            "</svg>",
            "",
        ]
    )


def _box(box: Box) -> str:
    parts = [f"<title>{_text(box.title)}</title>"] if box.title else []
    if box.shape in _LOOKS:
        place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.wide)}" height="{_n(box.high)}"'
        parts.append(f"<rect {place} {_LOOKS[box.shape]}/>")
    if box.shape == "call":
        inner = f"M{_n(box.x + 4)} {_n(box.y)}V{_n(box.bottom)}M{_n(box.right - 4)} {_n(box.y)}"
        parts.append(f'<path d="{inner}V{_n(box.bottom)}" stroke="{INK}"/>')
    fill = f' fill="{PAPER}"' if box.shape == "end" else ""
    parts += [_words(box, words, fill) for words in box.words]
    return f"<g>{''.join(parts)}</g>"


def _words(box: Box, words: Words, fill: str) -> str:
    looks = f' font-weight="bold"{fill}' if words.font.bold else fill
    if words.font.mono:
        looks += f" font-family={quoteattr(MONO)}"
    place = f'x="{_n(box.x + words.x)}" y="{_n(box.y + words.y)}"'
    return f'<text {place} font-size="{words.font.size}"{looks}>{_text(words.text)}</text>'


def _line(line: Line) -> str:
    *_, before, end = line.points
    points = list(line.points)
    head = ""
    if line.head:
        back, head = _head(before, end)
        points[-1] = back
    dashes = ' stroke-dasharray="2 3"' if line.dotted else ""
    path = f'<path d="{_rounded(points)}" fill="none" stroke="{LINE}" stroke-width="1.4"{dashes}/>'
    return path + head


def _head(before: Point, end: Point) -> tuple[Point, str]:
    """Draw the head of an arrow at `end`; give where its line stops as well."""
    (x, y), across = end, before[1] == end[1]
    sign = 1 if (end[0] > before[0] if across else end[1] > before[1]) else -1
    back = (x - sign * _HEAD_LONG, y) if across else (x, y - sign * _HEAD_LONG)
    wings = [(back[0], y - _HEAD_WIDE), (back[0], y + _HEAD_WIDE)]
    if not across:
        wings = [(x - _HEAD_WIDE, back[1]), (x + _HEAD_WIDE, back[1])]
    path = "L".join(f"{_n(a)} {_n(b)}" for a, b in (end, *wings))
    return back, f'<path d="M{path}Z" fill="{LINE}"/>'


def _rounded(points: Sequence[Point]) -> str:
    return f"M{_n(points[0][0])} {_n(points[0][1])}" + "".join(_turns(points))


def _turns(points: Sequence[Point]) -> Iterator[str]:
    for place, ((x, y), corner) in enumerate(pairwise(points)):
        if place + 2 == len(points):
            yield f"L{_n(corner[0])} {_n(corner[1])}"
            return
        after = points[place + 2]
        room = min(_far((x, y), corner), _far(corner, after)) / 2
        near, beyond = (_towards(corner, each, min(_ROUND, room)) for each in ((x, y), after))
        yield f"L{_n(near[0])} {_n(near[1])}Q{_n(corner[0])} {_n(corner[1])}"
        yield f" {_n(beyond[0])} {_n(beyond[1])}"


def _far(one: Point, two: Point) -> float:
    return abs(one[0] - two[0]) + abs(one[1] - two[1])


def _towards(start: Point, end: Point, length: float) -> Point:
    far = _far(start, end) or 1
    return tuple(a + (b - a) * length / far for a, b in zip(start, end, strict=True))  # type: ignore[return-value]


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
