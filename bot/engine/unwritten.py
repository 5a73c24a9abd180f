"""Answers that are not there for whatever reads them: never written down, or let go by then."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.engine.apart import MAP, PICTURED, PLAN, SHOWN
from bot.engine.checks import where_read, written
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.expression import Expression, Template
from bot.engine.script import CONSENT, Script, Step
from bot.engine.source import Node

Read = tuple[Node, Expression | Template]
READ_AFTERWARDS: Final = frozenset(
    {
        *("adult", "phone", CONSENT, "nation", "safe", "other", "leave_out", "people"),
        *("supporter", "bond"),
    }
)
"""Answers that Kith itself reads by these names, also when the conversation is over."""
READ_MEANWHILE: Final = READ_AFTERWARDS | {
    *("other_is", "now", "affected", "pressures", "stones", "services", "belongs", "near"),
}
"""Those and what it looks for suggestions by."""
TAPPED_TOGETHER: Final = ("several", "stones")


def check_unwritten(script: Script) -> Iterator[Diagnostic]:
    """Find whatever reads an answer that is not there for it, in the script that asks for it."""
    for step in script.steps.values():
        if step.ask and step.keep != "keep":
            yield from _by_kith(step)
    never, for_now = names_kept(script, "never written"), names_kept(script, "until the end")
    for step in script.steps.values():
        own = {id(edge.when) for edge in step.edges if edge.when}
        for where, read in written(step):
            mine = {step.answer} if id(read) in own and step.ask else set()
            yield from _read(f"'{step.id}'", where, read, never - mine)
        yield from _afterwards(script, step, for_now)
    for name, read in (script.result or {}).items():
        where = (script.source.get("result") or script.source).get(name) or script.source
        yield from _read(f"the result '{name}'", where, read, never)
        yield from _outlives(f"the result '{name}'", where, read, for_now)
    for place, budget in enumerate(script.budget):
        node = _item(script.source.get("budget"), place) or script.source
        if budget.when:
            yield from _read("this budget", node.get("if") or node, budget.when, never)


def never_kept(scripts: Iterable[Script]) -> frozenset[str]:
    """Give the names of answers that are never written down in any of these scripts."""
    listed = [*scripts]
    never = frozenset().union(*(names_kept(script, "never written") for script in listed))
    steps = (step for script in listed for step in script.steps.values())
    return never - {step.answer or "" for step in steps if step.keep != "never written"}


def read_outside(
    who: str,
    node: Node,
    parts: Mapping[str, Expression | Template | None],
    never: frozenset[str],
) -> Iterator[Diagnostic]:
    """Find what reads such an answer outside of scripts; `parts` are named by their keys."""
    for key, read in parts.items():
        if read is not None:
            yield from _read(who, node.get(key) or node, read, never)


def names_kept(script: Script, keep: str) -> frozenset[str]:
    """Give the names of the answers of one storage class."""
    steps = script.steps.values()
    return frozenset(s.answer for s in steps if s.ask and s.answer and s.keep == keep)


def _by_kith(step: Step) -> Iterator[Diagnostic]:
    never = step.keep == "never written"
    where, name = step.spot("keep"), step.answer
    if name in (READ_MEANWHILE if never else READ_AFTERWARDS):
        until = "" if never else ", also after the end"
        message = f"Kith itself reads '{name}' later{until}, so it has to be kept"
        yield at(where, "reads-unwritten", message, "take  keep:  away, or name it otherwise")
    if never and step.ask and step.ask.kind in TAPPED_TOGETHER:
        message = f"'{name}' is made of several taps, and the first are written down meanwhile"
        yield at(where, "reads-unwritten", message, "ask  choice, or  keep: until the end")


def _read(
    who: str, where: Node, read: Expression | Template, gone: Iterable[str]
) -> Iterator[Diagnostic]:
    for name in sorted(read.reads & frozenset(gone)):
        message = f"{who} reads '{name}', which is never written down"
        fix = f"read it in the  next:  of its own step only, or let '{name}' be kept"
        yield at(where_read(where, read, name), "reads-unwritten", message, fix)


def _afterwards(script: Script, step: Step, gone: frozenset[str]) -> Iterator[Diagnostic]:
    """Find what is read once the conversation is over: in a reminder, and of what is kept apart."""
    if script.id in (PLAN, MAP) and step.id in (SHOWN, PICTURED):
        for where, read in written(step):
            yield from _outlives(f"'{step.id}'", where, read, gone)
    elif step.remind and step.only_if:
        yield from _outlives(f"'{step.id}'", step.spot("only if"), step.only_if, gone)


def _outlives(
    who: str, where: Node, read: Expression | Template, gone: frozenset[str]
) -> Iterator[Diagnostic]:
    for name in sorted(read.reads & gone):
        message = f"{who} reads '{name}' also after the end, when it is let go"
        fix = f"take '{name}' out here, or take  keep: until the end  away there"
        yield at(where_read(where, read, name), "reads-unwritten", message, fix)


def _item(node: Node | None, place: int) -> Node | None:
    items: Sequence[Node] = node.value if node and isinstance(node.value, list) else []
    return items[place] if place < len(items) else node
