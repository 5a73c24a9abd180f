"""Words that would bring the person and the Other together, where nothing is marked `joins`."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.engine.catalogue import Compiled
from bot.engine.checks import texts
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.expression import Template
from bot.engine.source import Node
from bot.supports.rules import Rule
from bot.wording.places import Raw, placed
from bot.wording.rules import Wording, pattern_of


def unmarked_joining(
    wording: Wording,
    scripts: Mapping[str, Compiled],
    rules: Sequence[Rule],
    named: Mapping[str, Node],
    raw: Raw,
) -> Iterator[Diagnostic]:
    """Find texts that speak of going to the Other, in steps and rules that aren't marked `joins`.

    Only what is marked is kept from people for whom it isn't clearly safe.
    """
    words = wording.joining
    if not words:
        return
    for compiled in scripts.values():
        for step in compiled.script.steps.values():
            for node, text in texts(step) if not step.joins else ():
                yield from _found(words, node, text, raw)
    listed = named["suggestions.yaml"].get("suggestions") if "suggestions.yaml" in named else None
    entries = listed.value if listed and isinstance(listed.value, list) else []
    for rule, entry in zip(rules, entries, strict=False):
        written = {"short": rule.short, "step": rule.step, "more": rule.more, "draft": rule.draft}
        for key, each in written.items() if not rule.joins else ():
            if each:
                yield from _found(words, entry.get(key) or entry, each, raw)


def _found(words: Sequence[str], node: Node, text: Template, raw: Raw) -> Iterator[Diagnostic]:
    if "other" not in text.reads:
        return
    for each in words:
        match = _to_other(each).search(text.source)
        if match:
            message = f"'{each}' and then the Other's name, but this isn't marked  joins: yes"
            fix = "mark it, so that it is kept from whoever isn't safe, or say it without the name"
            yield at(placed(node, raw, each), "joins-unmarked", message, fix)
            return


def _to_other(words: str) -> re.Pattern[str]:
    inside = pattern_of(words).pattern
    return re.compile(rf"{inside}\s+(?:\w+\s+){{0,2}}\{{\{{\s*\(?\s*other\b", re.IGNORECASE)
