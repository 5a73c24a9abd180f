"""Every text of the dialogues that a person reads, with the ways in which it could read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.engine.catalogue import Compiled
from bot.engine.checks import texts
from bot.engine.enclosing import texts_along
from bot.engine.expression import ExpressionError, Template, compile_template
from bot.engine.script import NOWHERE, Script, Step
from bot.engine.source import Node
from bot.supports.rules import Rule
from bot.wording.marks import names_pattern, own_words
from bot.wording.rendering import renderings
from bot.wording.samples import Samples

Kind = Literal["message", "button", "part", "draft", "page"]
"""A part stands inside another text; a draft is the person's own message to somebody.

A page is what they take along on paper.
"""
BUTTONS: Final = frozenset(
    {
        *("yes", "no", "back", "skip", "help", "menu", "keep_it", "done", "afresh"),
        *("change_one", "change_share", "forget_one", "more", "more_first"),
        *("forget_the_reflection", "forget_the_map", "forget_the_plan"),
        *("forget_the_round", "forget_the_lot"),
        *("join_round", "reflect_link", "round_link", "places_link", "help_link"),
        *("doubt_keep", "doubt_look", "doubt_clear", "doubt_keep_all"),
    }
)
"""Which of the short texts in words.yaml stand on buttons."""
PARTS: Final = (
    *("left_out", "not_kept", "earlier", "part_", "picture_", "kept_as_"),
    *("holds_", "beside_", "export_title", "we_"),
)
_OF_A_RULE: Final[Mapping[str, Kind]] = {
    "short": "button",
    "step": "part",
    "more": "message",
    "because": "part",
    "draft": "draft",
}


@dataclass(frozen=True, slots=True)
class Written:
    """One text with its place, what it is for, and how it could read (its sample words marked).

    `own` is what Kith itself says in these readings.
    """

    node: Node
    kind: Kind
    template: Template
    readings: tuple[str, ...]
    own: tuple[str, ...] = ()
    script: Script | None = None
    step: Step | None = None


def all_texts(
    samples: Samples,
    scripts: Mapping[str, Compiled],
    named: Mapping[str, Node],
    rules: Sequence[Rule],
) -> Iterator[Written]:
    """Give the texts of scripts, suggestions, screens and Kith's own words, in that order.

    The names of the places in resources.yaml are nobody's wording, wherever they are written.
    """
    listed = _items(_under(named, "resources.yaml").get("resources"))
    names = names_pattern(str(name.value) for each in listed if (name := each.get("name")))
    for text in _texts(samples, scripts, named, rules):
        own = dict.fromkeys(own_words(reading, names) for reading in text.readings)
        yield replace(text, own=tuple(own))


def _texts(
    samples: Samples,
    scripts: Mapping[str, Compiled],
    named: Mapping[str, Node],
    rules: Sequence[Rule],
) -> Iterator[Written]:
    for compiled in scripts.values():
        for step in compiled.script.steps.values():
            yield from _of_step(samples, compiled.script, step)
        yield from _of_round(samples, compiled.script)
    listed = _items(_under(named, "suggestions.yaml").get("suggestions"))
    for rule, node in zip(rules, listed, strict=False):
        for key, kind in _OF_A_RULE.items():
            where, template = node.get(key), getattr(rule, key)
            if where and template:
                yield _beside(samples, where, kind, template)
    for joint in _items(_under(named, "together.yaml").get("steps")):
        for key in ("step", "first", "because"):
            yield from _read(samples, joint.get(key), _OF_A_RULE.get(key, "message"))
    for topic in _items(_under(named, "together.yaml").get("topics")):
        yield from _read(samples, topic.get("reads"), "part")
    for question in _items(_under(named, "totals.yaml").get("questions")):
        yield from _read(samples, question.get("title"), "part")
        for row in _items(question.get("rows")):
            yield from _read(samples, row.get("says"), "part")
            yield from _read(samples, row.get("step"), "message")
    for screen in _values(_under(named, "screens.yaml")):
        yield from _read(samples, screen.get("say"), "message")
        for choice in _items(screen.get("choices")):
            for label in _values(choice):
                yield from _read(samples, label, "button")
    words = _under(named, "words.yaml").value
    for name, node in words.items() if isinstance(words, dict) else ():
        yield from _read(samples, node, _kind_of_word(name))


def _kind_of_word(name: str) -> Kind:
    if name.startswith(PARTS):
        return "part"
    return "button" if name in BUTTONS else "message"


def _of_step(samples: Samples, script: Script, step: Step) -> Iterator[Written]:
    messages = {id(step.spot("say", place)) for place in range(len(step.say))}
    along = texts_along(step.encloses) if step.encloses else ()
    printed = {id(step.spot(*keys)) for keys, _ in along}
    messages |= {id(step.spot("again")), id(step.spot("prompt"))}
    offer = step.ask.offer if step.ask else None
    for node, template in texts(step):
        items: tuple[object, ...] = ()
        if offer and template is offer.label:
            items = samples.items_of(offer.each, script)
        readings = renderings(template, _of(samples, script, template, items), step.only_if)
        kind: Kind = "message" if id(node) in messages else "button"
        kind = "page" if id(node) in printed else kind
        yield Written(node, kind, template, readings, script=script, step=step)
    for place in range(len(step.ask.choices) if step.ask else 0):
        reads = step.spot("choices", place).get("reads")
        for read in _compiled(reads):
            readings = renderings(read, _of(samples, script, read))
            yield Written(reads or NOWHERE, "part", read, readings, script=script, step=step)


def _of_round(samples: Samples, script: Script) -> Iterator[Written]:
    for key in ("opens", "closes") if script.round else ():
        where = (script.source.get("round") or NOWHERE).get(key)
        for text in _read(samples, where, "message"):
            yield replace(text, script=script)


def _of(
    samples: Samples, script: Script | None, template: Template, items: Sequence[object] = ()
) -> Callable[[str], Sequence[object]]:
    return lambda name: (
        items if items and name == "item" else samples.of(name, script, template.source)
    )


def _beside(samples: Samples, node: Node, kind: Kind, template: Template) -> Written:
    return Written(node, kind, template, renderings(template, _of(samples, None, template)))


def _read(samples: Samples, node: Node | None, kind: Kind) -> Iterator[Written]:
    for template in _compiled(node):
        yield _beside(samples, node or NOWHERE, kind, template)


def _compiled(node: Node | None) -> Iterator[Template]:
    """Compile a text, if it can be; one that can't has been complained about already."""
    if node is None or isinstance(node.value, list | dict):
        return
    try:
        yield compile_template("" if node.value is None else str(node.value))
    except ExpressionError:
        return


def _under(named: Mapping[str, Node], name: str) -> Node:
    return named.get(name) or Node({}, 1, 1, name)


def _items(node: Node | None) -> list[Node]:
    return node.value if node and isinstance(node.value, list) else []


def _values(node: Node) -> list[Node]:
    return list(node.value.values()) if isinstance(node.value, dict) else []
