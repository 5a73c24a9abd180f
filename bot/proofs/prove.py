"""All proofs over all scripts."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.engine.catalogue import Compiled
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.script import Script
from bot.engine.source import Node
from bot.proofs.budget import Length, check_budget, longest_way
from bot.proofs.conditions import check_conditions
from bot.proofs.consent import check_consent
from bot.proofs.explore import Model
from bot.proofs.joining import check_joining_rules, check_joining_steps, check_safety_question
from bot.proofs.order import followers_first
from bot.proofs.phases import check_endings, check_parts
from bot.proofs.places import can_rest, check_places
from bot.proofs.texts import check_texts, lacking_inputs
from bot.supports.rules import Rule


def prove(
    scripts: Mapping[str, Compiled],
    rules: Sequence[Rule],
    rules_node: Node | None,
    called: Collection[str] = (),
) -> list[Diagnostic]:
    """Give whatever could be shown to be wrong, or could not be proven, about these scripts.

    `called` are scripts that others call; those that `scripts` call are known anyway.
    """
    found = list(check_joining_rules(rules, rules_node))
    plain = {name: compiled.script for name, compiled in scripts.items()}
    order = followers_first(plain, lambda name: _calls(plain, name))
    found += _calling_themselves(plain, order)
    models: dict[str, Model] = {}
    resting: set[str] = set()
    lengths: dict[str, Length] = {}
    timed = _within_budgets(plain, order)
    for name in order:
        script = plain[name]
        model = Model(script, frozenset(_resting_calls(script, resting)))
        models[name] = model
        if can_rest(script, model.explored()):
            resting.add(name)
        if name in timed:
            lengths[name] = longest_way(model, lengths)
    lacking = lacking_inputs(models)
    inner = {*called, *(name for script in plain for name in _calls(plain, script))}
    for name, model in models.items():
        found += _proven(model, lacking[name], inner, lengths)
    return [*found, *check_consent(models, scripts, inner)]


def _proven(
    model: Model, lacking: Mapping[str, str], called: set[str], lengths: Mapping[str, Length]
) -> Iterator[Diagnostic]:
    yield from check_places(model)
    yield from check_conditions(model)
    yield from check_texts(model, lacking)
    yield from check_parts(model)
    yield from check_endings(model, called)
    yield from check_joining_steps(model)
    yield from check_safety_question(model)
    yield from check_budget(model, lengths)


def _resting_calls(script: Script, resting: set[str]) -> Iterator[str]:
    """Give the steps whose call may come back without having asked anything."""
    for step in script.steps.values():
        if step.call and (step.call.each or step.call.script in resting):
            yield step.id


def _within_budgets(scripts: Mapping[str, Script], order: Sequence[str]) -> set[str]:
    """Give the scripts whose length matters: those called from one that has a budget."""
    timed: set[str] = set()
    for name in reversed(order):
        if name in timed or scripts[name].budget:
            timed.update(_calls(scripts, name))
    return timed


def _calls(scripts: Mapping[str, Script], name: str) -> list[str]:
    steps = scripts[name].steps.values()
    return [step.call.script for step in steps if step.call and step.call.script in scripts]


def _calling_themselves(
    scripts: Mapping[str, Script], order: Sequence[str]
) -> Iterator[Diagnostic]:
    place = {name: number for number, name in enumerate(order)}
    for script in scripts.values():
        for step in script.steps.values():
            inner = step.call.script if step.call else ""
            if inner in place and place[inner] >= place[script.id]:
                message = f"'{inner}' would call itself again and again by way of '{step.id}'"
                yield at(step.spot("call"), "calls-itself", message, "call another dialogue here")
