"""Where those around somebody stand: by felt closeness, apart from each other, always the same.

Only how many stand in each ring decides, never what they are called: whoever is renamed stays,
and whoever is added last leaves those before in their places wherever there is room.
"""

from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from math import cos, hypot, pi, sin
from typing import Final

Edges = tuple[float, float, float, float]
WIDE: Final = 1032
HIGHS: Final = (1000, 900, 870, 820)
"""The room for everybody, in pixels; the height is the first of these that there is room for."""
ME: Final = 56
SHAPE: Final = 24
"""The radius of the circle of oneself, and of what stands for another."""
GAP: Final = 8
MARGIN: Final = 10
CORNER: Final = (190, 40)
"""What is kept free at the lower right, wide and high, for saying how many more there are."""
_FEW: Final = 8
_ANGLES, _STEP = 72, 22
_FURTHEST: Final = 640
_SHADOWED, _OFF = 220.0, 1.2
_FAR: Final = 400.0


@dataclass(frozen=True, slots=True)
class Room:
    """How much room each has for a shape and the lines below or above it."""

    wide: int
    high: int
    lines: int


ROOMS: Final = (
    Room(204, 168, 2),
    Room(184, 168, 2),
    Room(184, 132, 1),
    Room(164, 132, 1),
    Room(152, 130, 1),
)
_ROOMY: Final = {1000: (10, 12, 12), 900: (9, 10, 12), 870: (8, 10, 12), 820: (8, 10, 12)}
"""How many at most are tried in the first rooms, at each height: more have never fitted well."""
_TRIES: Final = (
    (210, 330, 1),
    (290, 370, 1),
    (210, 330, -1),
    (290, 370, -1),
    (190, 330, -1),
    (380, 430, -1),
    (130, 250, -1),
    (240, 340, -1),
    (200, 280, -1),
    (160, 400, -1),
    (260, 350, -1),
    (320, 400, 1),
    (320, 400, -1),
    (420, 450, 1),
)
"""The radii of the two discs, and whether people look for room or stand close to each other."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one, from the middle; `angle` is clockwise from above, `far` in pixels."""

    x: float
    y: float
    angle: float
    far: float

    @property
    def above(self) -> bool:
        """Say whether the name stands above: on the side away from oneself."""
        return self.y < 0


@dataclass(frozen=True, slots=True)
class Places:
    """A slot for each; the radii of the inner and the middle disc."""

    slots: tuple[Slot, ...]
    inner: int
    middle: int
    room: Room


@dataclass(slots=True)
class _Free:
    """A slot that may be taken, with what those who stand already mean for it."""

    slot: Slot
    box: Edges
    nearest: float = _FAR
    beside: float = pi
    shadowed: int = 0


@cache
def places(rings: tuple[int, ...], high: int) -> Places:
    """Find a place for each, by the number of the ring: 0, 1 or 2.

    Few are placed in the order given, so that whoever comes last moves nobody; many from the
    middle outwards. There is a place for any twelve people, at each of the HIGHS.
    """
    outwards = tuple(sorted(range(len(rings)), key=rings.__getitem__))
    if len(rings) <= _FEW:
        for inner, middle, spread in _TRIES:
            taken = _stood(rings, (inner, middle), high, ROOMS[0], spread)
            if taken is not None:
                return Places(taken, inner, middle, ROOMS[0])
    stands = _outwards(tuple(rings[each] for each in outwards), high)
    slots = dict(zip(outwards, stands.slots, strict=True))
    return replace(stands, slots=tuple(slots[each] for each in range(len(rings))))


@cache
def _outwards(rings: tuple[int, ...], high: int) -> Places:
    first = sum(len(rings) > most for most in _ROOMY[high])
    for room, (inner, middle, spread) in product(ROOMS[first:], _TRIES):
        taken = _stood(rings, (inner, middle), high, room, spread)
        if taken is not None:
            return Places(taken, inner, middle, room)
    raise ValueError(f"no room for {rings}")


def edges(slot: Slot, room: Room) -> Edges:
    """Give left, top, right and bottom of what somebody may fill, from the middle."""
    top = slot.y + SHAPE - room.high if slot.above else slot.y - SHAPE
    return slot.x - room.wide / 2, top, slot.x + room.wide / 2, top + room.high


