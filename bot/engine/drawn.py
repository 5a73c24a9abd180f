"""Who and what may be drawn, as plain data: nobody unsafe, whatever an author wrote."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.engine.naming import is_in_id, names_any
from bot.engine.values import Scope, is_answered

NEVER: Final = ("passes_on", "unsafe")
"""What was said of people whom Kith never names after that."""


def drawn(items: object, scope: Scope) -> list[dict[str, object]]:
    """Give the items that may be drawn: not the Other, not who was left out, not who is unsafe."""
    named = [item for item in listed(items) if isinstance(item, Mapping) and item.get("name")]
    out = {*map(str, listed(scope.get("left_out")))}
    out |= {str(each["id"]) for name in ("other", "leave_out") for each in _people(scope.get(name))}
    people = [str(each) for each in listed(scope.get("unnamed"))]
    return [
        _item(each)
        for each in named
        if each.get("id") not in out
        and each.get("ask") not in NEVER
        and not names_any(str(each["name"]), people)
        and not is_in_id(str(each["name"]), sorted(out))
    ]


def listed(value: object) -> Sequence[object]:
    """Give a list as it is, and anything else as an empty one."""
    return value if is_answered(value) and isinstance(value, list | tuple) else []


def _people(value: object) -> list[Mapping[str, object]]:
    held = [value] if isinstance(value, Mapping) else listed(value)
    return [each for each in held if isinstance(each, Mapping) and "id" in each]


def _item(item: Mapping[str, object]) -> dict[str, object]:
    gets = item.get("gets") or item.get("good_at")
    return {
        "name": str(item["name"]),
        "kind": item.get("kind") or "person",
        "ring": item.get("near") or "middle",
        "tie": item.get("tie") or "",
        "get": bool({*map(str, listed(gets))} - {"nothing", "unsure"}),
        "give": bool({*map(str, listed(item.get("gives")))} - {"nothing"}),
    }
