"""A line of text as stretches of one font each: what draws it can't change fonts within one.

It takes letters for others where two fonts join them differently, and loses some.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.pictures.lettering import from_right, runs, width
from bot.pictures.parts import Text


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters of one font, and where they begin, have their middle, or end."""

    letters: str
    family: str
    x: float
    anchor: Literal["start", "middle", "end"]


def stretches(text: Text) -> tuple[Stretch, ...]:
    """Set a line; one of several fonts stretch by stretch, in the order in which it is read."""
    told = runs(text.text, bold=text.bold)
    if len(told) == 1:
        family = told[0][0].family
        return (Stretch(text.text, family, text.x, "start" if text.begins else "middle"),)
    return tuple(_side_by_side(text))


def _side_by_side(text: Text) -> Iterator[Stretch]:
    """Set stretches beside each other: the first ends where the second begins.

    So those two stand close together even where the letters of the first are narrower than they
    could be, joined as they are.
    """
    told = runs(text.text, bold=text.bold)
    turned = from_right(text.text)
    x = text.box.x
    for place, (font, letters) in enumerate(reversed(told) if turned else told):
        wide = width(letters, text.size, bold=text.bold)
        seen = letters.strip(" ")
        before = width(letters[: len(letters) - len(letters.lstrip(" "))], text.size)
        after = width(letters[len(letters.rstrip(" ")) :], text.size)
        if turned:
            before, after = after, before
        if seen and place == 0 and not text.begins:
            yield Stretch(seen, font.family, x + wide - after, "end")
        elif seen:
            yield Stretch(seen, font.family, x + before, "start")
        x += wide
