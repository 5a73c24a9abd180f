"""Where everything stands: nothing overlaps, nothing hangs over, nobody moves without need."""

from itertools import combinations, combinations_with_replacement
from math import hypot
from random import Random

import pytest

from bot.pictures.around import MOST
from bot.pictures.layout import layout
from bot.pictures.parts import EDGE, HIGH, SIZE, WIDE, Box, Picture, every_text, square
from bot.pictures.slots import GAP, HIGHS, ME, ROOMS, SHAPE, edges, places
from tests.pictures.maps import WORDS, any_map, around

MAPS = 1000


def faults(picture: Picture) -> list[str]:
    """Say what overlaps or hangs over in a picture."""
    found = []
    page = Box(0, 0, WIDE, HIGH)
    here = picture.around
    plates = [node.plate for node in here.nodes if node.plate]
    shapes = [node.box for node in here.nodes]
    loose = [text.box for _, text in here.rings] + ([here.more.box] if here.more else [])
    me = square(here.x, here.y, here.radius)
    apart = [*plates, *shapes, *loose, me]
    found += [f"{a} meets {b}" for a, b in combinations(apart, 2) if a.meets(b)]
    found += [f"{each} leaves the card" for each in apart if not here.card.holds(each)]
    for node in here.nodes:
        found += [
            f"{t} leaves its plate" for t in node.label if not node.plate.holds(t.box.grown(-1))
        ]
    if here.me and here.me.box.wide > 2 * here.radius:
        found.append("more than fits into the middle")
    bands = [each for each in (picture.tries, picture.step) if each]
    words = [entry.word.box for entry in picture.legend]
    blocks = [
        here.card,
        *(band.box for band in bands),
        *(text.box for text in picture.title),
        *words,
        *(entry.box for entry in picture.legend),
    ]
    found += [f"{a} meets {b}" for a, b in combinations(blocks, 2) if a.meets(b)]
    for band in bands:
        inner = [text.box for text in (*band.called, *band.texts)] + list(band.shapes)
        found += [f"{each} leaves its band" for each in inner if not band.box.holds(each.grown(-1))]
        found += [f"{a} meets {b}" for a, b in combinations(inner, 2) if a.grown(-1).meets(b)]
    for text in every_text(picture):
        if not page.holds(text.box) or text.size < SIZE:
            found.append(f"{text} is too small or leaves the page")
    return found


@pytest.fixture(scope="module")
def pictures() -> list[Picture]:
    """Lay out a thousand maps, always the same."""
    chance = Random(6)
    return [layout(any_map(chance)) for _ in range(MAPS)]


def test_nothing_overlaps_on_a_thousand_maps(pictures: list[Picture]):
    """Names in any script and of any length, any number of people: each stands alone."""
    assert not {place: bad for place, each in enumerate(pictures) if (bad := faults(each))}


def test_there_is_a_place_for_any_twelve():
    """However many stand in which ring, at every height, and however long their names are."""
    *higher, lowest = HIGHS
    counts = [(many, lowest) for many in range(MOST + 1)] + [(MOST, high) for high in higher]
    for many, high in counts:
        for rings in combinations_with_replacement(range(3), many):
            stands = places(rings, high)
            assert len(stands.slots) == many
            sides = [edges(slot, stands.room) for slot in stands.slots]
            boxes = [Box(left, top, right - left, low - top) for left, top, right, low in sides]
            for a, b in combinations([square(0, 0, ME), *boxes], 2):
                assert not a.meets(b)


def test_each_stands_in_their_ring(pictures: list[Picture]):
    """The inner ring is within the inner disc, the outer one beyond both."""
    for here in (picture.around for picture in pictures):
        inner, middle = here.discs
        for node in here.nodes:
            far = hypot(node.x - here.x, node.y - here.y)
            match node.other.ring:
                case "inner":
                    assert far + SHAPE < inner
                case "middle":
                    assert inner < far - SHAPE
                    assert far + SHAPE < middle
                case "outer":
                    assert far - SHAPE > middle