def _stood(
    rings: tuple[int, ...], discs: tuple[int, int], high: int, room: Room, spread: int
) -> tuple[Slot, ...] | None:
    bands = _bands(*discs)
    free = {ring: _free(bands[ring], high, room) for ring in dict.fromkeys(rings)}
    taken: list[Slot] = []
    for place, ring in enumerate(rings):
        if not free[ring]:
            return None
        best = max(free[ring], key=lambda each: _worth(each, bands[ring][2], spread))
        taken.append(best.slot)
        for other in {*rings[place + 1 :]}:
            free[other] = _left(free[other], best, same=other == ring)
    return tuple(taken)


def _bands(inner: int, middle: int) -> tuple[tuple[float, float, float], ...]:
    """Give, ring by ring, how near and how far a shape may stand, and where it stands best."""
    edge = SHAPE + 6
    return (
        (100, inner - edge, min(inner - edge, 165)),
        (inner + edge, middle - edge, (inner + middle) / 2),
        (middle + edge, _FURTHEST, (middle + 440) / 2),
    )


def _free(band: tuple[float, float, float], high: int, room: Room) -> list[_Free]:
    return [_Free(slot, box) for slot, box in _within(band, high, room)]


@cache
def _within(
    band: tuple[float, float, float], high: int, room: Room
) -> tuple[tuple[Slot, Edges], ...]:
    nearest, furthest, _ = band
    if nearest > furthest:
        return ()
    steps = max(1, round((furthest - nearest) / _STEP))
    found = []
    for turn, step in product(range(_ANGLES), range(steps + 1)):
        angle = 2 * pi * turn / _ANGLES
        far = nearest + (furthest - nearest) * step / steps
        slot = Slot(round(far * sin(angle), 3), round(-far * cos(angle), 3), angle, far)
        box = edges(slot, room)
        if _inside(box, high):
            found.append((slot, box))
    return tuple(found)


def _inside(box: Edges, high: int) -> bool:
    left, top, right, bottom = box
    within = max(-left, right) <= WIDE / 2 - MARGIN and max(-top, bottom) <= high / 2 - MARGIN
    free = ME + GAP
    beside_me = left >= free or right <= -free or top >= free or bottom <= -free
    in_corner = right > WIDE / 2 - CORNER[0] - GAP and bottom > high / 2 - CORNER[1] - GAP
    return within and beside_me and not in_corner


def _left(free: list[_Free], new: _Free, *, same: bool) -> list[_Free]:
    """Give what can still be taken once `new` is: what neither touches it nor shares its line.

    `same` says that they are of one ring, and stand better in different directions.
    """
    left, top, right, bottom = new.box
    x, y, far = new.slot.x, new.slot.y, new.slot.far
    still = []
    for each in free:  # looked at a hundred thousand times a picture: each line here counts
        a, b, c, d = each.box
        if a < right + GAP and left < c + GAP and b < bottom + GAP and top < d + GAP:
            continue
        slot = each.slot
        across, down = slot.x, slot.y
        if x * across + y * down > 0 and (
            abs(x * down - y * across) <= (SHAPE + GAP) * max(far, slot.far)
        ):
            continue
        each.nearest = min(each.nearest, hypot((across - x) / 1.3, down - y))
        each.shadowed += crosses(across, down, new.box) + crosses(x, y, each.box)
        if same:
            turn = abs(slot.angle - new.slot.angle)
            each.beside = min(each.beside, turn, 2 * pi - turn)
        still.append(each)
    return still


def _worth(free: _Free, best: float, spread: int) -> float:
    """Weigh a place: far from the others, at the best distance, no line behind a name."""
    room_around = free.nearest + free.beside * 40
    return spread * room_around - free.shadowed * _SHADOWED - abs(free.slot.far - best) * _OFF


def crosses(x: float, y: float, box: Edges) -> bool:
    """Say whether a line from the middle to a place goes through a box."""
    left, top, right, bottom = box
    if (x < left or right < 0) if x > 0 else (right < x or left > 0):
        return False
    if (y < top or bottom < 0) if y > 0 else (bottom < y or top > 0):
        return False
    across, down = _between(x, left, right), _between(y, top, bottom)
    return max(0.0, across[0], down[0]) < min(1.0, across[1], down[1])


def _between(way: float, low: float, high: float) -> tuple[float, float]:
    """Give from which part of a way to which it lies between two borders."""
    if way == 0:
        return 0.0, 1.0
    return (low / way, high / way) if way > 0 else (high / way, low / way)
