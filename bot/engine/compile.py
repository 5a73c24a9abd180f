"""From what an author wrote to a checked script, or to all that is wrong with it at once."""

from collections.abc import Mapping
from typing import Final, cast

from bot.engine.catalogue import Compiled
from bot.engine.checks import check_calls, check_script
from bot.engine.diagnostics import Diagnostic, at, errors_in
from bot.engine.enclosing import Encloses, Page, Part, Picture
from bot.engine.expression import Phrases, compile_template
from bot.engine.keys import (
    BUDGET_KEYS,
    CHOICE_KEYS,
    OFFER_KEYS,
    PAGE_KEYS,
    PART_KEYS,
    PICTURE_KEYS,
    ROUND_KEYS,
    SCRIPT_KEYS,
    STEP_KEYS,
    WAY_KEYS,
)
from bot.engine.phrasing import phrases_of
from bot.engine.reading import Reader
from bot.engine.routes import build
from bot.engine.script import (
    END,
    KEEPS,
    KINDS,
    PHASES,
    Ask,
    Budget,
    Call,
    Choice,
    Edge,
    Keep,
    Kind,
    Offer,
    Phase,
    RoundTexts,
    Script,
    Step,
)
from bot.engine.source import Node
from bot.engine.unwritten import check_unwritten

NEED: Final[Mapping[str, tuple[str, ...]]] = {
    "ask": (
        "choices",
        "offer",
        "own words",
        "exact",
        "postcode",
        "least",
        "most",
        "skip",
        "again",
        "fresh",
        "keep",
        "consent",
        "prompt",
    ),
    "call": ("with", "for each", "as"),
}
"""Keys that mean something only beside another one."""


def compile_script(source: Node) -> tuple[Script | None, list[Diagnostic]]:
    """Read one script file; the script is None where anything is wrong with it."""
    reader = Reader()
    reader.known_keys(source, SCRIPT_KEYS)
    steps = reader.items(source.get("steps"))
    has = {"id": bool(_named(source)), "steps": bool(steps)}
    lacking = [name for name, there in has.items() if not there]
    if lacking:
        message = f"this script has no {' and no '.join(lacking)}"
        fix = " and ".join(f"add  {name}:" for name in lacking)
        reader.complain(source, "empty-script", message, fix)
        return None, reader.found
    phrases = phrases_of(reader, steps)
    ids = [reader.text(step.get("id")) for step in steps]
    read: dict[str, Step] = {}
    for index, node in enumerate(steps):
        following = ids[index + 1] if index + 1 < len(ids) else END
        step = _step(reader, node, phrases, following)
        if step.id and step.id in read:
            first = read[step.id].source.line
            message = f"'{step.id}' is also the id of the step on line {first}"
            reader.complain(node, "double-id", message, "give one of them another id")
        read[step.id] = step
    result = source.get("result")
    script = Script(
        id=reader.text(source.get("id")),
        title=reader.text(source.get("title")),
        file=source.file,
        steps=read,
        inputs=tuple(reader.text(item) for item in reader.items(source.get("inputs"))),
        result={n: reader.condition(v) for n, v in reader.pairs(result).items()}
        if result
        else None,
        budget=tuple(_budget(reader, each) for each in reader.items(source.get("budget"))),
        round=_round(reader, source.get("round")),
        source=source,
    )
    check_script(reader, script, source)
    reader.found += check_unwritten(script)
    return (None if errors_in(reader.found) else script), reader.found


def compile_all(sources: Mapping[str, Node]) -> tuple[dict[str, Compiled], list[Diagnostic]]:
    """Compile every script, check the calls between them, and build their machines.

    What can be compiled is given even where something else can't, so that more can be said of it.
    """
    found: list[Diagnostic] = []
    scripts: dict[str, Script] = {}
    ids: dict[str, Node] = {}
    for source in sources.values():
        script, complaints = compile_script(source)
        found += complaints
        name = _named(source)
        if name in ids:
            message = f"'{name}' is also the id of the script in {ids[name].file}"
            where = source.get("id") or source
            found.append(at(where, "double-script", message, "give one of them another id"))
        ids |= {name: source} if name else {}
        if script:
            scripts[script.id] = script
    for source in sources.values():
        found += check_calls(source, scripts, set(ids), whole=all(map(_named, sources.values())))
    return {name: Compiled(script, build(script)) for name, script in scripts.items()}, found


