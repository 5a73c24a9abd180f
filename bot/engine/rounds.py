"""Rounds of a group: what the library puts between the steps of a script in `dialogues/rounds/`.

Whoever writes a round writes its questions. Whether somebody takes part, and how each answer is
shared, is asked by two scripts whose words staff can change: `joining` before the first step, and
`sharing` after each step with a `prompt`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.engine.diagnostics import Diagnostic
from bot.engine.reading import Reader
from bot.engine.script import Script, Step
from bot.engine.source import Node

SCRIPTS: Final = "scripts/"
ROUNDS: Final = "rounds/"
JOINING: Final = "joining"
"""The script that asks whether somebody takes part, and under what name."""
SHARING: Final = "sharing"
"""The script that asks how an answer is shared."""
JOIN: Final = "join"
"""The step that calls `joining`; its answer says whether they `agreed`, and are `called` what."""
SHARE: Final = "_share"
"""What the ids end in that are put behind a prompt; nobody else's may."""
HOW: Final = "how"
"""The answer of `sharing`: named, unnamed or keep."""
_PUT_IN: Final = re.compile(rf"(\w+?)(?:_after)?{SHARE}\b")


NOT_OFFERED: Final[Mapping[str, frozenset[str]]] = {
    "none": frozenset({"take part", "show round", "move on", "close round"}),
    "asked": frozenset({"open round", "move on", "what many told"}),
    "shown": frozenset({"open round", "show round", "what many told"}),
}
"""What whoever leads is not offered: without an open round, while the group answers a question, and
while what it shared is shown."""


def is_script(name: str) -> bool:
    """Say whether a file of the dialogues, by its name there, holds a script."""
    return name.startswith((SCRIPTS, ROUNDS))


def sources_of(named: Mapping[str, Node]) -> dict[str, Node]:
    """Give the scripts among the files of the dialogues, each round with what is put into it."""
    return {
        name: expanded(node) if name.startswith(ROUNDS) else node
        for name, node in named.items()
        if is_script(name)
    }


def prompts_of(script: Script) -> tuple[Step, ...]:
    """Give the steps of a round whose answers can be shared, in the order in which they come."""
    return tuple(step for step in script.steps.values() if step.prompt)


def share_key(prompt: str) -> str:
    """Give the key under which lies how somebody shares their answer of that name."""
    return f"{prompt}{SHARE}/{HOW}"


def shared_of(key: str) -> str:
    """Give the answer whose sharing lies under a key; empty where the key is another one."""
    end = share_key("")
    return key.removesuffix(end) if key.endswith(end) else ""


def expanded(source: Node) -> Node:
    """Put joining and sharing into a round; what is put in stands where its prompt stands."""
    steps = source.get("steps")
    written = Reader().items(steps)
    if steps is None or not all(isinstance(each.value, dict) for each in written):
        return source
    if not (source.get("round") and written and isinstance(source.value, dict)):
        return source
    following = [each for step in written for each in _shared(step)]
    whole = replace(steps, value=[_joining(written[0]), *following])
    return replace(source, value={**source.value, "steps": whole})


def as_written(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Say of a round what its author can find there: a step that was put in goes by its prompt.

    What is wrong with a condition that stands at several of them is told once.
    """
    told = [
        replace(each, message=_PUT_IN.sub(r"\1", each.message))
        if f"/{ROUNDS}" in each.file
        else each
        for each in found
    ]
    return list(dict.fromkeys(told))


def _joining(first: Node) -> Node:
    to = Reader().text(first.get("id"))
    ways = [{"if": f'{JOIN}.agreed != "yes"', "go": "end"}, {"go": to}]
    return _placed(first, {"id": JOIN, "call": JOINING, "answer": JOIN, "next": ways})


def _shared(step: Node) -> Iterator[Node]:
    """Give a step of a round, and behind a prompt the question how its answer is shared.

    The ways on from a prompt are taken after that, from a step of their own that is there for the
    same people as the prompt.
    """
    name = Reader().text(step.get("answer")) or Reader().text(step.get("id"))
    where = Reader.key_of(step, "prompt")
    if where is None or step.get("ask") is None or not isinstance(step.value, dict):
        yield step
        return
    pairs = {key: value for key, value in step.value.items() if key != "next"}
    yield replace(step, value=pairs)
    read = "phrase" if Reader().text(step.get("ask")) in ("choice", "several") else "quote"
    call: dict[str, object] = {
        "id": f"{name}{SHARE}",
        "call": SHARING,
        "with": {
            "words": f"{name} | {read}",
            "called": f'{JOIN}.called or ""',
            "too_late": f'"{name}" in late',
        },
        "answer": f"{name}{SHARE}",
        "only if": name,
    }
    if old := [f"{each}{SHARE}" for each in _old_names(step)]:
        call["was"] = old
    yield _placed(where, call, {key: pairs[key] for key in ("phase",) if key in pairs})
    if "next" in step.value:
        keys = ("phase", "only if", "next")
        after: dict[str, Node] = {key: step.value[key] for key in keys if key in step.value}
        yield _placed(where, {"id": f"{name}_after{SHARE}"}, after)


def _old_names(step: Node) -> list[str]:
    """Give the names that the answer of a step had before, where they are those of the step."""
    read = Reader()
    return [] if step.get("answer") else [read.text(each) for each in read.items(step.get("was"))]


def _placed(where: Node, value: object, beside: Mapping[str, Node] | None = None) -> Node:
    """Give plain values as if they had been written where a node stands."""
    match value:
        case dict():
            pairs = {str(key): _placed(where, each) for key, each in value.items()}
            return Node({**pairs, **(beside or {})}, where.line, where.column, where.file)
        case list():
            items = [_placed(where, each) for each in value]
            return Node(items, where.line, where.column, where.file)
        case _:
            return Node(str(value), where.line, where.column, where.file)
