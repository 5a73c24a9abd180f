"""A script as boxes and lines with their places in pixels, before anybody draws them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from bot.drawing.arrows import Arrow, arrows_of
from bot.drawing.boxes import LEADING, PAD, WIDE, Box, Words, heading
from bot.drawing.columns import Column, columns_of
from bot.drawing.lanes import Lane, lanes_of
from bot.drawing.legend import legend
from bot.drawing.lines import Line
from bot.drawing.measure import SMALL, TITLE, wrap
from bot.drawing.paths import Ground, road_lines, straight_line
from bot.drawing.streets import TRACK, Place, is_straight, places_of, roads_of, tracks_of
from bot.drawing.wording import PHASE_NAMES, summary
from bot.engine.script import Script

MARGIN: Final = 20
BAND: Final = 10
"""How far the band of a lane reaches beyond its boxes."""
NARROWEST: Final = 360


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to be drawn, back to front: the bands of the lanes, lines, boxes."""

    wide: float
    high: float
    title: Box
    bands: tuple[Box, ...]
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]


def layout(script: Script) -> Picture:
    """Place every lane, step, condition and arrow; the same script is always the same picture."""
    lanes = lanes_of(script)
    columns = columns_of(script, lanes)
    arrows = arrows_of(script, lanes)
    places = _turned(places_of(columns), arrows)
    straight = [arrow for arrow in arrows if is_straight(columns, places, arrow)]
    roads = roads_of(places, [arrow for arrow in arrows if arrow not in straight])
    tracks = tracks_of(roads)
    across = tracks.widths(len(columns) + 1)
    left = tuple(accumulate((wide + WIDE for wide in across[:-1]), initial=float(MARGIN)))
    wide = max(NARROWEST, left[-1] + across[-1] + MARGIN)
    title, headings = _title(script, wide), [heading(lane) for lane in lanes]
    top = title.bottom + TRACK * (tracks.rows + 1)
    under = top + BAND + max(box.high for box in headings)
    ground = Ground(left, tuple(across), top - TRACK, under)
    boxes = [*_headings(headings, columns, ground, top), *_moved(places, ground)]
    bottom = max(box.bottom for box in boxes) + BAND
    lines = [straight_line(places, arrow, ground) for arrow in straight]
    lines += [line for road in roads for line in road_lines(places, road, tracks, ground)]
    key = legend(boxes, lines, MARGIN, bottom + MARGIN, wide - 2 * MARGIN)
    return Picture(
        wide=wide,
        high=max(box.bottom for box in key.boxes) + MARGIN,
        title=title,
        bands=tuple(_bands(lanes, columns, ground, top, bottom)),
        lines=(*lines, *key.lines),
        boxes=(*boxes, *key.boxes),
    )


def _turned(places: Mapping[str, Place], arrows: Sequence[Arrow]) -> dict[str, Place]:
    """Let the way past leave a gate on the right, where it leads to another column."""
    turned = dict(places)
    for arrow in arrows:
        if arrow.dotted and places[arrow.source].column != places[arrow.target].column:
            for key in (arrow.source, arrow.source.replace("otherwise", "then", 1)):
                place = places[key]
                mirrored = replace(place.box, x=WIDE - place.box.right)
                turned[key] = replace(place, box=mirrored)
    return turned


def _headings(
    headings: Sequence[Box], columns: Sequence[Column], ground: Ground, top: float
) -> Iterator[Box]:
    """Set each heading over the first column of its lane."""
    for place, column in enumerate(columns):
        if column.begins_lane:
            yield headings[column.lane].moved(ground.column(place), top)


def _moved(places: Mapping[str, Place], ground: Ground) -> Iterator[Box]:
    for place in places.values():
        yield place.box.moved(ground.column(place.column), ground.top)


def _title(script: Script, wide: float) -> Box:
    room = wide - 2 * MARGIN
    words: list[Words] = []
    y = 0
    for text, font in ((script.title or script.id, TITLE), (summary(script), SMALL)):
        for line in wrap(text, room, font, most=4):
            y += font.size + LEADING
            words.append(Words(line, 0, y, font))
    return Box("title", "meaning", MARGIN, MARGIN / 2, room, y + PAD, tuple(words), script.title)


def _bands(
    lanes: Sequence[Lane], columns: Sequence[Column], ground: Ground, top: float, bottom: float
) -> Iterator[Box]:
    for number, lane in enumerate(lanes):
        own = [place for place, column in enumerate(columns) if column.lane == number]
        left, right = ground.column(own[0]) - BAND, ground.column(own[-1]) + WIDE + BAND
        name = PHASE_NAMES[lane.phase]
        yield Box(f"band {number}", "band", left, top, right - left, bottom - top, title=name)
