"""What is wrong with a script that can be read: names nobody answers, holes, places that aren't."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from jinja2 import nodes

from bot.engine.apart import PLAN, SHOWN
from bot.engine.around import BOND, SAFE_BONDS, SUPPORTER
from bot.engine.catalogue import Compiled
from bot.engine.diagnostics import Diagnostic
from bot.engine.enclosing import Picture, texts_along
from bot.engine.expression import Expression, Template
from bot.engine.reading import Reader, did_you_mean, line_of
from bot.engine.scope import GLOBALS
from bot.engine.script import END, Script, Step
from bot.engine.source import Node

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
STEP_ID: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
GIVEN: Final = frozenset({"item", "earlier"})


def check_script(reader: Reader, script: Script, source: Node) -> None:
    """Gather every complaint about one script, each where it stands."""
    for step in script.steps.values():
        _check_ids(reader, script, step)
        _check_places(reader, script, step)
        _check_question(reader, step)
        _check_share(reader, step)
        _check_names(reader, script, step)
    known = _known(script)
    for name, expression in (script.result or {}).items():
        where = (source.get("result") or source).get(name) or source
        _unknown(reader, where, f"the result '{name}'", expression.reads - known, known)


def check_calls(
    source: Node, scripts: Mapping[str, Script], ids: set[str], *, whole: bool
) -> list[Diagnostic]:
    """Complain about scripts that aren't there, and inputs that lack or that nobody reads.

    Unless the ids are the `whole` list, a script that isn't among them may be there all the same.
    """
    reader = Reader()
    for node in reader.items(source.get("steps")):
        called = node.get("call")
        if called is None:
            continue
        name = reader.text(called)
        if name not in ids and whole:
            fix = did_you_mean(name, sorted(ids))
            reader.complain(called, "unknown-script", f"there is no script '{name}'", fix)
        elif name in scripts:
            _check_inputs(reader, called, node.get("with"), scripts[name])
    return reader.found


def _check_inputs(reader: Reader, called: Node, given: Node | None, script: Script) -> None:
    names = set(reader.pairs(given))
    for lacking in sorted(set(script.inputs) - names):
        fix = f"add  {lacking}:  under  with:"
        reader.complain(called, "missing-input", f"'{script.id}' needs '{lacking}'", fix)
    for more in sorted(names - set(script.inputs)):
        message = f"'{script.id}' has no input '{more}'"
        reader.complain(called, "unknown-input", message, did_you_mean(more, list(script.inputs)))


def _check_ids(reader: Reader, script: Script, step: Step) -> None:
    if step.id == END:
        fix = "give this step another id"
        reader.complain(step.spot("id"), "reserved-id", "'end' is where a script ends", fix)
    answer = step.answer or ""
    fix = "use letters, numbers and _, and begin with a letter"
    if step.id and not STEP_ID.fullmatch(step.id):
        reader.complain(step.spot("id"), "bad-id", f"'{step.id}' can't be a name here", fix)
    elif answer and not NAME.fullmatch(answer):
        reader.complain(named(step), "bad-id", f"'{answer}' can't be a name here", fix)
    if answer in {*GLOBALS, *GIVEN, *script.inputs}:
        whose = "an input" if answer in script.inputs else "something that Kith knows itself"
        fix = "give the answer another name"
        reader.complain(named(step), "bad-id", f"'{answer}' is the name of {whose}", fix)
    for old in step.was:
        if old in script.steps:
            fix = "take it out of  was:"
            where = step.spot("was")
            reader.complain(where, "double-id", f"'{old}' is another step's id today", fix)


def named(step: Step) -> Node:
    """Give where the name of a step's answer stands."""
    return step.spot("answer") if step.source.get("answer") else step.spot("id")


def _check_places(reader: Reader, script: Script, step: Step) -> None:
    for place, edge in enumerate(step.edges):
        if edge.to != END and edge.to not in script.steps:
            message = f"'{step.id}' leads to '{edge.to}', which is no step here"
            fix = did_you_mean(edge.to, [*script.steps, END])
            reader.complain(step.spot("next", place, "go"), "unknown-place", message, fix)


def _check_question(reader: Reader, step: Step) -> None:
    ask = step.ask
    if step.encloses and ask:
        message = "this can't go along with a question: it would come again with each answer"
        fix = "put it into a step of its own, above the question"
        reader.complain(_along(step), "unused-key", message, fix)
    if step.encloses and not step.say:
        message = f"'{step.id}' has a page or a picture without words"
        fix = "add  say:  with what it is; not everybody can open it"
        reader.complain(step.source, "says-nothing", message, fix)
    if ask is None:
        return
    if not step.say:
        message, fix = f"'{step.id}' asks without words", "add  say:  with the question"
        reader.complain(step.source, "says-nothing", message, fix)
    if ask.least is not None and ask.most is not None and ask.least > ask.most:
        message = f"the least, {ask.least:g}, is more than the most, {ask.most:g}"
        reader.complain(step.spot("least"), "limits", message, "turn them round")
    seen: set[str] = set()
    for place, choice in enumerate(ask.choices):
        if choice.value in seen:
            message = f"two choices have the value '{choice.value}'"
            fix = "give one of them another value"
            reader.complain(step.spot("choices", place), "double-value", message, fix)
        seen.add(choice.value)
        if not choice.label.source.strip():
            message = f"the choice '{choice.value}' has no label"
            fix = "add  label:  with what the button says"
            reader.complain(step.spot("choices", place), "no-label", message, fix)


def _check_share(reader: Reader, step: Step) -> None:
    """Whoever passes a text on passes on that text alone, so nothing else stands beside it."""
    alone = len(step.say) == 1 and not (step.ask or step.call or step.suggest or step.erase)
    if step.share and not alone:
        message = f"'{step.id}' is there to be passed on, so it says one text and does nothing else"
        fix = "put the message on a step of its own, with  share: yes"
        reader.complain(step.spot("share"), "shares-more", message, fix)


