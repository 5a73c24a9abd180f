"""What a picture is made of, and where each part stands; all in pixels, from the upper left."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from bot.pictures.lettering import lines, width
from bot.pictures.slots import SHAPE

WIDE: Final = 1080
HIGH: Final = 1350
EDGE: Final = 24
SIZE: Final = 28
"""The smallest letters, in pixels: about ten points on a phone."""
PITCH: Final = 36
"""How far apart lines of that size stand: enough for accents on capitals and joined scripts."""

Kind = Literal["person", "group", "place", "activity", "animal"]
Tie = Literal["easing", "draining", "both", ""]
Ring = Literal["inner", "middle", "outer"]
Symbol = Literal[
    "person", "group", "place", "activity", "animal", "easing", "draining", "both", "give", "get"
]
RINGS: Final[tuple[Ring, ...]] = ("inner", "middle", "outer")
KINDS: Final[tuple[Kind, ...]] = ("person", "group", "place", "activity", "animal")
TIES: Final[tuple[Tie, ...]] = ("easing", "draining", "both")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        """Give where it ends."""
        return self.x + self.wide

    @property
    def bottom(self) -> float:
        """Give where it ends."""
        return self.y + self.high

    def grown(self, by: float) -> "Box":
        """Give a box that is larger on each side."""
        return Box(self.x - by, self.y - by, self.wide + 2 * by, self.high + 2 * by)

    def meets(self, other: "Box") -> bool:
        """Say whether two overlap; two that only touch do not."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: "Box") -> bool:
        """Say whether another lies wholly within."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Text:
    """One line; x is its middle, or its beginning where `begins`; y is its base line."""

    text: str
    x: float
    y: float
    size: int = SIZE
    bold: bool = False
    begins: bool = False

    @property
    def box(self) -> Box:
        """Give the room that it does not go beyond."""
        wide, high = width(self.text, self.size, bold=self.bold), self.size * PITCH / SIZE
        left = self.x if self.begins else self.x - wide / 2
        return Box(left, self.y - self.size * 0.97, wide, high)


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody, or something, around: as it is given, but only with values that can be drawn."""

    name: str
    kind: Kind
    ring: Ring
    tie: Tie
    give: bool
    get: bool


@dataclass(frozen=True, slots=True)
class Node:
    """Where another stands: a shape, a line from the middle, a name on a plate."""

    other: Other
    x: float
    y: float
    plate: Box | None
    label: tuple[Text, ...]

    @property
    def name(self) -> tuple[Text, ...]:
        """Give the lines of the name."""
        return tuple(text for text in self.label if text.bold)

    @property
    def box(self) -> Box:
        """Give the room of the shape."""
        return square(self.x, self.y, SHAPE)


@dataclass(frozen=True, slots=True)
class Around:
    """The middle part: oneself, two discs, and everybody around on a card."""

    card: Box
    x: float
    y: float
    radius: float
    discs: tuple[float, float]
    me: Text | None
    nodes: tuple[Node, ...]
    rings: tuple[tuple[Ring, Text], ...]
    more: Text | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign of the legend, in a box, and what it stands for."""

    symbol: Symbol
    box: Box
    word: Text


@dataclass(frozen=True, slots=True)
class Band:
    """A band below the map: what it is called, and what stands in it, each with a shape or none."""

    box: Box
    called: tuple[Text, ...]
    texts: tuple[Text, ...]
    shapes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole of it."""

    title: tuple[Text, ...]
    around: Around
    tries: Band | None
    step: Band | None
    legend: tuple[Entry, ...]


def square(x: float, y: float, radius: float) -> Box:
    """Give the box around a point."""
    return Box(x - radius, y - radius, radius * 2, radius * 2)


def stack(  # noqa: PLR0913 - a block of text is all of these
    text: str,
    x: float,
    middle: float,
    *,
    room: float,
    most: int,
    size: int = SIZE,
    bold: bool = False,
    begins: bool = False,
) -> tuple[Text, ...]:
    """Give a text as lines below each other around a height."""
    pitch = size * PITCH / SIZE
    told = lines(text, room, size, bold=bold, most=most)
    first = middle - pitch * len(told) / 2 + size * 0.97
    return tuple(
        Text(line, x, first + pitch * place, size, bold, begins) for place, line in enumerate(told)
    )


def every_text(picture: Picture) -> Iterator[Text]:
    """Give each line of text that a picture has."""
    around = picture.around
    yield from picture.title
    yield from (each for each in (around.me, around.more) if each)
    yield from (text for _, text in around.rings)
    for node in around.nodes:
        yield from node.label
    for band in (picture.tries, picture.step):
        if band:
            yield from (*band.called, *band.texts)
    yield from (entry.word for entry in picture.legend)
