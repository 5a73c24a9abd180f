"""The lines of a picture: each arrow from box to box through the streets, in pixels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.drawing.arrows import Arrow
from bot.drawing.lines import Line, Point, drawn_once
from bot.drawing.streets import KERB, TRACK, Mouth, Place, Road, Tracks


@dataclass(frozen=True, slots=True)
class Ground:
    """Where streets lie: the left edge and width of each, the row above, the top of columns."""

    left: tuple[float, ...]
    wide: tuple[float, ...]
    above: float
    top: float

    def column(self, number: int) -> float:
        """Give the left edge of a column."""
        return self.left[number] + self.wide[number]


def straight_line(places: Mapping[str, Place], arrow: Arrow, ground: Ground) -> Line:
    """Draw an arrow down to the next box."""
    source, target = places[arrow.source], places[arrow.target]
    x = ground.column(source.column) + source.box.x + source.box.wide / 2
    return Line(((x, ground.top + source.box.bottom), (x, ground.top + target.box.y)))


def road_lines(
    places: Mapping[str, Place], road: Road, tracks: Tracks, ground: Ground
) -> Iterator[Line]:
    """Draw a road from each of its starts to its end."""
    paths = [_path(places, road, start, tracks, ground) for start in road.starts]
    return drawn_once(paths, dotted=road.dotted)


def _path(
    places: Mapping[str, Place], road: Road, start: Mouth, tracks: Tracks, ground: Ground
) -> list[Point]:
    """Go from a box into its street, along a row above where need be, and to the other box."""
    end = road.end
    out, last = (_track(road, mouth.street, tracks, ground) for mouth in (start, end))
    points = [_door(places, start, ground), (out, ground.top + start.y)]
    if start.street != end.street:
        row = ground.above - TRACK * tracks.above[road]
        points += [(out, row), (last, row)]
    return [*points, (last, ground.top + end.y), _door(places, end, ground)]


def _track(road: Road, street: int, tracks: Tracks, ground: Ground) -> float:
    along = KERB + TRACK * tracks.across[road, street]
    left = ground.left[street]
    return left + ground.wide[street] - along if road.inward(street) else left + along


def _door(places: Mapping[str, Place], mouth: Mouth, ground: Ground) -> Point:
    box = places[mouth.key].box
    side = box.x if mouth.side == "left" else box.right
    return ground.column(mouth.column) + side, ground.top + mouth.y