def _named(source: Node) -> str:
    return Reader().text(source.get("id"))


def _step(reader: Reader, node: Node, phrases: Phrases, following: str) -> Step:
    reader.known_keys(node, STEP_KEYS)
    step_id = reader.text(node.get("id"))
    if not step_id:
        reader.complain(node, "no-id", "this step has no id", "add  id: a-short-name")
    phase = reader.one_of(node.get("phase"), PHASES, "unknown-phase", "")
    for needed, keys in NEED.items():
        for key in keys if node.get(needed) is None else ():
            if (where := reader.key_of(node, key)) is not None:
                message = f"'{key}' says nothing here without '{needed}'"
                reader.complain(where, "unused-key", message, f"add  {needed}:, or take it away")
    ask = _ask(reader, node, phrases)
    only_if, remind, prompt = (node.get(key) for key in ("only if", "remind", "prompt"))
    return Step(
        id=step_id,
        was=tuple(reader.text(item) for item in reader.items(node.get("was"))),
        phase=cast("Phase", phase) if phase else None,
        say=tuple(reader.template(item, phrases) for item in reader.items(node.get("say"))),
        edges=_edges(reader, node, following),
        then=following,
        ask=ask,
        answer=(reader.text(node.get("answer")) or step_id) if ask or node.get("answer") else None,
        keep=cast("Keep", reader.one_of(node.get("keep"), KEEPS, "unknown-keep", "keep")),
        fresh=reader.flag(node.get("fresh")),
        only_if=reader.condition(only_if) if only_if else None,
        call=_call(reader, node, phrases),
        suggest=reader.flag(node.get("suggest")),
        share=reader.flag(node.get("share")),
        joins=reader.flag(node.get("joins")),
        ending=reader.flag(node.get("ending")),
        consent=reader.text(node.get("consent")),
        prompt=reader.template(prompt) if prompt else None,
        remind=reader.condition(remind) if remind else None,
        encloses=_encloses(reader, node, phrases),
        erase=reader.flag(node.get("erase")),
        source=node,
    )


def _round(reader: Reader, node: Node | None) -> RoundTexts | None:
    if node is None:
        return None
    reader.known_keys(node, ROUND_KEYS)
    reader.needed_keys(node, ("opens", "closes"))
    opens, closes = (reader.template(node.get(key)) for key in ("opens", "closes"))
    return RoundTexts(opens, closes, reader.flag(node.get("we")))


def _budget(reader: Reader, node: Node) -> Budget:
    reader.known_keys(node, BUDGET_KEYS)
    when = node.get("if")
    if node.get("minutes") is None:
        reader.complain(node, "not-a-number", "a budget needs minutes", "add  minutes: 20")
    minutes, questions = reader.number(node.get("minutes")), reader.number(node.get("questions"))
    return Budget(minutes or 0, questions, reader.condition(when) if when else None)


def _ask(reader: Reader, node: Node, phrases: Phrases) -> Ask | None:
    asked = node.get("ask")
    if asked is None:
        return None
    kind = cast("Kind", reader.one_of(asked, KINDS, "unknown-kind", "words"))
    choices = tuple(_choice(reader, item, phrases) for item in reader.items(node.get("choices")))
    if kind in ("choice", "several", "stones") and not choices and not node.get("offer"):
        reader.complain(asked, "no-choices", f"'{kind}' needs choices", "add  choices:  below")
    skip, again, offer = node.get("skip"), node.get("again"), node.get("offer")
    return Ask(
        kind=kind,
        choices=choices,
        offer=_offer(reader, offer, phrases) if offer else None,
        own_words=reader.flag(node.get("own words")),
        exact=reader.flag(node.get("exact")),
        postcode=reader.flag(node.get("postcode")),
        least=reader.number(node.get("least")),
        most=reader.number(node.get("most")),
        skip=reader.template(skip, phrases) if skip else None,
        again=reader.template(again, phrases) if again else None,
    )


