"""The picture of a group that looks at itself as "we"."""

import re
from itertools import combinations, pairwise
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bot.drawing.measure import ELLIPSIS
from bot.pictures.parts import EDGE, SIZE, WIDE, Box, square
from bot.pictures.three import SIGN, Three, every_text, three
from bot.pictures.we import draw_we, we_svg
from tests.groups.rounds import WORDS, any_we
from tests.pictures.pixels import size_of

ROUNDS = 400
HOLDS: dict[str, Any] = {
    "title": "Us: Self, Other and Situation",
    "about": "In our own words",
    "parts": [
        {"part": part, "heading": part, "lines": ["We carry it alone"], "more": "", "nothing": "-"}
        for part in ("self", "other", "situation")
    ],
    "next": "The plan so far",
    "steps": ["Ask together"],
    "more": "",
}


def any_holds(chance: Random) -> dict[str, Any]:
    """Give what comes out of a round, or stranger things: other headings, no words, many lines."""
    holds = any_we(chance)
    if chance.random() < 0.4:
        for name in ("title", "about", "date", "next", "more"):
            holds[name] = chance.choice(("", *WORDS))
        for part in holds["parts"]:
            part["heading"] = chance.choice(("", *WORDS))
            part["lines"] = [chance.choice(WORDS) for _ in range(chance.randint(0, 4))]
            part["more"] = chance.choice(("", *WORDS))
        holds["steps"] = [chance.choice(WORDS) for _ in range(chance.randint(0, 4))]
    return holds


def faults(picture: Three) -> list[str]:
    """Say what overlaps or hangs over in a picture."""
    page = Box(0, 0, WIDE, picture.high)
    blocks = [*(text.box for text in picture.title), *(card.box for card in picture.cards)]
    found = [f"{a} meets {b}" for a, b in combinations(blocks, 2) if a.grown(-1).meets(b)]
    for card in picture.cards:
        inside = [text.box for text in (*card.heading, *card.below)]
        inside += [plate.box for plate in card.plates]
        inside += [square(*card.sign, SIGN)] if card.part else []
        found += [f"{a} meets {b}" for a, b in combinations(inside, 2) if a.grown(-1).meets(b)]
        found += [f"{each} leaves its card" for each in inside if not card.box.holds(each)]
        for plate in card.plates:
            rows = [text.box for text in plate.texts]
            found += [f"{a} meets {b}" for a, b in combinations(rows, 2) if a.grown(-1).meets(b)]
            found += [f"{row} leaves its plate" for row in rows if not plate.box.holds(row)]
    for text in every_text(picture):
        here = text.box
        if not page.holds(here) or here.x < EDGE - 1 or here.right > WIDE - EDGE + 1:
            found.append(f"{text} leaves the page")
        if text.size < SIZE:
            found.append(f"{text} is too small for a phone")
    return found


@pytest.fixture(scope="module")
def pictures() -> list[Three]:
    """Lay out four hundred pictures, always the same."""
    chance = Random(12)
    return [three(any_holds(chance)) for _ in range(ROUNDS)]


def test_nothing_overlaps_whatever_was_shared(pictures: list[Three]):
    """Long words, other scripts, from right to left, much or nothing at all."""
    assert not {place: bad for place, each in enumerate(pictures) if (bad := faults(each))}


def test_the_page_is_no_higher_than_a_chat_shows(pictures: list[Three]):
    """A phone is about twice as high as it is wide, and so is the fullest picture at most."""
    assert max(each.high for each in pictures) <= 2.1 * WIDE


def test_the_parts_come_in_order_and_each_has_its_sign():
    """Self, Other, Situation, then the steps, which are no part."""
    picture = three(HOLDS)
    assert [card.part for card in picture.cards] == ["self", "other", "situation", None]
    assert all(a.box.bottom < b.box.y for a, b in pairwise(picture.cards))
    assert len({_sign(card) for card in picture.cards if card.part}) == 3


def _sign(card: Any) -> str:
    alone = Three((), (card,), 100)
    return re.sub(r"[0-9.]+", "0", we_svg(alone))


def test_what_is_read_from_the_right_begins_on_the_right():
    """Rows of such a line end at the same place; all others begin at the same place."""
    for words, same in (
        ("أنا متعب جدا ولا أحد يسمعني " * 4, "right"),
        ("so very tired of it " * 5, "x"),
    ):
        parts = [{"part": "self", "heading": "Self", "lines": [words]}]
        (plate,) = three({"parts": parts}).cards[0].plates
        one, two = (getattr(text.box, same) for text in plate.texts)
        assert abs(one - two) < 1


def test_what_no_font_can_write_leaves_its_place():
    """The words beside the picture say it; here it is not taken for nothing."""
    parts = [{"part": "self", "heading": "Self", "lines": ["李小龍"], "nothing": "Nothing."}]
    assert [text.text for text in every_text(three({"parts": parts}))] == ["Self", ELLIPSIS]


def test_a_part_without_lines_says_so_and_missing_words_are_missing():
    """Nothing is filled in."""
    parts = [{"part": "other", "heading": "Other", "lines": [], "nothing": "Nothing shared."}]
    told = [text.text for text in every_text(three({"parts": parts}))]
    assert told == ["Other", "Nothing shared."]
    assert [text.text for text in every_text(three({}))] == []


def test_it_is_a_png_and_always_the_same():
    """1080 pixels wide, under 300 kB; twice the same bytes for the same words."""
    png = draw_we(HOLDS)
    assert size_of(png) == (1080, three(HOLDS).high)
    assert len(png) < 300_000
    assert draw_we(HOLDS) == png


def test_any_round_can_be_drawn():
    """Whatever was shared; a round in which nothing was is a picture too."""
    chance = Random(10)
    for _ in range(5):
        assert size_of(draw_we(any_holds(chance)))[0] == WIDE
    assert size_of(draw_we({}))[0] == WIDE


def test_it_is_well_formed_and_fetches_nothing(pictures: list[Three]):
    """Markup in somebody's words is their words; no link, no style from elsewhere."""
    for picture in pictures[:60]:
        source = we_svg(picture)
        ET.fromstring(source)  # noqa: S314 - our own
        bare = re.sub(r"<text[^>]*>[^<]*</text>", "", source)
        assert not re.search(r"href|url\(|<image|<style|<script|<foreign", bare)
        assert bare.count("http") == 1, "but for the name of the format"
