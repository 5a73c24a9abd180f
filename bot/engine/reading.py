"""Reading one value of an author's file: of the right shape, or with a complaint that helps."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import get_close_matches
from textwrap import shorten
from typing import Final, TypeVar

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.expression import (
    Expression,
    ExpressionError,
    Phrases,
    Template,
    compile_expression,
    compile_template,
)
from bot.engine.faults import text_fault
from bot.engine.source import Node

T = TypeVar("T", Expression, Template)

_EMPTY = compile_template("")
_NEVER = compile_expression("false")
_LONGEST_LIST: Final = 150
"""So many letters of known words are listed where none is near to what was written."""


class Reader:
    """Reads nodes and gathers every complaint instead of stopping at the first."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def complain(self, node: Node, code: str, message: str, fix: str) -> None:
        """Note what is wrong where `node` stands."""
        self.found.append(at(node, code, message, fix))

    def text(self, node: Node | None) -> str:
        """Read a plain text, translated where it is; numbers count as what they look like."""
        if node is None or node.value is None:
            return ""
        if node.said is not None:
            return node.said
        if isinstance(node.value, list | dict):
            fix = "write one text; one that begins with { or [ needs quotes around it"
            self.complain(node, "not-a-text", "a text is wanted here", fix)
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
            said = isinstance(node.value, str)
            message = f"'{node.value}' is no number" if said else "a number is wanted here"
            self.complain(node, "not-a-number", message, "write it in figures, such as 5")
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
            fix = "write a name, a colon and a value on each line"
            self.complain(node, "not-a-mapping", "names with values are wanted here", fix)
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

    def needed_keys(self, node: Node, needed: Iterable[str]) -> None:
        """Complain about keys that are missing."""
        for key in needed:
            if isinstance(node.value, dict) and node.get(key) is None:
                self.complain(node, "missing-key", f"'{key}' is missing here", f"add  {key}:")

    @staticmethod
    def key_of(node: Node, key: str) -> Node | None:
        """Give where a key itself stands, which may be lines above its value."""
        return node.keys.get(key) if node.keys else None

    def template(self, node: Node | None, phrases: Phrases | None = None) -> Template:
        """Read a text with answers in it; `source` is the author's own words in any language."""
        made = self._compiled(node, lambda text: compile_template(text, phrases), _EMPTY)
        return replace(made, source=str(node.value)) if node and node.said is not None else made

    def condition(self, node: Node | None, phrases: Phrases | None = None) -> Expression:
        """Read a condition over answers."""
        return self._compiled(node, lambda text: compile_expression(text, phrases), _NEVER)

    def _compiled(self, node: Node | None, compile_: Callable[[str], T], instead: T) -> T:
        if node is None:
            return instead
        source = self.text(node)
        if isinstance(node.value, list | dict):
            return instead
        try:
            return compile_(source)
        except ExpressionError as error:
            fix = "see docs/writing-dialogues.md for what conditions and texts can hold"
            where = line_of(node, error.line)
            self.complain(where, "not-in-the-language", text_fault(str(error)), fix)
            return replace(instead, source=source)


def line_of(node: Node, inside: int) -> Node:
    """Give where a line of a text stands, counted from 1 within it.

    Only below a `|` or `>` do lines of a text have lines of their own; where `>` folds some
    together, they count as the first of them.
    """
    if node.text_line <= node.line:
        return node
    return replace(node, line=node.text_line + inside - 1, column=1)


def did_you_mean(word: str, known: list[str]) -> str:
    """Suggest the nearest known word, or list them, the first ones where there are many."""
    near = get_close_matches(word, known, 1)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"use one of: {shorten(', '.join(known), _LONGEST_LIST, placeholder=' ...')}"
