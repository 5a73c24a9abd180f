"""Who of those somebody named is never named by Kith, and what would name them all the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.joining import may_join
from bot.engine.naming import names, runs, same_person
from bot.engine.understand import name_id
from bot.engine.values import SKIPPED, Scope


def askable(scope: Scope, name: str = "people") -> list[Mapping[str, object]]:
    """Give those of the people, or of the map, who may be named and asked for something."""
    return [
        each
        for each in _listed(scope.get(name))
        if each.get("ask") in ("yes", "maybe") and not is_unnamed(str(each.get("name", "")), scope)
    ]


def is_unnamed(name: str, scope: Scope) -> bool:
    """Say whether a name is that of the Other, or tells of somebody who is to be left out.

    "Dee's choir" is out where Dee is to be left out, and "my boss Dee" where "Dee" is.
    """
    other = [str(each.get("name", "")) for each in _listed([scope.get("other")])]
    out = left_out(scope)
    same = any(same_person(name, each) for each in (*other, *out))
    known = {str(each) for each in _list(scope.get("left_out"))}
    return same or any(names(name, each) for each in out) or not known.isdisjoint(_ids(name))


def left_out(scope: Scope) -> list[str]:
    """Name whoever is to be left out, may pass things on, or is an Other not clearly called safe.

    Of whom somebody feared earlier only ids are known (`left_out`).
    """
    passing_on = [each for each in _listed(scope.get("people")) if each.get("ask") == "passes_on"]
    unsafe = [] if may_join(scope) else _listed([scope.get("other")])
    told = [*_listed(scope.get("leave_out")), *passing_on, *unsafe]
    named = [str(each.get("name", "")) for each in told]
    return [*named, *(str(each) for each in _list(scope.get("unnamed")))]


def quiet(scope: Scope) -> dict[str, object]:
    """Leave out an Other who isn't safe, and each answer in own words that names one left out."""
    out = left_out(scope)
    hidden = {
        name
        for name, value in scope.items()
        if isinstance(value, str) and name != "contact" and any(names(value, one) for one in out)
    }
    if not may_join(scope):
        hidden.add("other")
    return {**scope, **dict.fromkeys(hidden, SKIPPED)}


def _ids(name: str) -> set[str]:
    return {name_id(run) for run in runs(name)}


def _listed(value: object) -> list[Mapping[str, object]]:
    return [each for each in _list(value) if isinstance(each, Mapping)]


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else []
