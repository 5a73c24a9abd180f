"""What is wrong with a script that can be read: names nobody answers, holes, places that aren't."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.engine.catalogue import Compiled
from bot.engine.diagnostics import Diagnostic
from bot.engine.expression import Expression, Template
from bot.engine.reading import Reader, did_you_mean
from bot.engine.scope import GLOBALS
from bot.engine.script import END, Script, Step
from bot.engine.source import Node

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
STEP_ID: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
GIVEN: Final = frozenset({"item", "earlier"})
Nodes = Mapping[str, Node]


def check_script(reader: Reader, script: Script, nodes: Nodes, source: Node) -> None:
    """Gather every complaint about one script, each where its step stands."""
    for step in script.steps.values():
        node = nodes[step.id]
        _check_ids(reader, script, step, node)
        _check_places(reader, script, step, node)
        _check_question(reader, step, node)
        _check_names(reader, script, step, node)
    known = _known(script)
    for name, expression in (script.result or {}).items():
        where = source.get("result") or source
        _unknown(reader, where, f"the result '{name}'", expression.reads - known, known)


def check_calls(source: Node, scripts: Mapping[str, Script], ids: set[str]) -> list[Diagnostic]:
    """Complain about scripts that aren't there, and inputs that lack or that nobody reads."""
    reader = Reader()
    for node in reader.items(source.get("steps")):
        called = node.get("call")
        if called is None:
            continue
        name = reader.text(called)
        if name not in ids:
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


def _check_ids(reader: Reader, script: Script, step: Step, node: Node) -> None:
    if step.id == END:
        fix = "give this step another id"
        reader.complain(node, "reserved-id", "'end' is where a script ends", fix)
    answer = step.answer or ""
    readable = NAME.fullmatch(answer) or not answer
    if not STEP_ID.fullmatch(step.id) or not readable:
        wrong = step.id if readable else answer
        fix = "use letters, numbers and _ in names"
        reader.complain(node, "bad-id", f"'{wrong}' can't be a name here", fix)
    if answer in {*GLOBALS, *GIVEN, *script.inputs}:
        fix = "give the answer another name"
        reader.complain(node, "bad-id", f"'{answer}' is the name of something else", fix)
    for old in step.was:
        if old in script.steps:
            fix = "take it out of  was:"
            reader.complain(node, "double-id", f"'{old}' is another step's id today", fix)


def _check_places(reader: Reader, script: Script, step: Step, node: Node) -> None:
    for edge in step.edges:
        if edge.to != END and edge.to not in script.steps:
            message = f"'{step.id}' leads to '{edge.to}', which is no step here"
            fix = did_you_mean(edge.to, [*script.steps, END])
            reader.complain(node, "unknown-place", message, fix)


def _check_question(reader: Reader, step: Step, node: Node) -> None:
    ask = step.ask
    if ask is None:
        return
    if not step.say:
        reader.complain(node, "says-nothing", f"'{step.id}' asks without words", "add  say:")
    if ask.least is not None and ask.most is not None and ask.least > ask.most:
        reader.complain(node, "limits", "least is more than most", "turn them round")
    values = [choice.value for choice in ask.choices]
    for value in sorted({value for value in values if values.count(value) > 1}):
        fix = "give one of them another value"
        reader.complain(node, "double-value", f"'{value}' can be chosen twice", fix)
    for choice in ask.choices:
        if not choice.label.source.strip():
            message = f"the choice '{choice.value}' has no label"
            reader.complain(node, "no-label", message, "add  label:")


def _check_names(reader: Reader, script: Script, step: Step, node: Node) -> None:
    known = _known(script) | ({step.call.item} if step.call else set())
    reads = {name for each in _written(step) for name in each.reads}
    _unknown(reader, node, f"'{step.id}'", reads - known, known)
    sure = {*script.inputs, *GLOBALS, *GIVEN} - {"contact"}
    shown = {name for text in _texts(step) for name in text.unguarded}
    for name in sorted((shown & known) - sure):
        message = f"'{step.id}' prints '{name}', which the person may have left out"
        fix = f'write {{% if {name} %}} ... {{% endif %}} around it, or {{{{ {name} or "..." }}}}'
        reader.complain(node, "maybe-missing", message, fix)


def _unknown(
    reader: Reader, node: Node, who: str, names: Iterable[str], known: Iterable[str]
) -> None:
    for name in sorted(names):
        message = f"{who} reads '{name}', which is no answer here"
        reader.complain(node, "unknown-answer", message, did_you_mean(name, sorted(known)))


def _known(script: Script) -> set[str]:
    answers = {step.answer for step in script.steps.values() if step.answer}
    return {*answers, *script.inputs, *GLOBALS, *GIVEN}


def _texts(step: Step) -> Iterator[Template]:
    """Give every text of a step that a person reads."""
    yield from step.say
    if step.ask:
        yield from (choice.label for choice in step.ask.choices)
        yield from (text for text in (step.ask.skip, step.ask.again) if text)
        if step.ask.offer:
            yield step.ask.offer.label


def _written(step: Step) -> Iterator[Expression | Template]:
    """Give everything an author wrote in a step that reads answers."""
    yield from _texts(step)
    yield from (edge.when for edge in step.edges if edge.when)
    yield from (each for each in (step.only_if, step.remind) if each)
    if step.call:
        yield from step.call.inputs.values()
        if step.call.each:
            yield step.call.each
    if step.ask:
        yield from (choice.when for choice in step.ask.choices if choice.when)
        if step.ask.offer:
            yield step.ask.offer.each
            yield step.ask.offer.value
            if step.ask.offer.when:
                yield step.ask.offer.when


def check_reminders(
    reader: Reader, scripts: Mapping[str, Compiled], words: Mapping[str, Template]
) -> None:
    """Complain about reminders that would come without words."""
    for compiled in scripts.values():
        for step in compiled.script.steps.values():
            name = f"due_{step.id}"
            if step.remind and name not in words:
                where = Node(None, step.line, 1, compiled.script.file)
                fix = f"add  {name}:  to words.yaml"
                reader.complain(where, "missing-text", f"'{step.id}' reminds without words", fix)
