"""Nothing that joins the person with the Other is within reach where that isn't clearly safe."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.joining import SAFETY_READS, may_join
from bot.engine.source import Node
from bot.engine.values import SKIPPED, UNASKED
from bot.proofs.explore import Model
from bot.proofs.findings import way
from bot.supports.rules import Rule
from bot.supports.suggest import DRAFTS_READ, allowed

OTHERS: Final = ("one", "several", "body")
SAFETY: Final = ("unsafe", "unsure", "safe", SKIPPED, UNASKED)
CONCERNS: Final[tuple[list[str], ...]] = ([], ["abuse"], ["suicide"], ["abuse", "suicide"])


def check_joining_steps(model: Model) -> Iterator[Diagnostic]:
    """Find steps that join and would be shown to somebody who isn't clearly safe with the Other.

    The engine passes such steps by as well (`Step.shown_to`): this is the second lock on the door.
    """
    for step in model.script.steps.values():
        if step.joins and "safe" not in model.names:
            message = f"'{step.id}' joins, but '{model.script.id}' doesn't ask whether that is safe"
            fix = "put it into the dialogue that asks  safe, or take  joins:  away"
            yield at(step.spot("joins"), "joins-unsafely", message, fix)
        elif step.joins:
            explored = model.explored(SAFETY_READS)
            unsafe = (s for s in explored.shown.get(step.id, ()) if not may_join(explored.known(s)))
            spot = next(unsafe, None)
            if spot or not explored.whole:
                told = way(explored.path(spot)) if spot else "not proven"
                message = f"'{step.id}' joins, and may be shown where it isn't safe: {told}"
                yield at(step.spot("joins"), "joins-unsafely", message, "ask  safe  before it")


def check_safety_question(model: Model) -> Iterator[Diagnostic]:
    """Find a safety question that would still count after the Other was changed."""
    step = next((s for s in model.script.steps.values() if s.answer == "safe"), None)
    if step is None:
        return
    others = model.names & {"other", "other_is"}
    rests = step.reads
    for name in sorted(others - rests):
        message = (
            f"the safety question doesn't rest on '{name}', so it isn't asked again for another"
        )
        fix = f"read '{name}' in its  only if:  or its text"
        yield at(step.source, "stale-safety", message, fix)
    if others and not step.fresh:
        message = "the safety question keeps its answer when the Other is changed"
        yield at(step.source, "stale-safety", message, "add  fresh: yes")
    if step.ask is None or "safe" not in {choice.value for choice in step.ask.choices}:
        message = "'safe' has no choice 'safe', so nothing could ever be called safe"
        yield at(step.source, "stale-safety", message, "add the choice  - value: safe")
    elif not step.ask.exact:
        message = "the safety question takes near-misses for an answer"
        yield at(step.source, "stale-safety", message, "add  exact: yes")


def check_joining_rules(rules: Sequence[Rule], node: Node | None) -> Iterator[Diagnostic]:
    """Find suggestion rules that could hold where they must not.

    Every rule is tried, by the very function that suggests, with everything that can be said about
    safety: no, unsure, left out, not asked, and yes with a concern about abuse.
    """
    listed = (node.get("suggestions") if node else None) or Node([], 1, 1, "")
    entries = listed.value if isinstance(listed.value, list) else []
    for rule, where in zip(rules, entries, strict=False):
        texts = [each for each in (rule.short, rule.step, rule.more, rule.draft) if each]
        prints = any("other" in each.reads for each in texts)
        if rule.joins and rule.when_unsafe:
            message = f"'{rule.id}' joins the person with the Other, also where that isn't safe"
            yield at(where, "joins-unsafely", message, "take  when unsafe:  away")
        elif rule.when_unsafe and prints:
            message = f"'{rule.id}' names the Other, also where that isn't safe"
            yield at(where, "joins-unsafely", message, "take the name out, or  when unsafe:  away")
        elif (rule.joins or prints) and any(allowed(rule, scope) for scope in _unsafe()):
            message = f"'{rule.id}' can be suggested where the Other isn't clearly safe"
            yield at(where, "joins-unsafely", message, "tell whoever keeps Kith")
        if rule.draft and "other" in rule.draft.reads:
            message = f"the message of '{rule.id}' names the Other"
            spot = where.get("draft") or where
            yield at(spot, "draft-names-other", message, "leave the name out")
        elif rule.draft and (told := sorted(rule.draft.reads - {*DRAFTS_READ})):
            message = f"the message of '{rule.id}' tells '{told[0]}' to somebody else"
            fix = f"leave  {{{{ {told[0]} }}}}  out"
            yield at(where.get("draft") or where, "draft-names-other", message, fix)


def _unsafe() -> Iterator[dict[str, object]]:
    """Give everything that may be known where being with the Other isn't clearly safe."""
    for other_is, safe, concerns in product(OTHERS, SAFETY, CONCERNS):
        scope: dict[str, object] = {"other_is": other_is, "safe": safe, "concerns": concerns}
        if not may_join(scope):
            yield scope
