"""Who and what may be drawn, as plain data: nobody unsafe, whatever an author wrote."""

from collections.abc import Mapping
from typing import Final

from bot.engine.naming import is_in_id, names_any
from bot.engine.values import Scope, as_list

NEVER: Final = ("passes_on", "unsafe")
"""What was said of people whom Kith never names after that."""


def drawn(items: object, scope: Scope) -> list[dict[str, object]]:
    """Give the items that may be drawn: not the Other, not who was left out, not who is unsafe."""
    named = [item for item in as_list(items) if isinstance(item, Mapping) and item.get("name")]
    out = {*map(str, as_list(scope.get("left_out")))}
    out |= {str(each["id"]) for name in ("other", "leave_out") for each in _people(scope.get(name))}
    people = [str(each) for each in as_list(scope.get("unnamed"))]
    return [
        _item(each)
        for each in named
        if each.get("id") not in out
        and each.get("ask") not in NEVER
        and not names_any(str(each["name"]), people)
        and not is_in_id(str(each["name"]), sorted(out))
    ]


def _people(value: object) -> list[Mapping[str, object]]:
    held = [value] if isinstance(value, Mapping) else as_list(value)
    return [each for each in held if isinstance(each, Mapping) and "id" in each]


def _item(item: Mapping[str, object]) -> dict[str, object]:
    gets = item.get("gets") or item.get("good_at")
    return {
        "name": str(item["name"]),
        "kind": item.get("kind") or "person",
        "ring": item.get("near") or "middle",
        "tie": item.get("tie") or "",
        "get": bool({*map(str, as_list(gets))} - {"nothing", "unsure"}),
        "give": bool({*map(str, as_list(item.get("gives")))} - {"nothing"}),
    }
