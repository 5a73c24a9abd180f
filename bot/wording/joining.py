"""Words that would bring the person and the Other together, where nothing is marked `joins`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.engine.catalogue import Compiled
from bot.engine.checks import texts
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.expression import Template
from bot.engine.source import Node
from bot.supports.rules import Rule
from bot.wording.places import Raw, placed
from bot.wording.rules import Wording, pattern_of

_THEM: Final = r"(?:him|her|them|the other|the others|whoever|who decides|those who)"


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


def unsafe_together(wording: Wording, named: Mapping[str, Node], raw: Raw) -> Iterator[Diagnostic]:
    """Find steps for a group that are offered to who is afraid, and speak of going to somebody.

    Those texts hold no names, so it is "them", "him" or "whoever" that tells of the Other.
    """
    listed = named["together.yaml"].get("steps") if "together.yaml" in named else None
    for step in listed.value if listed and isinstance(listed.value, list) else ():
        marked = step.get("when unsafe")
        texts = [step.get(key) for key in ("step", "first")]
        for node in texts if marked and marked.value in (True, "yes") else ():
            told = str(node.value) if node else ""
            for each in wording.joining:
                if node and _to_them(each).search(told):
                    message = f"'{each}' and then somebody, but this is offered to who is afraid"
                    fix = "leave  when unsafe  out, or say it without going to anybody"
                    yield at(placed(node, raw, each), "joins-unsafely", message, fix)
                    break


def _to_them(words: str) -> re.Pattern[str]:
    inside = pattern_of(words).pattern
    return re.compile(rf"{inside}\s+(?:with\s+)?{_THEM}\b", re.IGNORECASE)


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
