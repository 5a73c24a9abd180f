"""Reading one value of an author's file: of the right shape, or with a complaint that helps."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TypeVar

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.expression import (
    Expression,
    ExpressionError,
    Phrases,
    Template,
    compile_expression,
    compile_template,
)
from bot.engine.source import Node

T = TypeVar("T")

_EMPTY = compile_template("")
_NEVER = compile_expression("false")


class Reader:
    """Reads nodes and gathers every complaint instead of stopping at the first."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def complain(self, node: Node, code: str, message: str, fix: str) -> None:
        """Note what is wrong where `node` stands."""
        self.found.append(at(node, code, message, fix))

    def text(self, node: Node | None) -> str:
        """Read a plain text; numbers count as what they look like."""
        if node is None or node.value is None:
            return ""
        if isinstance(node.value, list | dict):
            self.complain(node, "not-a-text", "a text is wanted here", "write one line of text")
            return ""
        return str(node.value).lower() if isinstance(node.value, bool) else str(node.value)

    def flag(self, node: Node | None) -> bool:
        """Read a yes or no; nothing counts as no."""
        word = self.text(node).lower()
        if node is not None and word not in ("yes", "true", "no", "false"):
            self.complain(node, "not-a-flag", f"'{word}' is neither yes nor no", "write yes or no")
        return word in ("yes", "true")

    def number(self, node: Node | None) -> float | None:
        """Read a number, or nothing."""
        if node is None:
            return None
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            self.complain(node, "not-a-number", "a number is wanted here", "write for instance 5")
            return None
        return node.value

    def items(self, node: Node | None) -> list[Node]:
        """Read a list; one single value counts as a list of one."""
        if node is None or node.value is None:
            return []
        return node.value if isinstance(node.value, list) else [node]

    def pairs(self, node: Node | None) -> dict[str, Node]:
        """Read a mapping of names to values."""
        if node is None or node.value is None:
            return {}
        if not isinstance(node.value, dict):
            self.complain(
                node,
                "not-a-mapping",
                "names with values are wanted here",
                "write  name: value  lines",
            )
            return {}
        return node.value

    def one_of(self, node: Node | None, allowed: Iterable[str], code: str, default: str) -> str:
        """Read one word out of a closed list."""
        if node is None:
            return default
        word = self.text(node)
        known = list(allowed)
        if word in known:
            return word
        self.complain(node, code, f"'{word}' is not known here", did_you_mean(word, known))
        return default

    def known_keys(self, node: Node, allowed: Iterable[str]) -> None:
        """Complain about keys that nothing reads."""
        known = list(allowed)
        for key, value in self.pairs(node).items():
            if key not in known:
                message = f"nothing here is called '{key}'"
                where = self.key_of(node, key) or value
                self.complain(where, "unknown-key", message, did_you_mean(key, known))

    @staticmethod
    def key_of(node: Node, key: str) -> Node | None:
        """Give where a key itself stands, which may be lines above its value."""
        return node.keys.get(key) if node.keys else None

    def template(self, node: Node | None, phrases: Phrases | None = None) -> Template:
        """Read a text with answers in it."""
        return self._compiled(node, lambda text: compile_template(text, phrases), _EMPTY)

    def condition(self, node: Node | None) -> Expression:
        """Read a condition over answers."""
        return self._compiled(node, compile_expression, _NEVER)

    def _compiled(self, node: Node | None, compile_: Callable[[str], T], instead: T) -> T:
        if node is None:
            return instead
        try:
            return compile_(self.text(node))
        except ExpressionError as error:
            fix = "see docs/writing-dialogues.md for what conditions and texts can hold"
            begins = node.text_line or node.line
            where = Node(node.value, begins + error.line - 1, node.column, node.file)
            self.complain(where, "not-in-the-language", str(error), fix)
            return instead


def did_you_mean(word: str, known: list[str]) -> str:
    """Suggest the nearest known word, or list them."""
    near = get_close_matches(word, known, 1)
    return f"did you mean '{near[0]}'?" if near else f"use one of: {', '.join(known)}"
