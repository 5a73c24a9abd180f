"""On what ground a group could be offered something: what several of it have shared."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.engine.group import FEWEST
from bot.engine.together import Collective, Together, Topic
from bot.engine.values import text_of
from bot.groups.shown import Shown

NAMED: Final = 2
"""So many by name are several; without a name it takes as many as are shown at all."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def enough(shown: Iterable[Shown], least: int) -> tuple[Shown, ...]:
    """Leave out what was shared without a name where those are fewer than `least`."""
    fewest = max(least, FEWEST)
    return tuple(
        each if len(each.unnamed) >= fewest else replace(each, unnamed=()) for each in shown
    )


def values_of(value: object) -> tuple[str, ...]:
    """Give the single choices of an answer; words are one."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (text_of(value),)


def grounds(together: Together, shown: Sequence[Shown], least: int) -> frozenset[str]:
    """Give the ids of the topics that two by name, or `least` without one, shared in one prompt.

    Each prompt is counted by itself: who is behind shares without a name can't be told across two.
    """
    return frozenset(
        topic.id
        for topic in together.topics
        for each in shown
        if each.phase in topic.parts and _several(topic, each, least)
    )


def afraid(together: Together, shown: Iterable[Shown]) -> bool:
    """Say whether anybody at all spoke of being afraid, or chose it."""
    return any(
        _says(together.unsafe, words)
        or any(_says(together.unsafe, one) for one in values_of(value))
        for each in shown
        for words, value in (*((w, v) for _, w, v in each.named), *each.unnamed)
    )


def offered(together: Together, shown: Sequence[Shown], least: int) -> tuple[Collective, ...]:
    """Give at most one step of each way: one with a ground, else one that needs none.

    Those with a ground come first. Where anybody is afraid, only what is marked for that.
    """
    told = grounds(together, shown, least)
    careful = afraid(together, shown)
    fit = [
        step
        for step in together.steps
        if (not careful or step.when_unsafe) and (not step.topics or told & {*step.topics})
    ]
    fit.sort(key=lambda step: not step.topics)
    first: dict[str, Collective] = {}
    for step in fit:
        first.setdefault(step.way, step)
    return tuple(first.values())


def reasons(step: Collective, together: Together, told: frozenset[str]) -> list[str]:
    """Give how those topics of a step read that several shared, in the order of the file."""
    wanted = told & {*step.topics}
    return [topic.reads for topic in together.topics if topic.id in wanted]


def _several(topic: Topic, shown: Shown, least: int) -> bool:
    named = sum(_tells(topic, words, value) for _, words, value in shown.named)
    unnamed = sum(_tells(topic, words, value) for words, value in shown.unnamed)
    return named >= NAMED or unnamed >= max(least, FEWEST)


def _tells(topic: Topic, words: str, value: object) -> bool:
    return bool(topic.choices & {*values_of(value)}) or _says(topic.words, words)


def _says(listed: Iterable[str], words: str) -> bool:
    said = f" {_plain(words)} "
    return any(f" {_plain(each)}{'' if each.endswith('*') else ' '}" in said for each in listed)


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.casefold().replace("’", "'")))
