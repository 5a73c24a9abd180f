"""What a group shared of Self, Other and Situation, line by line, in its own words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TypeVar

from bot.engine.script import PARTS
from bot.groups.ground import values_of
from bot.groups.shown import Shown

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was shared; `unnamed` says that somebody shared it without a name."""

    words: str
    names: tuple[str, ...]
    unnamed: bool


@dataclass(slots=True)
class _Told:
    words: str
    names: Counter[str] = field(default_factory=Counter)
    unnamed: int = 0


def lines_of(shown: Iterable[Shown]) -> dict[str, tuple[Line, ...]]:
    """Give the lines of each part: what most shared first, the rest in the order of the group.

    The same words are one line. Prompts take turns, and so do shares with and without a name, so
    that whoever sees the first few sees something of all.
    """
    here = tuple(shown)
    return {part: _lines([each for each in here if each.phase == part]) for part in PARTS}


def _lines(shown: Sequence[Shown]) -> tuple[Line, ...]:
    told: dict[str, _Told] = {}
    for name, words in _in_turn(*(_shares(each) for each in shown)):
        here = told.setdefault(words.casefold(), _Told(words))
        if name is None:
            here.unnamed += 1
        else:
            here.names[name] += 1
    most_first = sorted(told.values(), key=lambda each: -each.names.total() - each.unnamed)
    return tuple(Line(each.words, tuple(each.names), bool(each.unnamed)) for each in most_first)


def _shares(shown: Shown) -> Iterator[tuple[str | None, str]]:
    named = [
        (name, each) for name, words, value in shown.named for each in _said(shown, words, value)
    ]
    unnamed = [
        (None, each) for words, value in shown.unnamed for each in _said(shown, words, value)
    ]
    yield from _in_turn(named, unnamed)


def _said(shown: Shown, words: str, value: object) -> list[str]:
    """Give each choice as it reads; what is no choice is somebody's own words."""
    chosen = [shown.labels.get(each, each) for each in values_of(value)] if shown.labels else []
    told = (" ".join(each.split()) for each in chosen or [words])
    return [each for each in told if each]


def _in_turn(*lists: Iterable[T]) -> Iterator[T]:
    missing = object()
    for row in zip_longest(*lists, fillvalue=missing):
        yield from (each for each in row if each is not missing)  # type: ignore[misc]
