"""The allow-list: which fields a log line may have, and of which shape. The rest is dropped."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from structlog.typing import EventDict

from bot.logs.faults import known_name, places, type_name
from bot.logs.sentences import SENTENCES, UNNAMED, reason
from storage.faults import code_of

Clean = str | int | float | list[str]
Shape = Callable[[Any], Mapping[str, Clean]]
"""Gives the fields that a value becomes; none where it is not of that shape."""
MOST: Final = 10_000_000
_ID: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,59}")
_PLACE: Final = re.compile(r"(?:bot|storage)/[a-z_/]{1,80}\.py:\d{1,5}(?::[A-Za-z0-9_<>]{1,60})?")
KINDS: Final = frozenset(
    (
        *("opened", "text", "choice", "command", "edit", "unreadable", "edited"),
        *("time", "blocked", "found", "erasure"),
    )
)
OUTCOMES: Final = frozenset(("taken", "repeated"))
WHERES: Final = frozenset(("main", "thread", "task", "end"))


def _id(name: str) -> Shape:
    """Let an id through that authors gave: a letter first, so never a number of a chat."""

    def shape(value: Any) -> Mapping[str, Clean]:
        return {name: value} if type(value) is str and _ID.fullmatch(value) else {}

    return shape


def _one_of(name: str, words: frozenset[str]) -> Shape:
    def shape(value: Any) -> Mapping[str, Clean]:
        return {name: value} if type(value) is str and value in words else {}

    return shape


def _ms(value: Any) -> Mapping[str, Clean]:
    """Let milliseconds through, to a tenth."""
    number = type(value) in {int, float} and math.isfinite(value) and 0 <= value < MOST
    return {"ms": round(value, 1)} if number else {}


def _fault(value: Any) -> Mapping[str, Clean]:
    """Make of an exception its type, a database's code with its meaning, and places of ours.

    The name of a type alone goes through where some exception is called so.
    """
    if type(value) is str:
        return {"fault": known_name(value)}
    kind = value if isinstance(value, type) else type(value)
    if not issubclass(kind, BaseException):
        return {}
    told: dict[str, Clean] = {"fault": type_name(kind)}
    if kind is value:
        return told
    if code := code_of(value):
        told["code"] = code
        if meaning := reason(code):
            told["why"] = meaning
    return {**told, **_places(places(value.__traceback__))}


def _places(value: Any) -> Mapping[str, Clean]:
    if type(value) not in {list, tuple}:
        return {}
    ours = [each for each in value if type(each) is str and _PLACE.fullmatch(each)]
    return {"places": ours} if ours and len(ours) == len(value) else {}


ALLOWED: Final[Mapping[str, Shape]] = {
    "step": _id("step"),
    "script": _id("script"),
    "library": _id("library"),
    "kind": _one_of("kind", KINDS),
    "outcome": _one_of("outcome", OUTCOMES),
    "where": _one_of("where", WHERES),
    "ms": _ms,
    "fault": _fault,
    "places": _places,
}


def allowed(_: object, level: str, fields: EventDict) -> EventDict:
    """Let through what is on the list, and count what is not, as `dropped`.

    A line whose code is none of ours is `unnamed`. Never raises, whatever it is given: no value is
    asked for its words.
    """
    event = fields.pop("event", None)
    named = type(event) is str and event in SENTENCES
    kept: EventDict = {"level": level, "event": event if named else UNNAMED}
    dropped = 0 if named else 1
    for name, value in fields.items():
        shape = ALLOWED.get(name)
        if shape and (clean := shape(value)):
            kept.update(clean)
        else:
            dropped += 1
    if dropped:
        kept["dropped"] = dropped
    return kept
