"""The SVG: well-formed whatever is written, whole, readable without colour, and its own."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from bot.drawing.svg import BAND, FRAME, GATE, INK, LINE, PAPER, svg
from bot.engine.script import Script
from tests.drawing.odd import scripts
from tests.drawing.pictures import first_example, shipped

SHIPPED = {**shipped(), "hello": first_example()}
SPACE = "{http://www.w3.org/2000/svg}"


def parsed(script: Script) -> ET.Element:
    return ET.fromstring(svg(script))  # noqa: S314 - our own text


def texts(script: Script, tag: str) -> list[str]:
    return [each.text or "" for each in parsed(script).iter(f"{SPACE}{tag}")]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_step_and_condition_is_there(name: str) -> None:
    """Each step can be read, and each condition in full where one points at it."""
    script = SHIPPED[name]
    words, full = texts(script, "text"), "\n".join(texts(script, "title"))
    for step in script.steps.values():
        assert step.id in words
        conditions = [step.only_if, *(edge.when for edge in step.edges)]
        for condition in conditions:
            assert condition is None or condition.source in full, step.id


@given(scripts())
@settings(max_examples=60, deadline=None)
def test_any_text_is_well_formed(script: Script) -> None:
    """No name, title or condition breaks the file or slips a tag into it."""
    tags = {each.tag.removeprefix(SPACE) for each in parsed(script).iter()}
    assert tags <= {"svg", "title", "desc", "rect", "g", "path", "text"}
    svg(script).encode()


def test_the_same_script_is_the_same_picture() -> None:
    """The picture under version control changes only when the dialogue does."""
    for script in SHIPPED.values():
        assert svg(script) == svg(script)


def test_it_says_what_it_is() -> None:
    """A screen reader is told the title, and how to read the picture."""
    root = parsed(SHIPPED["reflection"])
    named = {each.get("id"): each.text or "" for each in root if each.get("id")}
    assert root.get("aria-labelledby") == "title desc"
    assert named["title"] == "A reflection"
    assert "Each lane is a phase" in named["desc"]


def test_it_fetches_and_runs_nothing() -> None:
    """No script, no font, no address: the picture stays the same on any machine."""
    drawn = svg(SHIPPED["reflection"]).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|<script|href|@import|url\(|\bon\w+=", drawn)


def brightness(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    dark, light = sorted((brightness(one), brightness(two)))
    return (light + 0.05) / (dark + 0.05)


def test_it_can_be_read_in_black_and_white() -> None:
    """Greys only; text and lines stand out from whatever lies under them."""
    colours = set(re.findall(r"#[0-9a-f]{6}", svg(SHIPPED["reflection"])))
    assert all(each[1:3] == each[3:5] == each[5:7] for each in colours)
    for ink, ground in [
        (INK, PAPER),
        (INK, GATE),
        (INK, BAND),
        (LINE, PAPER),
        (LINE, BAND),
        (LINE, FRAME),
    ]:
        assert contrast(ink, ground) >= 4.5
