"""The picture itself: its size, its letters, what it never shows."""

import re
from random import Random
from xml.etree import ElementTree as ET

from bot.pictures.layout import layout
from bot.pictures.map import draw_map
from bot.pictures.shapes import GREEN, INK, PAPER, SLATE, VIOLET, stroke
from bot.pictures.svg import INNER, MIDDLE, MUTED, OUTER, SHEET, svg
from tests.pictures.maps import WORDS, any_map, around
from tests.pictures.pixels import size_of

HOLDS = {
    "title": "Who is around me",
    "date": "23 November 2026",
    "around": around("inner", "middle", "outer"),
    "could_try": ["Tea and Talk"],
    "next_step": "Ring Sam",
    "words": WORDS,
}


def test_it_is_a_png_of_its_size_and_always_the_same():
    """1080 by 1350, under 300 kB; twice the same bytes for the same words."""
    png = draw_map(HOLDS)
    assert size_of(png) == (1080, 1350)
    assert len(png) < 300_000
    assert draw_map(HOLDS) == png


def test_any_map_can_be_drawn():
    """Whatever somebody is called; a map without anything is a picture too."""
    chance = Random(10)
    for _ in range(5):
        assert size_of(draw_map(any_map(chance))) == (1080, 1350)
    assert size_of(draw_map({})) == (1080, 1350)


def test_it_is_well_formed_whatever_a_name_holds():
    """Markup in a name is a name; all that is written can be found again."""
    name = "<&\"'>]]></text>"
    source = svg(layout({"around": [{**around("inner")[0], "name": name}], "words": WORDS}))
    tree = ET.fromstring(source)  # noqa: S314 - our own
    said = "".join(tree.itertext())
    assert "<&\"'>]]>" in said
    chance = Random(11)
    for _ in range(60):
        ET.fromstring(svg(layout(any_map(chance))))  # noqa: S314 - our own


def test_it_fetches_nothing():
    """No link, no picture within, no style from elsewhere."""
    source = svg(layout(HOLDS))
    assert not re.search(r"href|url\(|<image|<style|<script|<foreign", source)
    assert source.count("http") == 1, "but for the name of the format"


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, two: str) -> float:
    bright, dark = sorted((_light(one), _light(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_it_has_contrast_enough():
    """Text 4.5 to 1 at least, lines and shapes 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    for ground in (SHEET, OUTER, MIDDLE, INNER, PAPER):
        assert _contrast(INK, ground) >= 7
        assert _contrast(MUTED, ground) >= 4.5
        for colour in (GREEN, SLATE, VIOLET):
            assert _contrast(colour, ground) >= 3
    assert _contrast(PAPER, GREEN) >= 4.5


def test_lines_differ_in_more_than_colour():
    """Solid, in short dots, dashed: no two alike without colour, and the hard ones are thinner."""
    bare = {
        tie: re.sub('stroke="[^"]*"', "", stroke(tie)) for tie in ("easing", "draining", "both", "")
    }
    assert len(set(bare.values())) == 4
    widths = {tie: int(re.search(r'stroke-width="(\d+)"', bare[tie])[1]) for tie in bare}
    assert widths["draining"] < widths["both"] < widths["easing"]
    assert "dasharray" not in bare["easing"]
