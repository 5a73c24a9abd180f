"""Who stands where around somebody, with what each is called; what a ring is called, and where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import cos, pi, sin
from typing import Any, Final

from bot.pictures.lettering import lines, width, writable
from bot.pictures.parts import KINDS, PITCH, SIZE, TIES, Around, Box, Node, Text, square
from bot.pictures.slots import CORNER, HIGHS, MARGIN, ME, SHAPE, Places, Slot, crosses, places

MOST: Final = 12
RINGS: Final = ("inner", "middle", "outer")
_PLATE: Final = 8
_TO_PLATE: Final = 6
_WITHIN: Final = 32
"""How far within its ring's edge the ring's word stands."""
_TURNS: Final = 48


def around(holds: Mapping[str, Any], words: Mapping[str, str], card: Box) -> Around:
    """Place the first twelve, the closest first; the height of the card is one of HIGHS or more."""
    rings = [[each for each in holds.get("around", ()) if _ring(each) == ring] for ring in RINGS]
    everybody = [each for ring in rings for each in ring]
    shown = everybody[:MOST]
    counts = [sum(_ring(each) == ring for each in shown) for ring in RINGS]
    high = next(high for high in HIGHS if high <= card.high)
    stands = places((counts[0], counts[1], counts[2]), high)
    x, y = card.x + card.wide / 2, card.y + card.high / 2
    nodes = [
        _node(each, slot, stands, words, (x, y))
        for each, slot in zip(shown, stands.slots, strict=True)
    ]
    whole = Around(
        card,
        x,
        y,
        ME,
        (stands.inner, stands.middle),
        _me(words.get("me", ""), x, y),
        tuple(nodes),
        (),
        _more(words.get("more", ""), len(everybody) - MOST, card),
    )
    return replace(whole, rings=tuple(_ring_words(whole, words)))


def _ring(each: Mapping[str, Any]) -> str:
    ring = str(each.get("ring", ""))
    return ring if ring in RINGS else RINGS[-1]


def _node(
    each: Mapping[str, Any],
    slot: Slot,
    stands: Places,
    words: Mapping[str, str],
    middle: tuple[float, float],
) -> Node:
    kind = next((kind for kind in KINDS if kind == each.get("kind")), KINDS[0])
    tie = next((tie for tie in TIES if tie == each.get("tie")), "")
    x, y = middle[0] + slot.x, middle[1] + slot.y
    name = writable(each.get("name", "")) or words.get(kind, "")
    room = stands.room.wide - 2 * _PLATE
    told = [(line, True) for line in lines(name, room, SIZE, bold=True, most=stands.room.lines)]
    told += [(line, False) for line in lines(words.get(tie, ""), room, SIZE, most=1)]
    plate, label = _plate(told, x, y, above=slot.above)
    give, get = bool(each.get("give")), bool(each.get("get"))
    return Node(kind, tie, give, get, x, y, SHAPE, plate, label)


def _plate(
    told: Sequence[tuple[str, bool]], x: float, y: float, *, above: bool
) -> tuple[Box | None, tuple[Text, ...]]:
    """Set the lines below each other on a plate that stands above or below a shape."""
    if not told:
        return None, ()
    high = PITCH * len(told)
    top = y - SHAPE - _TO_PLATE - high if above else y + SHAPE + _TO_PLATE
    label = tuple(
        Text(line, x, top + PITCH * place + SIZE * 0.97, bold=bold)
        for place, (line, bold) in enumerate(told)
    )
    wide = max(text.box.wide for text in label) + 2 * _PLATE
    return Box(x - wide / 2, top, wide, high), label


def _me(word: str, x: float, y: float) -> Text | None:
    told = lines(word, 2 * ME - 14, SIZE, bold=True, most=1)
    return Text(told[0], x, y + SIZE * 0.33, bold=True) if told else None


def _more(word: str, count: int, card: Box) -> Text | None:
    """Say how many more there are; a word that can't say it is left out."""
    if count <= 0 or not word:
        return None
    told = lines(word.replace("{count}", str(count)), CORNER[0], SIZE, most=1)
    wide = width(told[0], SIZE)
    return Text(told[0], card.right - MARGIN - wide / 2, card.bottom - MARGIN - SIZE * 0.33)


def _ring_words(whole: Around, words: Mapping[str, str]) -> Iterator[Text]:
    """Find a free spot for what each ring is called; one that has none is left out."""
    taken = [node.plate for node in whole.nodes if node.plate]
    taken += [node.box for node in whole.nodes]
    taken += [square(whole.x, whole.y, whole.radius)]
    taken += [whole.more.box] if whole.more else []
    for ring, spots in zip(RINGS, _spots(whole), strict=True):
        told = lines(words.get(ring, ""), 240, SIZE, most=1)
        free = [
            text
            for x, y in spots
            for text in [Text(told[0], x, y + SIZE * 0.33)] * bool(told)
            if _stands_free(text.box, whole.card, taken)
        ]
        if free:
            best = min(free, key=lambda text: _lines_behind(text.box, whole))
            taken.append(best.box)
            yield best


def _spots(whole: Around) -> Iterator[list[tuple[float, float]]]:
    """Give, ring by ring, where its word may stand, the best first: above, then round about."""
    turns = [sign * 2 * pi * turn / _TURNS for turn in range(_TURNS // 2) for sign in (1, -1)]
    for radius in whole.discs:
        far = radius - _WITHIN
        yield [(whole.x + far * sin(turn), whole.y - far * cos(turn)) for turn in turns]
    card = whole.card
    columns = [card.x + card.wide * part / 8 for part in (4, 1, 7, 2, 6, 3, 5)]
    yield [(x, y) for y in (card.y + 34, card.bottom - 34) for x in columns]


def _stands_free(box: Box, card: Box, taken: Sequence[Box]) -> bool:
    wider = Box(box.x - 6, box.y, box.wide + 12, box.high)
    return card.holds(wider) and not any(wider.meets(other) for other in taken)


def _lines_behind(box: Box, whole: Around) -> int:
    edges = (box.x - whole.x, box.y - whole.y, box.right - whole.x, box.bottom - whole.y)
    return sum(crosses((node.x - whole.x, node.y - whole.y), edges) for node in whole.nodes)
