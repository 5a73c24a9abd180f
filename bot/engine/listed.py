"""What was suggested out of a list of places, and what somebody has said of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.engine.apart import reflection_of
from bot.engine.session import Session


def listed(session: Session) -> dict[str, Mapping[str, Any]]:
    """Give what was suggested out of a list, what is in the plan first, by `source/id`.

    What somebody has said something of already is left out, so that each counts once.
    """
    reflection = reflection_of(session)
    plan = {str(part.get("who")) for part in _rows(reflection, "plan")}
    found = [item for item in _rows(reflection, "suggestions") if item.get("source")]
    told = {each.partition(":")[2] for each in reflection.reported}
    rows = sorted(found, key=lambda item: item.get("name") not in plan)
    keyed = {f"{item['source']}/{item['ref']}": item for item in rows}
    return {key: item for key, item in keyed.items() if key not in told}


def closed_places(session: Session) -> list[str]:
    """Give what is not to be suggested to this person again, by `source/id`."""
    told = (each.partition(":") for each in reflection_of(session).reported)
    return [key for verdict, _, key in told if verdict == "closed"]


def _rows(session: Session, name: str) -> Iterator[Mapping[str, Any]]:
    held = session.answers.get(name)
    rows = held.value if held and isinstance(held.value, list) else []
    yield from (row for row in rows if isinstance(row, Mapping))
