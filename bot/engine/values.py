"""The two ways in which an answer can be absent, and what a template may do with answers."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Final

from bot.engine.naming import names_any, same_person


class Absent(Enum):
    """An answer that is not there: false, empty, equal to nothing, and never an error."""

    UNASKED = "unasked"
    SKIPPED = "skipped"

    def __bool__(self) -> bool:
        return False

    __hash__ = object.__hash__  # each is one of a kind, and looked up often


UNASKED: Final = Absent.UNASKED
SKIPPED: Final = Absent.SKIPPED

Scope = Mapping[str, object]

LONGEST_QUOTE: Final = 200
JOINS: Final = (", ", " and ")
"""What stands between the items of a list, and before the last."""
_TURNING: Final = frozenset(
    {"R", "AL", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI", "FSI", "PDF", "PDI"}
)
_ISOLATES: Final = ("\u2066", "\u2067", "\u2068")
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def is_answered(value: object) -> bool:
    """Say whether a person gave this answer (not skipped, not forgotten, not unasked)."""
    return not isinstance(value, Absent)


def text_of(value: object) -> str:
    """Write a value as plain text: a name for a person, a list with commas and "and"."""
    match value:
        case Absent():
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case Mapping():
            return yours(value.get("name", ""))
        case list() | tuple():
            return listed(text_of(item) for item in value)
        case _:
            return str(value)


def yours(value: object) -> str:
    """Say a person's own name for somebody from Kith's side: "my sister" is "your sister"."""
    name = value if isinstance(value, str) else text_of(value)
    first_word, _, rest = name.partition(" ")
    return f"your {rest}" if rest and first_word.casefold() in ("my", "our") else name


def listed(parts: Iterable[str]) -> str:
    """Join with commas and a last "and"."""
    return joined(list(parts), *JOINS)


def joined(value: object, comma: str, last: str) -> str:
    """Write a value as plain text, a list with these words between its items."""
    items = value if isinstance(value, list | tuple) else [value]
    *rest, end = [part for part in map(text_of, items) if part] or [""]
    return f"{comma.join(rest)}{last}{end}" if rest else end


def read_as(value: object, readings: object) -> object:
    """Put a value that people read into their language, one by one; what isn't listed stays."""
    if isinstance(value, list | tuple):
        return [read_as(item, readings) for item in value]
    words = yours(value.get("name", "")) if isinstance(value, Mapping) else value
    if not isinstance(words, str) or not isinstance(readings, Mapping):
        return value
    lower = words[:1].lower() + words[1:]
    if words in readings or lower not in readings:
        return readings.get(words, value)
    return capital(readings[lower])


def isolated(value: object) -> object:
    """Keep inserted words from turning the sentence around them (FSI, PDI; UAX #9), one by one.

    An isolate ends with its line, so each line has its own.
    """
    if isinstance(value, list | tuple):
        return [isolated(item) for item in value]
    return "\n".join(map(_isolate, text_of(value).split("\n")))


def _isolate(words: str) -> str:
    if not words:
        return ""
    inner = words.replace(_END_ISOLATE, "")
    ends = 1 + sum(inner.count(isolate) for isolate in _ISOLATES)
    return f"{_ISOLATE}{inner}{_END_ISOLATE * ends}"


def quote(value: object) -> str:
    """Give a person's own words back exactly, marked as theirs, cut only where they are long.

    Words that run from right to left are wrapped in Unicode isolates (FSI, PDI; UAX #9), so that
    they can't turn the sentence around them.
    """
    words = " ".join(text_of(value).split())
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(".,;: ") + " …"
    if not words:
        return ""
    if any(unicodedata.bidirectional(letter) in _TURNING for letter in words):
        words = _isolate(words)
    return f"“{words}”"


def pluck(value: object, field: object) -> list[object]:
    """Collect one field from each item of a list."""
    items = value if isinstance(value, list | tuple) else []
    return [item.get(str(field), UNASKED) for item in items if isinstance(item, Mapping)]


def as_list(value: object) -> Sequence[Any]:
    """Give a list as it is, and anything else as an empty one."""
    return value if isinstance(value, list | tuple) else ()


def where(value: object, field: object, wanted: object) -> list[object]:
    """Keep the items of a list in which one field has this value."""
    items = value if isinstance(value, list | tuple) else []
    return [i for i in items if isinstance(i, Mapping) and i.get(str(field), UNASKED) == wanted]


def without(value: object, others: object) -> list[object]:
    """Take out of a list whoever is the same as one of the others, by id or by name.

    "My sister Anna" is out as well where "Anna" is.
    """
    items = value if isinstance(value, list | tuple) else []
    unwanted = others if isinstance(others, list | tuple) else [others]
    gone = {_same(other) for other in unwanted} - {""}
    called = [text_of(other.get("name", "")) for other in unwanted if isinstance(other, Mapping)]
    return [item for item in items if _same(item) not in gone and not _is_one_of(item, called)]


def _is_one_of(item: object, names: Iterable[str]) -> bool:
    named = isinstance(item, Mapping) and text_of(item.get("name", ""))
    return bool(named) and any(same_person(str(named), name) for name in names)


def _same(value: object) -> str:
    return str(value.get("id", "")) if isinstance(value, Mapping) else text_of(value).casefold()


def naming(value: object, people: object) -> bool:
    """Say whether a person's words name one of these people."""
    listed = people if isinstance(people, list | tuple) else []
    words = value if isinstance(value, str) else text_of(value)
    return names_any(words, map(text_of, listed))


def filled(value: object) -> list[object]:
    """Keep what is not empty."""
    items = value if isinstance(value, list | tuple) else []
    return [item for item in items if item]


def distinct(value: object) -> list[object]:
    """Take repeats out of a list, first ones kept."""
    items = value if isinstance(value, list | tuple) else []
    return [item for place, item in enumerate(items) if item not in items[:place]]


def count(value: object) -> int:
    """Count the items of a list; anything absent counts none."""
    return len(value) if isinstance(value, list | tuple | Mapping | str) else 0


def first(value: object) -> object:
    """Give the first item of a list, or nothing."""
    return value[0] if isinstance(value, list | tuple) and value else UNASKED


def capital(value: object) -> str:
    """Begin with a capital letter and leave the rest alone."""
    words = text_of(value)
    return words[:1].upper() + words[1:]


def named_in(value: object) -> Iterator[tuple[str, str]]:
    """Give whoever and whatever place is named in a value, each by the id that is kept of it."""
    match value:
        case Mapping():
            name = str(value.get("name") or "")
            if name and "id" in value:
                yield str(value["id"]), name
            if name and value.get("source"):
                yield f"{value['source']}/{value.get('ref')}", name
        case list() | tuple():
            for each in value:
                yield from named_in(each)


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "quote": quote,
    "yours": yours,
    "pluck": pluck,
    "where": where,
    "distinct": distinct,
    "without": without,
    "naming": naming,
    "filled": filled,
    "count": count,
    "first": first,
    "capital": capital,
    "listed": text_of,
    "joined": joined,
    "read_as": read_as,
    "isolated": isolated,
}
