"""What each is called: on a plate beside its shape, on the side away from the middle.

Everybody has the room that their slot gives; a name that needs more takes it where it is free.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.pictures.lettering import flaws, lines
from bot.pictures.parts import PITCH, SIZE, Around, Box, Node, Text, square
from bot.pictures.slots import GAP, SHAPE, Room, crosses

_PAD: Final = 8
_OFF: Final = 6
_ROOMS: Final = ((0, 1), (24, 1), (56, 1), (0, 2), (24, 2), (56, 2), (110, 2))
"""How much wider than its slot a name may be, and on how many lines, the best first."""


def labelled(around: Around, words: Mapping[str, str], room: Room) -> Around:
    """Give everybody their name and the word of their line, apart from everything else."""
    nodes = [_named(node, around, words, room.wide, room.lines) for node in around.nodes]
    for place, node in enumerate(nodes):
        rest = [*nodes[:place], *nodes[place + 1 :]]
        nodes[place] = _best(node, rest, around, words, room)
    return replace(around, nodes=tuple(nodes))


def _named(node: Node, around: Around, words: Mapping[str, str], wide: float, most: int) -> Node:
    room = wide - 2 * _PAD
    told = [(line, True) for line in lines(_called(node, words), room, SIZE, bold=True, most=most)]
    told += [(line, False) for line in lines(words.get(node.other.tie, ""), room, SIZE, most=1)]
    if not told:
        return node
    high = PITCH * len(told)
    top = node.y - SHAPE - _OFF - high if node.y < around.y else node.y + SHAPE + _OFF
    label = tuple(
        Text(line, node.x, top + PITCH * place + SIZE * 0.97, bold=bold)
        for place, (line, bold) in enumerate(told)
    )
    broad = max(text.box.wide for text in label) + 2 * _PAD
    return replace(node, plate=Box(node.x - broad / 2, top, broad, high), label=label)


def _best(
    node: Node, rest: Sequence[Node], around: Around, words: Mapping[str, str], room: Room
) -> Node:
    """Give the first way to write a name that has no flaw, else the one with the least."""
    best, least = node, _flaws(node, words)
    for more, most in _ROOMS:
        tried = _named(node, around, words, room.wide + more, most)
        flaws_left = _flaws(tried, words)
        if flaws_left < least and _stands_free(tried, node, rest, around):
            best, least = tried, flaws_left
        if least == (0, 0):
            break
    return best


def _called(node: Node, words: Mapping[str, str]) -> str:
    return node.other.name or words.get(node.other.kind, "")


def _flaws(node: Node, words: Mapping[str, str]) -> tuple[int, int]:
    """Weigh how a name has come out: best whole on one line; of two that are cut, the longer."""
    told = [text.text for text in node.name]
    found = flaws(told, _called(node, words))
    return found, -sum(map(len, told)) if found else len(told[1:])


def _stands_free(new: Node, old: Node, rest: Sequence[Node], around: Around) -> bool:
    """Say whether a new plate keeps clear of all others, and hides no line that the old did not."""
    if not (new.plate and old.plate):
        return False
    wider = new.plate.grown(GAP)
    taken = [square(around.x, around.y, around.radius), *(each.box for each in rest)]
    taken += [each.plate for each in rest if each.plate]
    taken += [around.more.box] if around.more else []
    clear = around.card.holds(wider) and not any(wider.meets(each) for each in taken)
    return clear and _hidden(new.plate, rest, around) <= _hidden(old.plate, rest, around)


def _hidden(plate: Box, rest: Sequence[Node], around: Around) -> int:
    return sum(lies_across(plate, node, around) for node in rest)


def lies_across(box: Box, node: Node, around: Around) -> bool:
    """Say whether the line to somebody goes through a box."""
    edges = (box.x - around.x, box.y - around.y, box.right - around.x, box.bottom - around.y)
    return crosses(node.x - around.x, node.y - around.y, edges)
