"""What goes along with what a step says: how an author wrote it, and as plain data for a person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.engine.effects import Enclosure, Say
from bot.engine.expression import Template
from bot.engine.values import Scope

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


Encloses = Page
"""Whatever can go along with a text."""


def enclosed(what: Encloses, scope: Scope) -> Enclosure:
    """Give what goes along for somebody with these answers, as data that JSON can hold."""
    read = [(part.heading.render(scope), part.text.render(scope)) for part in what.parts]
    parts = [{"heading": heading, "text": text} for heading, text in read if text.strip()]
    return Enclosure("page", {"title": what.title.render(scope), "parts": parts})


def texts_of_page(page: Page) -> Iterator[tuple[tuple[str | int, ...], Template]]:
    """Give every text of a page, each with the keys that lead to it from its step."""
    yield ("page", "title"), page.title
    for place, part in enumerate(page.parts):
        yield ("page", "parts", place, "heading"), part.heading
        yield ("page", "parts", place, "text"), part.text


def saying(told: Told, *, protect: bool = False) -> Say:
    """Give a text as a message, with whatever goes along with it."""
    return replace(told, protect=protect) if isinstance(told, Say) else Say(told, protect=protect)
