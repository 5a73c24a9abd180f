"""Which languages the operator says are ready: `dialogues/languages/ready.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.engine.reading import Reader
from bot.engine.source import Node

FILE: Final = "languages/ready.yaml"


@dataclass(frozen=True, slots=True)
class Ready:
    """One language by its code, with its own name, and what has been done for it, by whom and when.

    `measured` is the day on which it was measured how well safety phrases are noticed in it.
    """

    code: str
    name: str
    reviewed_by: str
    reviewed_on: str
    measured_on: str
    node: Node

    @property
    def lacks(self) -> list[str]:
        """Name what is still to be written down before it can be offered."""
        wanted = {
            "name": self.name,
            "reviewed: by": self.reviewed_by,
            "reviewed: on": self.reviewed_on,
            "measured: on": self.measured_on,
        }
        return [name for name, written in wanted.items() if not written]


def listed_in(named: Mapping[str, Node], reader: Reader) -> list[Ready]:
    """Give the languages that are listed as ready; what is wrong with the file goes to `reader`."""
    node = named.get(FILE)
    if node is None:
        return []
    reader.known_keys(node, ("written in", "ready"))
    return [_ready(reader, entry) for entry in reader.items(node.get("ready"))]


def written_in(named: Mapping[str, Node]) -> tuple[str, str]:
    """Give code and own name of the language that the dialogues are written in."""
    node = named[FILE].get("written in") if FILE in named else None
    read = Reader()
    code, name = (read.text(node.get(key)) if node else "" for key in ("code", "name"))
    return code or "en", name or "English"


def _ready(reader: Reader, node: Node) -> Ready:
    reader.known_keys(node, ("code", "name", "reviewed", "measured"))
    reviewed, measured = node.get("reviewed"), node.get("measured")
    for each, keys in ((reviewed, ("by", "on")), (measured, ("by", "on"))):
        if each is not None and each.value is not None:
            reader.known_keys(each, keys)
    return Ready(
        code=reader.text(node.get("code")),
        name=reader.text(node.get("name")),
        reviewed_by=reader.text(reviewed.get("by") if reviewed else None),
        reviewed_on=reader.text(reviewed.get("on") if reviewed else None),
        measured_on=reader.text(measured.get("on") if measured else None),
        node=node,
    )
