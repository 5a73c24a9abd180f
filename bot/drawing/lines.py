"""Lines from box to box, where several that share a stretch draw it once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Stretch = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Line:
    """Straight stretches between points; with a `head` it ends in the head of an arrow."""

    points: tuple[Point, ...]
    dotted: bool = False
    head: bool = True


def drawn_once(paths: Sequence[Sequence[Point]], *, dotted: bool) -> Iterator[Line]:
    """Draw paths that end at one point, each only as far as no other has been drawn.

    Dashes that lie on dashes would look like a whole line.
    """
    drawn: list[Stretch] = []
    for path in sorted(paths, key=_length, reverse=True):
        rest = _undrawn(list(reversed(path)), drawn)
        if rest:
            yield Line(tuple(reversed(rest)), dotted, head=not drawn)
        drawn += pairwise(rest)


def _length(path: Sequence[Point]) -> float:
    return sum(abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(path))


def _undrawn(path: list[Point], drawn: Sequence[Stretch]) -> list[Point]:
    """Leave out the beginning of a path that has been drawn already."""
    for place, (start, end) in enumerate(pairwise(path)):
        reached = _along(start, end, drawn)
        if reached != end:
            return [reached, *path[place + 1 :]]
    return []


def _along(start: Point, end: Point, drawn: Sequence[Stretch]) -> Point:
    """Say how far from `start` towards `end` one drawn stretch reaches."""
    axis = 0 if start[1] == end[1] else 1
    reached = start
    for stretch in drawn:
        low, high = sorted(point[axis] for point in stretch)
        same = all(point[1 - axis] == start[1 - axis] for point in stretch)
        if same and low <= reached[axis] <= high:
            far = min(high, end[axis]) if end[axis] > start[axis] else max(low, end[axis])
            reached = (far, start[1]) if axis == 0 else (start[0], far)
    return reached