def _choice(reader: Reader, node: Node, phrases: Phrases) -> Choice:
    if not isinstance(node.value, dict):
        value = node.value if isinstance(node.value, str) else "value"
        message = f"the choice '{value}' has no words for its button"
        reader.complain(node, "no-label", message, f"write  - {value}: What the button says")
        return Choice("", compile_template("?"))
    pairs = reader.pairs(node)
    if "value" not in pairs and len(pairs) == 1:
        (value, label) = next(iter(pairs.items()))
        return Choice(value, reader.template(label, phrases))
    reader.known_keys(node, CHOICE_KEYS)
    reader.needed_keys(node, ("value",))
    when = node.get("if")
    return Choice(
        value=reader.text(node.get("value")),
        label=reader.template(node.get("label"), phrases),
        words=tuple(reader.text(item) for item in reader.items(node.get("words"))),
        when=reader.condition(when) if when else None,
        only=reader.flag(node.get("only")),
    )


def _offer(reader: Reader, node: Node, phrases: Phrases) -> Offer:
    reader.known_keys(node, OFFER_KEYS)
    reader.needed_keys(node, ("each", "value", "label"))
    when = node.get("if")
    return Offer(
        each=reader.condition(node.get("each")),
        value=reader.condition(node.get("value")),
        label=reader.template(node.get("label"), phrases),
        when=reader.condition(when) if when else None,
    )


def _call(reader: Reader, node: Node, phrases: Phrases) -> Call | None:
    called = node.get("call")
    if called is None:
        return None
    each = node.get("for each")
    inputs = {
        name: reader.condition(value, phrases)
        for name, value in reader.pairs(node.get("with")).items()
    }
    item = reader.text(node.get("as")) or "item"
    return Call(reader.text(called), inputs, reader.condition(each) if each else None, item)


def _encloses(reader: Reader, node: Node, phrases: Phrases) -> Encloses | None:
    page, picture = node.get("page"), node.get("picture")
    if page and picture:
        message = "only one of 'page' and 'picture' can go along with a text"
        fix = "put one of them into a step of its own"
        reader.complain(reader.key_of(node, "picture") or picture, "unused-key", message, fix)
    if page:
        return _page(reader, page, phrases)
    return _picture(reader, picture, phrases) if picture else None


def _page(reader: Reader, page: Node, phrases: Phrases) -> Page:
    reader.known_keys(page, PAGE_KEYS)
    reader.needed_keys(page, ("title",))
    parts = reader.items(page.get("parts"))
    if not parts:
        fix = "add  parts:  with a heading and a text each"
        reader.complain(page, "missing-key", "this page has no parts", fix)
    return Page(
        title=reader.template(page.get("title"), phrases),
        parts=tuple(_part(reader, each, phrases) for each in parts),
    )


def _picture(reader: Reader, picture: Node, phrases: Phrases) -> Picture:
    reader.known_keys(picture, PICTURE_KEYS)
    reader.needed_keys(picture, ("title", "around"))
    could_try, next_step = picture.get("could try"), picture.get("next step")
    return Picture(
        title=reader.template(picture.get("title"), phrases),
        around=reader.condition(picture.get("around")),
        could_try=reader.condition(could_try) if could_try else None,
        next_step=reader.template(next_step, phrases) if next_step else None,
    )


def _part(reader: Reader, node: Node, phrases: Phrases) -> Part:
    reader.known_keys(node, PART_KEYS)
    reader.needed_keys(node, ("heading", "text"))
    heading, text = (reader.template(node.get(key), phrases) for key in ("heading", "text"))
    return Part(heading, text)


def _edges(reader: Reader, node: Node, following: str) -> tuple[Edge, ...]:
    ways = node.get("next")
    if ways is None:
        return (Edge(following),)
    edges = []
    for way in reader.items(ways):
        if not isinstance(way.value, dict):
            edges.append(Edge(reader.text(way)))
            continue
        reader.known_keys(way, WAY_KEYS)
        reader.needed_keys(way, ("go",))
        when = way.get("if")
        to = reader.text(way.get("go")) if way.get("go") else END
        edges.append(Edge(to, reader.condition(when) if when else None))
    if not edges:
        reader.complain(
            ways,
            "no-way-on",
            "no way on stands here",
            "write  next: end, or where to go",
        )
    return tuple(edges)
