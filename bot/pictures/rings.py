"""What each ring is called, wherever in it there is room for the word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import cos, hypot, pi, sin
from typing import Final

from bot.pictures.lettering import lines
from bot.pictures.parts import RINGS, SIZE, Around, Box, Ring, Text, square
from bot.pictures.plates import lies_across

_MOST_WIDE: Final = 240
_TURNS: Final = 48
_WITHIN: Final = (30, 55, 80)
"""How far within the edge of its ring a word may stand."""
_FROM_EDGE: Final = 34
_ARROW: Final = 14
"""How far the head of an arrow reaches beside its line, and a little room."""


def ring_words(around: Around, words: Mapping[str, str]) -> Around:
    """Add what the rings are called, apart from everything else; without room, without a word."""
    taken = [square(around.x, around.y, around.radius), *(each.box for each in around.nodes)]
    taken += [each.plate for each in around.nodes if each.plate]
    taken += [around.more.box] if around.more else []
    found: list[tuple[Ring, Text]] = []
    for ring in RINGS:
        told = lines(words.get(ring, ""), _MOST_WIDE, SIZE, most=1)
        free = (spot for line in told for spot in _free(line, ring, around, taken))
        best = min(free, key=lambda spot: _hides(spot[1], around), default=None)
        if best:
            found.append((ring, best[0]))
            taken.append(best[1])
    return replace(around, rings=tuple(found))


def _free(
    word: str, ring: Ring, around: Around, taken: Sequence[Box]
) -> Iterator[tuple[Text, Box]]:
    here = Text(word, 0, 0).box
    for x, y in _spots(ring, around):
        text = Text(word, x, y + SIZE * 0.33)
        box = Box(here.x + text.x, here.y + text.y, here.wide, here.high)
        wider = box.grown(4)
        if _within(wider, ring, around) and not any(wider.meets(each) for each in taken):
            yield text, box


def _spots(ring: Ring, around: Around) -> Iterator[tuple[float, float]]:
    """Give where a word may stand, the best first: above, then round about."""
    card = around.card
    if ring == "outer":
        for y in (card.y + _FROM_EDGE, card.bottom - _FROM_EDGE):
            for part in (8, 2, 14, 4, 12, 6, 10):
                yield card.x + card.wide * part / 16, y
        return
    edge = around.discs[RINGS.index(ring)]
    for within in _WITHIN:
        for turn in range(_TURNS // 2 + 1):
            for angle in (2 * pi * turn / _TURNS, -2 * pi * turn / _TURNS):
                yield (
                    around.x + (edge - within) * sin(angle),
                    around.y - (edge - within) * cos(angle),
                )


def _within(box: Box, ring: Ring, around: Around) -> bool:
    """Say whether a box lies in its ring alone."""
    across = [abs(x - around.x) for x in (box.x, box.right)]
    down = [abs(y - around.y) for y in (box.y, box.bottom)]
    furthest = hypot(max(across), max(down))
    over_x = box.x <= around.x <= box.right
    over_y = box.y <= around.y <= box.bottom
    nearest = hypot(0 if over_x else min(across), 0 if over_y else min(down))
    inner, middle = around.discs
    match ring:
        case "inner":
            return furthest < inner
        case "middle":
            return nearest > inner and furthest < middle
        case "outer":
            return nearest > middle and around.card.holds(box)


def _hides(box: Box, around: Around) -> int:
    """Count the lines that a word would lie on, or touch with the head of an arrow."""
    return sum(lies_across(box.grown(_ARROW), node, around) for node in around.nodes)
