"""Nothing in a picture lies on anything else: boxes, texts, lines."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from bot.drawing.boxes import Box, Words
from bot.drawing.layout import Picture, layout
from bot.engine.script import PHASES, Script
from tests.drawing.odd import scripts
from tests.drawing.pictures import first_example, read, shipped

SHIPPED = {**shipped(), "hello": first_example()}
HAIR = 0.01
Rectangle = tuple[float, float, float, float]


def around(box: Box) -> Rectangle:
    return box.x, box.y, box.right, box.bottom


def ink(box: Box, words: Words) -> Rectangle:
    """Where a line of text is, from its highest letters to its lowest."""
    x, y = box.x + words.x, box.y + words.y
    return x, y - 0.8 * words.font.size, x + words.wide, y + 0.25 * words.font.size


def meet(one: Rectangle, two: Rectangle) -> bool:
    across = one[0] + HAIR < two[2] and two[0] + HAIR < one[2]
    return across and one[1] + HAIR < two[3] and two[1] + HAIR < one[3]


def holds(outer: Rectangle, inner: Rectangle) -> bool:
    left, top, right, bottom = outer
    return (
        left - HAIR <= inner[0]
        and top - HAIR <= inner[1]
        and inner[2] <= right + HAIR
        and inner[3] <= bottom + HAIR
    )


def stretches(picture: Picture) -> Iterator[Rectangle]:
    for line in picture.lines:
        for (x1, y1), (x2, y2) in pairwise(line.points):
            yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def boxes(picture: Picture) -> list[Box]:
    return [picture.title, *(box for box in picture.boxes if box.shape != "frame")]


def check_boxes(picture: Picture) -> None:
    frames = [box for box in picture.boxes if box.shape == "frame"]
    for one, two in combinations(boxes(picture), 2):
        assert not meet(around(one), around(two)), (one.key, two.key)
    for one, two in combinations([*frames, *picture.bands], 2):
        nested = holds(around(two), around(one))
        assert nested or not meet(around(one), around(two)), (one.key, two.key)
    for frame in frames:
        for box in boxes(picture):
            assert holds(around(frame), around(box)) or not meet(around(frame), around(box))
    for box in [*boxes(picture), *frames, *picture.bands]:
        assert holds((0, 0, picture.wide, picture.high), around(box)), box.key


def check_texts(picture: Picture) -> None:
    for box in boxes(picture):
        for words in box.words:
            assert words.font.size >= 11
            assert holds(around(box), ink(box, words)), (box.key, words)
        for one, two in combinations(box.words, 2):
            assert not meet(ink(box, one), ink(box, two)), (box.key, one, two)


def check_lines(picture: Picture) -> None:
    every = list(stretches(picture))
    for line in every:
        assert line[0] == line[2] or line[1] == line[3], "lines run across or down"
        assert holds((0, 0, picture.wide, picture.high), line)
        for box in boxes(picture):
            assert not meet(line_body(line), around(box)), (box.key, line)
    for one, two in combinations(every, 2):
        assert not lies_on(one, two), (one, two)


def line_body(line: Rectangle) -> Rectangle:
    """Give a line some body, and take a little off its ends, where it touches its boxes."""
    x1, y1, x2, y2 = line
    if x1 == x2:
        return x1 - 1, y1 + 1, x2 + 1, y2 - 1
    return x1 + 1, y1 - 1, x2 - 1, y2 + 1


def lies_on(one: Rectangle, two: Rectangle) -> bool:
    """Say whether two lines in the same direction share more than a point."""
    down = one[0] == one[2] == two[0] == two[2]
    across = one[1] == one[3] == two[1] == two[3]
    if down:
        return min(one[3], two[3]) - max(one[1], two[1]) > 1
    return across and min(one[2], two[2]) - max(one[0], two[0]) > 1


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_overlaps_in_what_is_delivered(name: str) -> None:
    """Boxes, texts and lines of every dialogue stand apart, each text inside its box."""
    picture = layout(SHIPPED[name])
    check_boxes(picture)
    check_texts(picture)
    check_lines(picture)


def long(steps: int, every: int, far: int) -> Script:
    """A dialogue through all phases, where each so-manieth step can leap so far ahead."""
    lines = ["id: talk", "title: A long one", "steps:"]
    for n in range(steps):
        phase = PHASES[n * len(PHASES) // steps]
        only = f", only if: s{n - 1} and s{n - 2}" if n % 3 == 2 else ""
        leaps = n % every == 0 and n + far < steps
        ways = f", next: [{{if: s{n} == 1, go: s{n + far}}}, {{go: s{n + 1}}}]" if leaps else ""
        lines.append(f"  - {{id: s{n}, phase: {phase}, say: How is it?, ask: words{only}{ways}}}")
    return read("\n".join(lines))


@pytest.mark.parametrize("shape", [(60, 2, 11), (100, 5, 7), (90, 1, 8)])
def test_nothing_overlaps_in_a_long_dialogue(shape: tuple[int, int, int]) -> None:
    """Many ways side by side keep apart, in lanes that are folded."""
    picture = layout(long(*shape))
    check_boxes(picture)
    check_lines(picture)


@given(scripts())
@settings(max_examples=100, deadline=None)
def test_nothing_overlaps_whatever_is_written(script: Script) -> None:
    """The same for names, conditions and ways that nobody would write."""
    picture = layout(script)
    check_boxes(picture)
    check_texts(picture)
    check_lines(picture)


def test_a_long_dialogue_fits_a_sheet() -> None:
    """The whole reflection lies on a sheet as a sheet lies on a table, in lanes that are folded."""
    picture = layout(SHIPPED["reflection"])
    assert 1.2 < picture.wide / picture.high < 2
    assert len(picture.bands) == 7
