"""Where arrows run: in the streets between columns and above them, never through a box.

Street n lies to the left of column n; one more lies to the right of the last. Arrows to the same
box share their way there, as roads do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

from bot.drawing.arrows import Arrow
from bot.drawing.boxes import Box
from bot.drawing.columns import Column

Side = Literal["left", "right"]
Span = tuple[float, float]

KERB: Final = 17
"""Room between a box and the first track of a street, for the head of an arrow."""
TRACK: Final = 8
NARROWEST: Final = 44
_APART: Final = 4
_ENTRY, _DOTTED_ENTRY, _EXIT = 9, 19, 12


@dataclass(frozen=True, slots=True)
class Place:
    """A box and the column that it stands in."""

    column: int
    box: Box


@dataclass(frozen=True, slots=True)
class Mouth:
    """Where a way enters or leaves a street, at the side of a box."""

    street: int
    column: int
    key: str
    side: Side
    y: float


@dataclass(frozen=True, slots=True)
class Road:
    """All that leads to one box in one manner: where it ends, and every place that it starts at."""

    end: Mouth
    starts: tuple[Mouth, ...]
    dotted: bool

    @property
    def far(self) -> bool:
        """Say whether it has to run above the columns, to another street."""
        return any(start.street != self.end.street for start in self.starts)

    @property
    def streets(self) -> list[int]:
        """Give each street that it uses, from left to right."""
        return sorted({self.end.street, *(start.street for start in self.starts)})

    def inward(self, street: int) -> bool:
        """Say whether its track lies at the right of a street, beside the box that it leads to."""
        return street == self.end.street and self.end.side == "left"

    def span(self, street: int) -> Span:
        """Say from where to where it runs in a street; far roads come down from above."""
        ys = [mouth.y for mouth in (self.end, *self.starts) if mouth.street == street]
        return (-inf if self.far else min(ys), max(ys))


@dataclass(frozen=True, slots=True)
class Tracks:
    """Which track each road has in each street, counted from its side, and which row above."""

    across: Mapping[tuple[Road, int], int]
    above: Mapping[Road, int]

    def widths(self, streets: int) -> list[float]:
        """Say how wide each street has to be."""
        sides = [dict[bool, int]() for _ in range(streets)]
        for (road, street), track in self.across.items():
            side = road.inward(street)
            sides[street][side] = max(sides[street].get(side, 0), track + 1)
        counts = [sum(side.values()) for side in sides]
        return [max(NARROWEST, 2 * KERB + TRACK * (count - 1)) for count in counts]

    @property
    def rows(self) -> int:
        """Say how many roads run above each other over the columns."""
        return max((row + 1 for row in self.above.values()), default=0)


def places_of(columns: Sequence[Column]) -> dict[str, Place]:
    """Find each box by its key."""
    return {box.key: Place(n, box) for n, column in enumerate(columns) for box in column.boxes}


def is_straight(columns: Sequence[Column], places: Mapping[str, Place], arrow: Arrow) -> bool:
    """Say whether an arrow is a plain line down, to the very next box."""
    source, target = places[arrow.source], places[arrow.target]
    if arrow.dotted or source.column != target.column or target.box.y < source.box.bottom:
        return False
    between = [
        box
        for box in columns[source.column].boxes
        if box.shape != "frame" and source.box.bottom <= box.y < target.box.y
    ]
    return not between


def roads_of(places: Mapping[str, Place], arrows: Iterable[Arrow]) -> list[Road]:
    """Lay a road to every box that an arrow leads to, with a start for each arrow."""
    ends: dict[tuple[str, bool, Side], Mouth] = {}
    starts: dict[tuple[str, bool, Side], list[Mouth]] = {}
    taken: dict[int, list[float]] = {}
    for arrow in arrows:
        source, target = places[arrow.source], places[arrow.target]
        same = source.column == target.column
        enters: Side = "right" if same and not arrow.dotted else "left"
        leaves: Side = "left" if same and arrow.dotted else "right"
        road = (arrow.target, arrow.dotted, enters)
        if road not in ends:
            entry = target.box.y + (_DOTTED_ENTRY if arrow.dotted else _ENTRY)
            ends[road] = _mouth(taken, target, enters, entry)
        box = source.box
        low = box.bottom - _EXIT if box.shape in ("step", "call") else box.y + box.high / 2
        starts.setdefault(road, []).append(_mouth(taken, source, leaves, low))
    return [Road(end, tuple(starts[road]), road[1]) for road, end in ends.items()]


def tracks_of(roads: Sequence[Road]) -> Tracks:
    """Share out the streets: short ways beside the boxes that they lead to."""
    rows: list[list[Span]] = []
    far = [road for road in roads if road.far]
    above = {road: _first_free(rows, (road.streets[0], road.streets[-1]), 0) for road in far}
    used = [(road, street) for road in roads for street in road.streets]
    sides: dict[tuple[int, bool], list[list[Span]]] = {}
    across = {}
    for road, street in sorted(used, key=_shortest_first):
        side = sides.setdefault((street, road.inward(street)), [])
        across[road, street] = _first_free(side, road.span(street), TRACK)
    return Tracks(across, above)


def _shortest_first(used: tuple[Road, int]) -> tuple[float, Span, int]:
    road, street = used
    low, high = road.span(street)
    return high - low, (low, high), street


def _mouth(taken: dict[int, list[float]], place: Place, side: Side, wanted: float) -> Mouth:
    """Find the height nearest to the wanted one where no other mouth of the street is."""
    street = place.column + (side == "right")
    others = taken.setdefault(street, [])
    low, high = place.box.y + _APART, place.box.bottom - _APART
    tries = [wanted + step * sign for step in range(0, int(place.box.high), 2) for sign in (1, -1)]
    free = (y for y in tries if low <= y <= high and all(abs(y - o) > _APART for o in others))
    y = next(free, wanted)
    others.append(y)
    return Mouth(street, place.column, place.box.key, side, y)


def _first_free(tracks: list[list[Span]], span: Span, apart: float) -> int:
    """Take the first track where nothing else runs as near as `apart`, or a new one."""
    low, high = span
    for number, used in enumerate(tracks):
        if all(high + apart < start or end + apart < low for start, end in used):
            used.append(span)
            return number
    tracks.append([span])
    return len(tracks) - 1
