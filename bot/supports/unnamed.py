"""Who of those somebody named is never named by Kith, and what would name them all the same."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.engine.joining import may_join
from bot.engine.naming import is_in_id, names, same_person
from bot.engine.understand import name_id
from bot.engine.values import SKIPPED, Scope, as_list

GROUPS: Final = ("group", "place", "activity")
"""What on the map is gone to; whatever else is there is a person, or an animal."""
ANIMAL: Final = "animal"


def askable(scope: Scope, name: str = "people") -> list[Mapping[str, object]]:
    """Give those of the people, or of the map, who may be named and asked, in their order.

    A place or an animal is gone to without being asked.
    """
    return [
        each
        for each in _listed(scope.get(name))
        if _is_open(each) and not is_unnamed(str(each.get("name", "")), scope)
    ]


def is_closed(name: str, scope: Scope) -> bool:
    """Say whether the map says of this very name that it is better not asked."""
    shut = [each for each in _listed(scope.get("people")) if each.get("ask") == "no"]
    return name_id(name) in {name_id(str(each.get("name", ""))) for each in shut}


def _is_open(each: Mapping[str, object]) -> bool:
    unasked = not each.get("ask") and each.get("kind") in (*GROUPS, ANIMAL)
    return unasked or each.get("ask") in ("yes", "maybe")


def is_unnamed(name: str, scope: Scope) -> bool:
    """Say whether a name is that of the Other, or tells of somebody who is to be left out.

    "Dee's choir" is out where Dee is to be left out, and "my boss Dee" where "Dee" is.
    """
    other = [str(each.get("name", "")) for each in _listed([scope.get("other")])]
    out = left_out(scope)
    same = any(same_person(name, each) for each in (*other, *out))
    return same or any(names(name, each) for each in out) or _was_left_out(name, scope)


def _was_left_out(text: str, scope: Scope) -> bool:
    """Say whether a text names somebody feared earlier, of whom only the id is kept."""
    known = [str(each) for each in as_list(scope.get("left_out"))]
    return name_id(text) in known or is_in_id(text, known)


def left_out(scope: Scope) -> list[str]:
    """Name whoever is to be left out, may pass things on, or is an Other not clearly called safe.

    Of whom somebody feared earlier only ids are known (`left_out`).
    """
    passing_on = [each for each in _listed(scope.get("people")) if each.get("ask") == "passes_on"]
    unsafe = [] if may_join(scope) else _listed([scope.get("other")])
    told = [*_listed(scope.get("leave_out")), *passing_on, *unsafe]
    named = [str(each.get("name", "")) for each in told]
    return [*named, *(str(each) for each in as_list(scope.get("unnamed")))]


def tells_of_left_out(text: str, scope: Scope) -> bool:
    """Say whether some words name somebody who is to be left out."""
    return _tells(text, left_out(scope), scope)


def quiet(scope: Scope) -> dict[str, object]:
    """Leave out an Other who isn't safe, and each answer in own words that names one left out."""
    out = left_out(scope)
    hidden = {
        name
        for name, value in scope.items()
        if name != "contact" and _tells(_words_of(value), out, scope)
    }
    if not may_join(scope):
        hidden.add("other")
    return {**scope, **dict.fromkeys(hidden, SKIPPED)}


def _words_of(value: object) -> str:
    words = value.get("name") if isinstance(value, Mapping) else value
    return words if isinstance(words, str) else ""


def _tells(words: str, out: Sequence[str], scope: Scope) -> bool:
    return any(names(words, one) for one in out) or _was_left_out(words, scope)


def _listed(value: object) -> list[Mapping[str, object]]:
    return [each for each in as_list(value) if isinstance(each, Mapping)]
