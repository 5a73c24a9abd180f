"""What an author wrote, as plain values that remember where they stood."""

from dataclasses import dataclass

Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a script file with its place; `line` and `column` count from 1.

    `keys` says where the keys of a mapping stand, `text_line` where the words of a text begin:
    below the `|` or `>` that announces them, where there is one. `said` is the same text in
    another language, where it has been translated.
    """

    value: "Plain | list[Node] | dict[str, Node]"
    line: int
    column: int
    file: str
    keys: "dict[str, Node] | None" = None
    text_line: int = 0
    said: str | None = None

    def get(self, key: str) -> "Node | None":
        """Give the value under `key`, or None where there is none or this is no mapping."""
        return self.value.get(key) if isinstance(self.value, dict) else None


def plain(node: Node) -> object:
    """Drop the places: the value as ordinary dicts, lists and scalars."""
    match node.value:
        case dict(pairs):
            return {key: plain(value) for key, value in pairs.items()}
        case list(items):
            return [plain(item) for item in items]
        case scalar:
            return scalar
