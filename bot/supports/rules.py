"""The suggestion rules that staff can read and edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from bot.engine.catalogue import Compiled
from bot.engine.expression import Expression, Template
from bot.engine.reading import Reader, did_you_mean
from bot.engine.scope import GLOBALS
from bot.engine.script import PARTS
from bot.engine.source import Node
from bot.engine.unwritten import never_kept, read_outside

Source = Literal[
    "person", "group", "animal", "our list", "resource", "directory", "me", "contact", "nobody"
]
"""Where the other half comes from; `contact` and `nobody` are the last resort of a part."""
SEARCHED: Final = ("our list", "directory")
"""Sources that are searched for what somebody said: what a group of theirs lists, and all of it."""
Carried = Literal["alone", "shared", "someone else"]
ForWhom = Literal["", "me", "other"]
_KEYS = (
    "id",
    "part",
    "from",
    "good at",
    "tags",
    "search",
    "for",
    "kinds",
    "joins",
    "when unsafe",
    "carried",
    "when",
    "wanted anyway",
    "short",
    "step",
    "more",
    "because",
    "draft",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One suggestion: for whom it holds, who carries it, and how it is worded.

    `joins` marks whatever brings the person together with the Other; `when_unsafe` whatever may
    be shown where the Other was not clearly called safe (nothing else is). `search` is what is
    looked for in the directory, and `for_whom` whom that is to be for.
    """

    id: str
    part: str
    source: Source
    good_at: tuple[str, ...]
    tags: tuple[str, ...]
    search: Template | None
    for_whom: ForWhom
    kinds: frozenset[str]
    joins: bool
    when_unsafe: bool
    carried: Carried
    when: Expression | None
    wanted_anyway: bool
    short: Template
    step: Template
    more: Template
    because: Template
    draft: Template | None


def read_rules(reader: Reader, node: Node | None) -> tuple[Rule, ...]:
    """Read the rules in order; what is wrong with them goes to the reader."""
    entries = reader.items(node.get("suggestions")) if node else []
    return tuple(_rule(reader, entry) for entry in entries)


def _rule(reader: Reader, node: Node) -> Rule:
    reader.known_keys(node, _KEYS)
    for needed in ("id", "short", "because"):
        if not reader.text(node.get(needed)):
            reader.complain(
                node, "incomplete-rule", f"this rule has no '{needed}'", f"add  {needed}:"
            )
    sources = get_args(Source)
    carried = ("alone", "shared", "someone else")
    when, draft = node.get("when"), node.get("draft")
    if reader.text(node.get("from")) in SEARCHED and not node.get("search"):
        message = "this rule looks in a list of places and doesn't say for what"
        reader.complain(node, "incomplete-rule", message, "add  search:  with the words")
    source = cast("Source", reader.one_of(node.get("from"), sources, "unknown-source", "nobody"))
    side = reader.one_of(node.get("for"), ("me", "other"), "unknown-side", "")
    carrier = reader.one_of(node.get("carried"), carried, "unknown-carrier", "shared")
    return Rule(
        id=reader.text(node.get("id")),
        part=reader.one_of(node.get("part"), PARTS, "unknown-part", "self"),
        source=source,
        good_at=tuple(reader.text(item) for item in reader.items(node.get("good at"))),
        tags=tuple(reader.text(item) for item in reader.items(node.get("tags"))),
        search=reader.template(node.get("search")) if node.get("search") else None,
        for_whom=cast("ForWhom", side),
        kinds=frozenset(reader.text(item) for item in reader.items(node.get("kinds"))),
        joins=reader.flag(node.get("joins")),
        when_unsafe=reader.flag(node.get("when unsafe")),
        carried="alone" if source == "me" else cast("Carried", carrier),
        when=reader.condition(when) if when else None,
        wanted_anyway=reader.flag(node.get("wanted anyway")),
        short=reader.template(node.get("short")),
        step=reader.template(node.get("step")),
        more=reader.template(node.get("more")),
        because=reader.template(node.get("because")),
        draft=reader.template(draft) if draft else None,
    )


def check_rules(
    reader: Reader,
    rules: Sequence[Rule],
    scripts: Mapping[str, Compiled],
    node: Node | None,
) -> None:
    """Complain about rules that read what no script answers: such a condition never changes."""
    steps = [step for compiled in scripts.values() for step in compiled.script.steps.values()]
    known = {*GLOBALS, "person", "place", "buddy", *(step.answer for step in steps if step.answer)}
    never = never_kept(compiled.script for compiled in scripts.values())
    places = dict(zip(rules, reader.items(node.get("suggestions")) if node else [], strict=False))
    for rule in rules if scripts else ():
        written = {
            "when": rule.when,
            "short": rule.short,
            "step": rule.step,
            "more": rule.more,
            "because": rule.because,
            "draft": rule.draft,
            "search": rule.search,
        }
        reader.found += read_outside(f"'{rule.id}'", places[rule], written, never)
        for key, each in written.items():
            for name in sorted(each.reads - known) if each else ():
                message = f"'{rule.id}' reads '{name}', which is no answer"
                where = places[rule].get(key) or places[rule]
                fix = did_you_mean(name, [*sorted(known - set(GLOBALS)), *GLOBALS])
                reader.complain(where, "unknown-answer", message, fix)
