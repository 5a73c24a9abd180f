"""The phrases that make Kith stop or ask: from their file to rules that pass their examples."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.source import Node, plain
from bot.safety.families import Families, compile_families
from bot.safety.fields import FamilyError

_RULE: Final = re.compile(r"Rule '([^']+)'")


def read_phrases(node: Node, found: list[Diagnostic], *, proven: bool = False) -> Families:
    """Compile the phrases; what is wrong goes to `found`, at its rule, and nothing is noticed.

    Phrases that were published as they are have been `proven` on their examples.
    """
    data: Any = plain(node)
    try:
        return _compiled(json.dumps(data), proven)
    except FamilyError as error:
        fix = "mend that rule, or its examples"
        found.append(at(_place(node, str(error)), "phrase-rule", str(error), fix))
        return Families(())


@lru_cache(maxsize=2)
def _compiled(data: str, proven: bool) -> Families:  # noqa: FBT001 - a key of the cache
    """Compile phrases once: files are read again often."""
    return compile_families(json.loads(data), proven=proven)


def _place(node: Node, told: str) -> Node:
    """Find the rule that a complaint names."""
    named = _RULE.search(told)
    rules = (each for each in _mappings(node) if named and _id(each) == named[1])
    return next(rules, node)


def _id(node: Node) -> object:
    name = node.get("id")
    return name.value if name else None


def _mappings(node: Node) -> Iterator[Node]:
    match node.value:
        case dict(pairs):
            yield node
            for each in pairs.values():
                yield from _mappings(each)
        case list(items):
            for each in items:
                yield from _mappings(each)
        case _:
            return
