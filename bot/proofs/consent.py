"""No words of anybody are asked for before they agreed that what they say is kept."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from bot.engine.catalogue import Compiled
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.script import AGREED, CONSENT, Script, Step
from bot.proofs.explore import Model, Spot, reads
from bot.proofs.findings import unproven, way

FREE: Final = ("words", "person", "place")
"""Kinds of questions that are answered in somebody's own words."""
FORM: Final = "write  ask: choice, exact: yes  and a choice  - agreed:, under the id consent"


def check_consent(
    models: Mapping[str, Model], scripts: Mapping[str, Compiled], called: Collection[str]
) -> Iterator[Diagnostic]:
    """Find consent that is asked for twice or unclearly, and words that are asked for before it.

    What others call is looked at where it is called. The map and the plan for bad days begin only
    after consent (`bot.engine.consent.has_agreed`). A dialogue
    that never asks for consent, as one to try things out, is left alone.
    """
    plain = {name: compiled.script for name, compiled in scripts.items()}
    for name, model in models.items():
        steps = _asking(plain[name])
        for step in steps[1:]:
            message = f"'{steps[0].id}' asks for consent already"
            fix = "take  consent:  away at one of them"
            yield at(step.spot("consent"), "double-consent", message, fix)
        yield from (each for step in steps for each in _form(step, name in called))
        if steps:
            yield from _before(model, plain)
        yield from _unversioned(plain[name])


def _asking(script: Script) -> list[Step]:
    return [step for step in script.steps.values() if step.consent]


def _form(step: Step, is_called: bool) -> Iterator[Diagnostic]:  # noqa: FBT001 - one of its facts
    ask = step.ask
    values = {choice.value for choice in ask.choices if choice.when is None} if ask else set()
    lacking = {
        f"its answer is called '{step.answer}'": step.answer != CONSENT,
        "it asks no choice": ask is None or ask.kind != "choice" or ask.own_words,
        f"it has no choice '{AGREED}'": AGREED not in values,
        "it takes near-misses for an answer": ask is not None and not ask.exact,
        "the answer is not kept": step.keep != "keep",
        "it stands in a dialogue that others call": is_called,
    }
    for what in (what for what, is_lacking in lacking.items() if is_lacking):
        message = f"nobody could tell whether somebody agreed at '{step.id}': {what}"
        yield at(step.spot("consent"), "unclear-consent", message, FORM)


def _unversioned(script: Script) -> Iterator[Diagnostic]:
    """Find a question that looks like the consent, and isn't one for Kith."""
    for step in script.steps.values():
        agreeing = step.ask and any(each.value == AGREED for each in step.ask.choices)
        if step.answer == CONSENT and agreeing and not step.consent:
            message = f"'{step.id}' looks like the consent, but says nothing of its version"
            yield at(step.source, "unclear-consent", message, 'add  consent: "1"')


def _before(model: Model, scripts: Mapping[str, Script]) -> Iterator[Diagnostic]:
    """Find questions in words that somebody may meet who did not agree, looking ever closer."""
    steps = model.script.steps.values()
    guards = [edge.when for step in steps for edge in step.edges]
    rungs = (
        frozenset({CONSENT}),
        frozenset({CONSENT}) | reads(*guards),
        frozenset({CONSENT}) | reads(*guards, *(step.only_if for step in steps)),
    )
    for step in (step for step in steps if _takes_words(scripts, step)):
        answers: list[str] | None = None
        for names in rungs:
            explored = model.explored(names)
            if not explored.whole:
                what = f"nobody comes to '{step.id}' without consent"
                yield unproven(step.source, what, answers or [])
                break
            spot = _unagreed(explored.shown.get(step.id, ()), explored.names)
            if spot is None:
                break
            answers = explored.path(spot)
        else:
            message = (
                f"'{step.id}' asks for words of somebody who has not agreed, {way(answers or [])}"
            )
            yield at(step.source, "words-before-consent", message, "ask for consent before it")


def _unagreed(spots: Collection[Spot], names: tuple[str, ...]) -> Spot | None:
    place = names.index(CONSENT) if CONSENT in names else None
    return next((s for s in spots if place is None or s.known[place] != AGREED), None)


def _takes_words(scripts: Mapping[str, Script], step: Step) -> bool:
    """Say whether a step asks for somebody's own words, also in what it calls."""
    waiting, seen = [step], set[str]()
    while waiting:
        here = waiting.pop()
        if here.ask and (here.ask.kind in FREE or here.ask.own_words):
            return True
        inner = here.call.script if here.call else ""
        if inner in scripts and inner not in seen:
            seen.add(inner)
            waiting += scripts[inner].steps.values()
    return False
