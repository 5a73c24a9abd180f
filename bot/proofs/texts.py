"""Texts with a hole: an answer is printed that somebody who comes there need not have given."""

from collections.abc import Iterator, Mapping
from itertools import product

from bot.engine.checks import texts, where_read
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.expression import Expression
from bot.engine.scope import GLOBALS
from bot.engine.script import Step
from bot.engine.values import Absent
from bot.proofs.explore import Model, reads
from bot.proofs.findings import way
from bot.proofs.outcomes import Known, witnesses

SURE = frozenset({"item", "earlier", *GLOBALS}) - {"contact", "group_name"}
"""What is there for everybody."""


def check_texts(model: Model, lacking: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Find printed answers that may be missing; `lacking` says so of inputs, and why."""
    for step in model.script.steps.values():
        for where, text in texts(step):
            for name in sorted((text.unguarded & model.names) - SURE):
                told = _missing(model, step, name, lacking)
                if told:
                    message = f"'{step.id}' prints '{name}', which may be missing: {told}"
                    fix = f'write {{% if {name} %}} ... {{% endif %}}, or {{{{ {name} or "..." }}}}'
                    yield at(where_read(where, text, name), "maybe-missing", message, fix)


def _missing(model: Model, step: Step, name: str, lacking: Mapping[str, str]) -> str:
    if name in model.script.inputs:
        return lacking.get(name, "")
    explored = model.explored_for(step, {name} | reads(step.only_if))
    if not explored.whole:
        return "not proven that it is always there"
    for spot in explored.shown.get(step.id, ()):
        if isinstance(explored.known(spot)[name], Absent):
            answers = explored.path(spot)
            return way(answers) if answers else "it is not asked on some way there"
    return ""


def lacking_inputs(models: Mapping[str, Model]) -> dict[str, dict[str, str]]:
    """Say for each dialogue which inputs may come without a value, and from where."""
    found: dict[str, dict[str, str]] = {name: {} for name in models}
    for model in models.values():
        for step in model.script.steps.values():
            if step.call is None or step.call.script not in models:
                continue
            for name, given in step.call.inputs.items():
                if _may_lack(model, step, given):
                    told = f"'{step.id}' of '{model.script.id}' may hand nothing in"
                    found[step.call.script].setdefault(name, told)
    return found


def _may_lack(model: Model, step: Step, given: Expression) -> bool:
    """Say whether what is handed in may be absent; an item of a list never is."""
    item = step.call.item if step.call else ""
    names = (given.reads & model.names) - SURE
    if not given.reads or item in given.reads or "earlier" in given.reads:
        return False
    explored = model.explored_for(step, names | reads(step.only_if))
    if not explored.whole:
        return True
    return any(
        _absent(model, given, explored.known(spot)) for spot in explored.shown.get(step.id, ())
    )


def _absent(model: Model, given: Expression, known: Known) -> bool:
    names = sorted(given.reads)
    pools = [
        witnesses(known[name])
        if name in known
        else tuple(real for value in model.outcomes.listed(name) for real in witnesses(value))
        for name in names
    ]
    return any(
        isinstance(given.value(dict(zip(names, values, strict=True))), Absent)
        for values in product(*pools)
    )
