"""What goes along with what a step says: how an author wrote it, and as plain data for a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, assert_never

from bot.engine.drawn import drawn
from bot.engine.effects import Enclosure, Say
from bot.engine.expression import Expression, Template
from bot.engine.values import Scope, as_list

Told = str | Say
"""A text on the way to a question: bare, or as a message that something goes along with."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page. Where its text comes out empty it is left out, heading and all."""

    heading: Template
    text: Template


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet to print, or to take to an appointment."""

    title: Template
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Who and what is around somebody, drawn: `around` comes to the items of a map."""

    title: Template
    around: Expression
    could_try: Expression | None
    next_step: Template | None


Encloses = Page | Picture
"""Whatever can go along with a text."""
Words = Mapping[str, Template]
LEGEND: Final = (
    *("me", "easing", "draining", "both", "give", "get", "could_try", "next_step", "more"),
    *("person", "group", "place", "activity", "animal", "inner", "middle", "outer"),
)
"""The words on a picture, in words.yaml under `picture_` and their name."""


def enclosed(what: Encloses, scope: Scope, words: Words) -> Enclosure:
    """Give what goes along for somebody with these answers, as data that JSON can hold."""
    match what:
        case Page():
            read = [(part.heading.render(scope), part.text.render(scope)) for part in what.parts]
            parts = [{"heading": heading, "text": text} for heading, text in read if text.strip()]
            return Enclosure("page", {"title": what.title.render(scope), "parts": parts})
        case Picture():
            wanted = what.could_try.value(scope) if what.could_try else []
            holds = {
                "title": what.title.render(scope),
                "around": drawn(what.around.value(scope), scope),
                "could_try": [str(name) for name in as_list(wanted) if name],
                "next_step": what.next_step.render(scope) if what.next_step else "",
                "words": {
                    name: words[f"picture_{name}"].render({"count": "{count}"}) for name in LEGEND
                },
            }
            return Enclosure("map", holds)
        case _:
            assert_never(what)


def read_along(what: Encloses) -> Iterator[Expression | Template]:
    """Give everything that what goes along reads answers with."""
    match what:
        case Page():
            yield from (text for _, text in texts_along(what))
        case Picture():
            yield from (text for _, text in texts_along(what))
            yield what.around
            yield from [what.could_try] if what.could_try else []
        case _:
            assert_never(what)


def texts_along(what: Encloses) -> Iterator[tuple[tuple[str | int, ...], Template]]:
    """Give every text that goes along, each with the keys that lead to it from its step."""
    match what:
        case Page():
            yield ("page", "title"), what.title
            for place, part in enumerate(what.parts):
                yield ("page", "parts", place, "heading"), part.heading
                yield ("page", "parts", place, "text"), part.text
        case Picture():
            yield ("picture", "title"), what.title
            if what.next_step:
                yield ("picture", "next step"), what.next_step
        case _:
            assert_never(what)


def saying(told: Told, *, protect: bool = False) -> Say:
    """Give a text as a message, with whatever goes along; one that may be passed on is open."""
    if isinstance(told, str):
        return Say(told, protect=protect)
    return replace(told, protect=protect and not told.share)
