"""The small list of places, groups and services that ships with the dialogues."""

from dataclasses import dataclass
from typing import Final, Literal

from bot.engine.reading import Reader
from bot.engine.source import Node

KINDS = ("group", "place", "service", "line")
_KEYS = (
    "id",
    "name",
    "kind",
    "what",
    "start",
    "phone",
    "url",
    "hours",
    "nations",
    "for",
    "parts",
    "tags",
    "who_meets_you",
    "assured",
)


RESOURCES: Final = "resources"
"""The source of what stands in resources.yaml."""
Checked = Literal["fresh", "grey", "never"]
"""Whether somebody checked it in the last half year, before that, or not as far as is known."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One place, group, service or line; `assured` is empty where nobody has checked it.

    `checked` says whether that is long ago today, and `months` how long. `said` is what of
    somebody's words it was found by; what is found in no directory has neither that nor a distance.
    """

    id: str
    name: str
    kind: str
    what: str
    start: str
    phone: str
    url: str
    who_meets_you: str
    nations: frozenset[str]
    tags: frozenset[str]
    assured: str
    source: str = RESOURCES
    checked: Checked = "never"
    months: int = 0
    said: str = ""
    distance: str = ""
    free: bool = False
    cost: str = ""
    opens: str = ""
    who_for: str = ""


def read_resources(reader: Reader, node: Node | None) -> tuple[Resource, ...]:
    """Read the list; what is wrong with it goes to the reader."""
    entries = reader.items(node.get("resources")) if node else []
    return tuple(_resource(reader, entry) for entry in entries)


def _resource(reader: Reader, node: Node) -> Resource:
    reader.known_keys(node, _KEYS)
    if not reader.text(node.get("start")):
        reader.complain(node, "no-start", "nothing says how to begin here", "add  start:")
    assured = node.get("assured")
    return Resource(
        id=reader.text(node.get("id")),
        name=reader.text(node.get("name")),
        kind=reader.one_of(node.get("kind"), KINDS, "unknown-kind", "service"),
        what=reader.text(node.get("what")),
        start=reader.text(node.get("start")),
        phone=reader.text(node.get("phone")),
        url=reader.text(node.get("url")),
        who_meets_you=reader.text(node.get("who_meets_you")),
        nations=frozenset(reader.text(item) for item in reader.items(node.get("nations"))),
        tags=frozenset(reader.text(item) for item in reader.items(node.get("tags"))),
        assured=reader.text(assured.get("on")) if assured else "",
    )