def test_no_line_goes_through_somebody_else(pictures: list[Picture]):
    """A line may pass behind a name where there is no other way, never through a shape."""
    for here in (picture.around for picture in pictures):
        for one, two in combinations(here.nodes, 2):
            a, b = (one.x - here.x, one.y - here.y), (two.x - here.x, two.y - here.y)
            near, far = sorted((a, b), key=lambda each: hypot(*each))
            if near[0] * far[0] + near[1] * far[1] > 0:
                aside = abs(near[0] * far[1] - near[1] * far[0]) / hypot(*far)
                assert aside >= SHAPE + GAP


def test_with_up_to_five_no_line_is_hidden():
    """With few around, nothing lies behind a name."""
    for high in HIGHS:
        for rings in ((0,) * 5, (1,) * 5, (2,) * 5, (0, 1, 2, 1, 2), (2, 0, 1, 0, 1)):
            assert places(rings, high).room == ROOMS[0]
    holds = {"around": around("inner", "middle", "outer", "inner", "middle"), "words": WORDS}
    here = layout(holds).around
    for node in here.nodes:
        for other in here.nodes:
            assert other is node or not _behind(other.plate, (here.x, here.y), (node.x, node.y))


def _behind(plate: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    for step in range(201):
        x, y = (a + (b - a) * step / 200 for a, b in zip(start, end, strict=True))
        if plate.x < x < plate.right and plate.y < y < plate.bottom:
            return True
    return False


@pytest.mark.parametrize("ring", ["inner", "middle", "outer"])
def test_whoever_comes_last_moves_few(ring: str) -> None:
    """With up to seven around, somebody new in a ring leaves most of the others where they are."""
    kept = moved = 0
    for many in range(7):
        before = [*around("inner", "middle", "outer", "middle", "outer", "inner")[:many]]
        after = [*before, *around(ring, name="New")]
        old, new = (_spots(people) for people in (before, after))
        same = sum(new[name] == spot for name, spot in old.items())
        kept, moved = kept + same, moved + len(old) - same
    assert kept / (kept + moved) >= 0.8


def _spots(people: list) -> dict[str, tuple[float, float]]:
    here = layout({"around": people, "words": WORDS}).around
    return {node.other.name: (node.x, node.y) for node in here.nodes}


def test_a_new_name_moves_nobody():
    """Where somebody stands has nothing to do with what they are called."""
    people = around("inner", "middle", "outer", "outer")
    longer = [{**each, "name": each["name"] * 9} for each in people]
    assert [*_spots(people).values()] == [*_spots(longer).values()]


def test_more_than_twelve_are_counted():
    """The closest twelve are drawn; how many more there are is said, where there is a word."""
    people = around(*["outer"] * 13, "inner", "middle")
    here = layout({"around": people, "words": WORDS}).around
    assert len(here.nodes) == 12
    assert [node.other.name for node in here.nodes][-2:] == ["Sam 13", "Sam 14"]
    assert here.more.text == "+3 more"
    assert layout({"around": people, "words": {}}).around.more is None


def test_missing_words_are_missing():
    """Nothing is filled in: without words there are names, shapes and lines, and no legend."""
    picture = layout({"around": around("inner")})
    assert picture.legend == ()
    assert [text.text for text in every_text(picture)] == ["Sam 0"]
    assert [text.text for text in every_text(layout({}))] == []


def test_the_legend_has_what_is_there():
    """Only signs that are on the map, in a fixed order."""
    holds = {"around": around("inner"), "words": WORDS}
    assert [entry.symbol for entry in layout(holds).legend] == ["easing", "get", "person"]


def test_the_page_is_kept_to_its_edges(pictures: list[Picture]):
    """Nothing written stands nearer to the edge than the card does."""
    for picture in pictures:
        for text in every_text(picture):
            assert text.box.x >= EDGE - 1
            assert text.box.right <= WIDE - EDGE + 1
