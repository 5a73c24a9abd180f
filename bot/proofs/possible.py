"""Which values an answer can take: all that any condition of the script could tell apart."""

from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import chain, combinations
from typing import Final

from bot.engine.checks import conditions
from bot.engine.expression import Expression
from bot.engine.scope import GLOBALS
from bot.engine.script import Ask, Choice, Script, Step
from bot.engine.values import SKIPPED, UNASKED

MOST_SUBSETS: Final = 6
"""Several choices out of more than these are not told apart."""


class Vague(Enum):
    """A value of which only this is known: it is there, and has something in it or may not."""

    FILLED = "filled"
    THERE = "there"

    __hash__ = object.__hash__


ELSE: Final = "\x00anything else"
"""A text that equals nothing that an author wrote."""
ANYTHING: Final = (UNASKED, SKIPPED, True, False, ELSE, Vague.THERE)

_NUMBERS: Final = ("recent", "age", "keep_days", "keep_unfinished_days", "keep_apart_days", "least")

Possible = Mapping[str, tuple[object, ...]]


def possible_values(script: Script) -> Possible:
    """Give for each name that a script can read the values that it can have when it is there.

    For an answer these are the values that a person can give; being unasked or skipped comes on
    top. For an input and what every script can read, they are all that it can be. Of values that no
    condition of the script can tell apart only the first is given.
    """
    leaves = _leaves(script)
    named = {
        name: {value for part in parts for value in part.literals} for name, parts in leaves.items()
    }
    found = {
        step.answer: values_of(step, named.get(step.answer, ()))
        for step in script.steps.values()
        if step.answer
    }
    outside = {*script.inputs, *GLOBALS}
    found |= {name: (*ANYTHING, *_also(named.get(name, ()), ANYTHING)) for name in outside}
    lists = [list(part) for part in subsets([*map(str, named.get("concerns", ())), ELSE])]
    found["concerns"] = tuple(lists)
    found |= dict.fromkeys(("contact", "group_name"), (UNASKED, ELSE))
    found["late"] = ([], sorted(map(str, named.get("late", ()))))
    found |= dict.fromkeys(("bad_days", "local", "private"), (True, False))
    found |= {name: tuple(_numbers(named.get(name, ()), 0, None)) for name in _NUMBERS}
    return {name: _told_apart(name, values, leaves.get(name, ())) for name, values in found.items()}


def _told_apart(
    name: str, values: tuple[object, ...], leaves: Iterable[Expression]
) -> tuple[object, ...]:
    """Keep one of all values that every condition answers alike; a joint one tells all apart."""
    if any(part.reads != {name} for part in leaves):
        return values
    classes: dict[tuple[object, ...], object] = {}
    for value in values:
        vague = isinstance(value, Vague) or value in (UNASKED, SKIPPED)
        sign = (value,) if vague else tuple(part.holds({name: value}) for part in leaves)
        classes.setdefault(sign, value)
    return tuple(classes.values())


def values_of(step: Step, literals: Iterable[object] = ()) -> tuple[object, ...]:
    """Give what the answer of a step can be when it is given."""
    ask = step.ask
    if ask is None:
        return (Vague.THERE,)
    texts = [each for each in literals if isinstance(each, str)]
    match ask.kind:
        case "yes/no":
            return (True, False)
        case "choice":
            fixed = [choice.value for choice in ask.choices]
            free = [ELSE, *_also(texts, fixed)] if ask.own_words or ask.offer else []
            return (*fixed, *free)
        case "several":
            return tuple(_several(ask.choices, own=ask.own_words or ask.offer is not None))
        case "number":
            return tuple(_numbers(literals, ask.least, ask.most))
        case "person" if (ask.most or 1) > 1:
            return (Vague.FILLED,)
        case "person":
            return ({"id": ELSE, "name": ELSE},)
        case "stones":
            return tuple(_stones(ask))
        case _:
            return (ELSE, *texts)


def subsets(values: Iterable[str]) -> list[tuple[str, ...]]:
    """Give every selection out of some values, the empty one first."""
    whole = list(values)
    sizes = (combinations(whole, size) for size in range(len(whole) + 1))
    return list(chain.from_iterable(sizes))


def _several(choices: Iterable[Choice], *, own: bool) -> list[object]:
    together = [choice.value for choice in choices if not choice.only]
    alone = [[choice.value] for choice in choices if choice.only]
    if own:
        together.append(ELSE)
    if len(together) > MOST_SUBSETS:
        return [*alone, Vague.FILLED]
    return [*alone, *(list(part) for part in subsets(together) if part)]


def _stones(ask: Ask) -> list[object]:
    names = [choice.value for choice in ask.choices]
    most = int(ask.most or 5)
    return [dict.fromkeys(names, 0) | {name: most} for name in names] + [Vague.FILLED]


def _numbers(literals: Iterable[object], least: float | None, most: float | None) -> list[float]:
    """Give a number on each side of every one that is named, and each of them, within limits."""
    named = [each for each in literals if isinstance(each, int | float)]
    edges = [each for each in (least, most) if each is not None]
    near = {at + off for at in (*named, *edges, least or 0) for off in (-1, 0, 1)}
    low, high = (least if least is not None else -1e9), (most if most is not None else 1e9)
    return sorted(each for each in near if low <= each <= high)


def _also(literals: Iterable[object], known: Iterable[object]) -> list[object]:
    seen = list(known)
    return [each for each in sorted(literals, key=str) if each not in seen]


def _leaves(script: Script) -> dict[str, list[Expression]]:
    """Gather for each name the smallest conditions that read it."""
    found: dict[str, list[Expression]] = {}
    for step in script.steps.values():
        for _, condition in conditions(step):
            for part in parts_of(condition):
                for name in part.reads:
                    found.setdefault(name, []).append(part)
    return found


def parts_of(condition: Expression) -> list[Expression]:
    """Take a condition apart at its ands, ors and nots."""
    if condition.joint not in ("and", "or", "not"):
        return [condition]
    return [leaf for part in condition.parts for leaf in parts_of(part)]