def _check_names(reader: Reader, script: Script, step: Step) -> None:
    known = _known(script) | ({step.call.item} if step.call else set())
    for where, each in written(step):
        for name in sorted(each.reads - known):
            _unknown(reader, where_read(where, each, name), f"'{step.id}'", [name], known)


def _unknown(
    reader: Reader, node: Node, who: str, names: Iterable[str], known: Iterable[str]
) -> None:
    for name in sorted(names):
        message = f"{who} reads '{name}', which is no answer here"
        own = [*sorted({*known} - {*GLOBALS, *GIVEN}), *GLOBALS, *GIVEN]
        reader.complain(node, "unknown-answer", message, did_you_mean(name, own))


def where_read(where: Node, read: Expression | Template, name: str) -> Node:
    """Give the line on which a text of several lines reads an answer; else where it stands."""
    if not isinstance(read, Template):
        return where
    found = (each for part in read.body for each in part.find_all(nodes.Name))
    inside = next((each.lineno for each in found if each.name == name), 1)
    return line_of(where, inside)


def _known(script: Script) -> set[str]:
    answers = {step.answer for step in script.steps.values() if step.answer}
    return {*answers, *script.inputs, *GLOBALS, *GIVEN}


def texts(step: Step) -> Iterator[tuple[Node, Template]]:
    """Give every text of a step that a person reads, with where it stands."""
    for place, text in enumerate(step.say):
        yield step.spot("say", place), text
    if step.prompt:
        yield step.spot("prompt"), step.prompt
    for keys, text in texts_along(step.encloses) if step.encloses else ():
        yield step.spot(*keys), text
    if step.ask is None:
        return
    for place, choice in enumerate(step.ask.choices):
        yield choice_label(step, place), choice.label
    for key, wording in (("skip", step.ask.skip), ("again", step.ask.again)):
        if wording:
            yield step.spot(key), wording
    if step.ask.offer:
        yield step.spot("offer", "label"), step.ask.offer.label


def choice_label(step: Step, place: int) -> Node:
    """Give where the label of a choice stands, in its short form or its long one."""
    node = step.spot("choices", place)
    pairs = node.value if isinstance(node.value, dict) else {}
    return pairs.get("label") or next(iter(pairs.values()), node)


def _along(step: Step) -> Node:
    """Give where it stands what goes along with a text."""
    return step.source.get("page") or step.source.get("picture") or step.source


def conditions(step: Step) -> Iterator[tuple[Node, Expression]]:
    """Give every condition of a step over answers, with where it stands."""
    for place, edge in enumerate(step.edges):
        if edge.when:
            yield step.spot("next", place, "if"), edge.when
    for key, one in (("only if", step.only_if), ("remind", step.remind)):
        if one:
            yield step.spot(key), one
    if isinstance(step.encloses, Picture):
        yield step.spot("picture", "around"), step.encloses.around
        if step.encloses.could_try:
            yield step.spot("picture", "could try"), step.encloses.could_try
    if step.call:
        yield from ((step.spot("with", name), each) for name, each in step.call.inputs.items())
        if step.call.each:
            yield step.spot("for each"), step.call.each
    if step.ask is None:
        return
    for place, choice in enumerate(step.ask.choices):
        if choice.when:
            yield step.spot("choices", place, "if"), choice.when
    if step.ask.offer:
        offer = step.ask.offer
        for key, one in (("each", offer.each), ("value", offer.value), ("if", offer.when)):
            if one:
                yield step.spot("offer", key), one


def written(step: Step) -> Iterator[tuple[Node, Expression | Template]]:
    """Give everything an author wrote in a step that reads answers, with where it stands."""
    yield from texts(step)
    yield from conditions(step)


def check_reminders(
    reader: Reader,
    scripts: Mapping[str, Compiled],
    words: Mapping[str, Template],
    screens: Collection[str],
) -> None:
    """Complain about reminders that would come without words; a screen of that name has them."""
    for compiled in scripts.values():
        for step in compiled.script.steps.values():
            name = f"due_{step.id}"
            if step.remind and not {name, step.id.replace("_", " ")} & {*words, *screens}:
                fix = f"add  {name}:  to words.yaml"
                reader.complain(
                    step.source, "missing-text", f"'{step.id}' reminds without words", fix
                )


def check_plan(reader: Reader, scripts: Mapping[str, Compiled]) -> None:
    """Complain where the plan for bad days lacks what Kith itself reads of it."""
    if PLAN not in scripts:
        return
    script = scripts[PLAN].script
    asks = {step.answer: step.ask for step in script.steps.values() if step.answer and step.ask}
    supporter, bond, shown = asks.get(SUPPORTER), asks.get(BOND), script.find(SHOWN)
    called = {choice.value for choice in bond.choices} if bond else set()
    lacking = {
        f"a step '{SUPPORTER}' that asks for one person": supporter is None
        or supporter.kind != "person"
        or (supporter.most or 1) > 1,
        f"a step '{BOND}' with the choices {' and '.join(SAFE_BONDS)}": not {*SAFE_BONDS} <= called,
        f"exact: yes  at '{BOND}'": bond is not None and not bond.exact,
        f"fresh: yes  at '{BOND}'": any(
            step.answer == BOND and not step.fresh for step in script.steps.values()
        ),
        f"a step '{SHOWN}' that says the whole plan": shown is None or shown.ask is not None,
    }
    for what in (what for what, is_lacking in lacking.items() if is_lacking):
        message = f"the plan for bad days lacks {what}"
        reader.complain(script.source, "plan-lacks", message, "Kith reads it there: bring it back")
