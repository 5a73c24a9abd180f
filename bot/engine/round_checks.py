"""What is wrong with the rounds of groups: what can't be shared, or would tell more than it may."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.engine.catalogue import Compiled
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.expression import Template
from bot.engine.reading import Reader
from bot.engine.rounds import (
    HOW,
    JOIN,
    JOINING,
    ROUNDS,
    SCRIPTS,
    SHARE,
    SHARING,
    is_script,
    prompts_of,
)
from bot.engine.script import PARTS, Ask, Script, Step
from bot.engine.source import Node

SHAREABLE: Final = ("words", "choice", "several")
TOLD_TO_ALL: Final = frozenset({"group_name", "least"})
"""All that a text for a group can read: nothing that anybody said."""


def check_rounds(
    named: Mapping[str, Node], scripts: Mapping[str, Compiled]
) -> Iterator[Diagnostic]:
    """Find what is wrong with rounds, as their authors wrote them, and with what they are put on.

    `named` holds the files of a folder by their names there.
    """
    rounds = {name: node for name, node in named.items() if name.startswith(ROUNDS)}
    for name, node in named.items():
        if is_script(name):
            yield from _written(node, of_a_round=name in rounds)
    for compiled in scripts.values():
        if compiled.script.round:
            yield from _round(compiled.script)
    for name, lacking in ((JOINING, _joining), (SHARING, _sharing)) if rounds else ():
        if name in scripts:
            yield from _lacks(scripts[name].script, lacking(scripts[name].script))


def _written(source: Node, *, of_a_round: bool) -> Iterator[Diagnostic]:
    """Find what stands in the wrong kind of script, and what is left to Kith."""
    steps = Reader().items(source.get("steps"))
    prompts = [where for step in steps if (where := Reader.key_of(step, "prompt"))]
    misplaced = [*prompts, *([where] if (where := Reader.key_of(source, "round")) else [])]
    for where in () if of_a_round else misplaced:
        message = f"'{where.value}' is for the rounds of groups"
        fix = f"move this script to the folder {ROUNDS}, or take it away"
        yield at(where, "not-a-round", message, fix)
    if of_a_round and not (source.get("round") and prompts):
        lacking = "prompt" if source.get("round") else "round"
        message = f"this lies in {ROUNDS} and has no '{lacking}', so no group could answer it"
        fix = f"add  {lacking}:  or move it to {SCRIPTS}"
        yield at(source, "not-a-round", message, fix)
    for step in steps:
        yield from _left_to_kith(step, of_a_round=of_a_round)


def _left_to_kith(step: Node, *, of_a_round: bool) -> Iterator[Diagnostic]:
    for key in ("id", "answer"):
        name = Reader().text(step.get(key))
        if name.endswith(SHARE) or (of_a_round and name == JOIN):
            message = f"'{name}' is a name that Kith itself uses in rounds"
            yield at(step.get(key) or step, "reserved-id", message, "give it another name")
    called = Reader().text(step.get("call"))
    if called in (JOINING, SHARING):
        where = "before the first step" if called == JOINING else "behind each prompt"
        message = f"'{called}' is put {where} of a round by itself"
        yield at(step.get("call") or step, "reserved-call", message, "take this call away")


def _round(script: Script) -> Iterator[Diagnostic]:
    texts = script.round
    assert texts is not None  # noqa: S101 - only called for such a script
    of_group = script.source.get("round") or script.source
    for key, text in (("opens", texts.opens), ("closes", texts.closes)):
        yield from _told(of_group.get(key) or of_group, f"'{key}'", text)
    for step in prompts_of(script):
        yield from _told(step.spot("prompt"), f"the prompt of '{step.id}'", step.prompt)
        if why := _unshareable(step):
            message = f"what is answered at '{step.id}' can't be shared: {why}"
            fix = f"ask {', '.join(SHAREABLE[:-1])} or {SHAREABLE[-1]}, and take  keep:  away"
            yield at(step.spot("prompt"), "unshareable", message, fix)
    lacking = [part for part in PARTS if part not in {each.phase for each in prompts_of(script)}]
    if texts.we and lacking:
        message = f"this round looks at the whole, and has no prompt about {' and '.join(lacking)}"
        fix = f"add a step with  phase: {lacking[0]}  and a prompt, or take  we:  away"
        yield at(of_group.get("we") or of_group, "we-lacks", message, fix)


def _told(where: Node, what: str, text: Template | None) -> Iterator[Diagnostic]:
    # a translation reads how values are written
    for name in sorted(text.reads - TOLD_TO_ALL - {"readings"}) if text else ():
        message = f"{what} is read by the whole group, so it can't hold '{name}'"
        fix = "take it out; only group_name and least can stand there"
        yield at(where, "tells-the-group", message, fix)


def _unshareable(step: Step) -> str:
    if step.keep != "keep":
        return "it is not kept long enough"
    if step.ask and step.ask.kind not in SHAREABLE:
        return f"it is a {step.ask.kind}"
    return ""


def _lacks(script: Script, lacking: Mapping[str, bool]) -> Iterator[Diagnostic]:
    for what in (what for what, is_lacking in lacking.items() if is_lacking):
        message = f"'{script.id}' lacks {what}"
        fix = "Kith reads it there: bring it back"
        yield at(script.source, "sharing-lacks", message, fix)


def _joining(script: Script) -> dict[str, bool]:
    agreed, called = _asked(script, "agreed"), _asked(script, "called")
    return {
        "a step 'agreed' with the choices yes and no": not _offers(agreed, "yes", "no"),
        "exact: yes  at 'agreed'": agreed is not None and not agreed.exact,
        "a step 'called' that asks for one name": called is None or called.kind != "person",
        "agreed and called in its result": not {"agreed", "called"} <= set(script.result or ()),
    }


def _sharing(script: Script) -> dict[str, bool]:
    how = _asked(script, HOW)
    step = next((each for each in script.steps.values() if each.answer == HOW), None)
    when = {each.value: each.when.reads if each.when else () for each in how.choices} if how else {}
    return {
        "the inputs words, called and too_late": {*script.inputs}
        != {"words", "called", "too_late"},
        "a step 'how' with named, unnamed and keep": not _offers(how, "named", "unnamed", "keep"),
        "exact: yes  at 'how'": how is not None and not how.exact,
        "{{ words }} in what 'how' says": step is None or "words" not in step.reads,
        "if: called  at the choice 'named'": "called" not in when.get("named", "called"),
        "if: not too_late  at 'unnamed'": "too_late" not in when.get("unnamed", "too_late"),
    }


def _asked(script: Script, answer: str) -> Ask | None:
    return next((step.ask for step in script.steps.values() if step.answer == answer), None)


def _offers(ask: Ask | None, *values: str) -> bool:
    offered = {choice.value for choice in ask.choices} if ask and not ask.own_words else set()
    return ask is not None and ask.kind == "choice" and offered == {*values}
