"""Who stands where around somebody, and on which side: the closest first, twelve at most."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.pictures.lettering import lines, width, writable
from bot.pictures.parts import KINDS, RINGS, SIZE, TIES, Around, Box, Node, Other, Text, Tie
from bot.pictures.plates import labelled
from bot.pictures.rings import ring_words
from bot.pictures.slots import CORNER, HIGHS, MARGIN, ME, places

MOST: Final = 12


def others(holds: Mapping[str, Any]) -> list[Other]:
    """Read who is around; a value that is not known is the plainest one."""
    return [_other(each) for each in holds.get("around", ())]


def closest(everybody: Sequence[Other]) -> list[Other]:
    """Give the first twelve from the middle outwards, in the order in which they were given."""
    outwards = sorted(range(len(everybody)), key=lambda each: RINGS.index(everybody[each].ring))
    return [everybody[each] for each in sorted(outwards[:MOST])]


def around(shown: Sequence[Other], left: int, words: Mapping[str, str], card: Box) -> Around:
    """Place twelve at most, and say how many are left.

    The card is as high as the least of HIGHS, or higher.
    """
    rings = tuple(RINGS.index(each.ring) for each in shown)
    stands = places(rings, next(high for high in HIGHS if high <= card.high))
    x, y = card.x + card.wide / 2, card.y + card.high / 2
    nodes = [
        Node(other, x + slot.x, y + slot.y, None, ())
        for other, slot in zip(shown, stands.slots, strict=True)
    ]
    discs = (stands.inner, stands.middle)
    more = _more(words.get("more", ""), left, card)
    bare = Around(card, x, y, ME, discs, _me(words.get("me", ""), x, y), tuple(nodes), (), more)
    return ring_words(labelled(bare, words, stands.room), words)


def _other(each: Mapping[str, Any]) -> Other:
    kind = next((kind for kind in KINDS if kind == each.get("kind")), KINDS[0])
    ring = next((ring for ring in RINGS if ring == each.get("ring")), RINGS[-1])
    tie: Tie = next((tie for tie in TIES if tie == each.get("tie")), "")
    name = writable(each.get("name", ""))
    return Other(name, kind, ring, tie, bool(each.get("give")), bool(each.get("get")))


def _me(word: str, x: float, y: float) -> Text | None:
    told = lines(word, 2 * ME - 14, SIZE, bold=True, most=1)
    return Text(told[0], x, y + SIZE * 0.33, bold=True) if told else None


def _more(word: str, count: int, card: Box) -> Text | None:
    """Say how many more there are, where there is a word for it."""
    if count <= 0 or not word:
        return None
    told = lines(word.replace("{count}", str(count)), CORNER[0], SIZE, most=1)
    wide = width(told[0], SIZE)
    return Text(told[0], card.right - MARGIN - wide / 2, card.bottom - MARGIN - SIZE * 0.33)
