"""How many buttons can stand under one message."""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Final

from bot.engine.diagnostics import Diagnostic, at
from bot.engine.plan import AFTERWARDS, WHILE_ON_THE_WAY
from bot.engine.rounds import NOT_OFFERED
from bot.engine.script import Script, Step
from bot.engine.source import Node
from bot.wording.places import Raw, placed
from bot.wording.rules import Wording
from bot.wording.samples import Samples

_TRIED: Final = 20_000


def crowded_steps(
    wording: Wording, samples: Samples, script: Script, raw: Raw
) -> Iterator[Diagnostic]:
    """Give the steps at which more fixed choices can be shown at once than the rules allow."""
    for step in script.steps.values():
        if step.ask and len(step.ask.choices) > wording.limit("most buttons"):
            yield from _crowded(wording, _most_at_once(samples, script, step), step, raw)


def crowded_screens(wording: Wording, named: Mapping[str, Node], raw: Raw) -> Iterator[Diagnostic]:
    """Give the screens beside the scripts that show too many choices."""
    screens = named["screens.yaml"].value if "screens.yaml" in named else {}
    for screen in screens.values() if isinstance(screens, dict) else ():
        choices = screen.get("choices")
        if choices and isinstance(choices.value, list):
            actions = [
                frozenset(each.value) for each in choices.value if isinstance(each.value, dict)
            ]
            apart = product((WHILE_ON_THE_WAY, AFTERWARDS), NOT_OFFERED.values())
            at_once = max(
                sum(not action <= never | unfit for action in actions) for never, unfit in apart
            )
            yield from _told(wording, at_once, choices, raw)


def _crowded(wording: Wording, count: int, step: Step, raw: Raw) -> Iterator[Diagnostic]:
    yield from _told(wording, count, step.spot("choices"), raw)


def _told(wording: Wording, count: int, node: Node, raw: Raw) -> Iterator[Diagnostic]:
    most = wording.limit("most buttons")
    if count > most:
        message = f"{count} choices can be shown at once, more than {most:.0f}"
        fix = "join some, show some only  if:  they fit, or ask in two steps"
        yield at(placed(node, raw), "many-buttons", message, fix)


def _most_at_once(samples: Samples, script: Script, step: Step) -> int:
    """Count the largest set of choices whose conditions hold together, for one set of answers.

    Where there are too many sets of answers to try them all, every choice counts.
    """
    choices = step.ask.choices if step.ask else ()
    conditions = [choice.when for choice in choices if choice.when]
    guards = [*conditions, *([step.only_if] if step.only_if else [])]
    names = sorted(frozenset[str]().union(*(each.reads for each in guards)))
    source = " ".join("{{ " + each.source + " }}" for each in guards)
    options = [samples.of(name, script, source) for name in names]
    most = 0
    for tried, values in enumerate(islice(product(*options), _TRIED + 1)):
        scope = dict(zip(names, values, strict=True))
        if tried == _TRIED:
            return len(choices)
        if step.only_if is None or step.only_if.holds(scope):
            most = max(most, sum(each.holds(scope) for each in conditions))
    return most + len(choices) - len(conditions)
