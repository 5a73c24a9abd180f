"""Help, back, skip, pause, stop and forget are within reach at every step, also by typing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.engine.catalogue import Compiled, Screen
from bot.engine.checks import choice_label
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.reading import Reader
from bot.engine.routes import BESIDE
from bot.engine.script import Step
from bot.engine.source import Node
from bot.engine.understand import folded

TYPED: Final = ("help", "back", "skip", "pause", "stop", "forget", "hide")
ON_SCREENS: Final[Mapping[str, tuple[str, ...]]] = {
    "menu": ("pause", "kept", "bad day", "stop"),
    "help": ("person", "breathe"),
    "bad day": ("person", "breathe", "help"),
    "kept": ("mine", "forget one", "export", "withdraw"),
    "mine": ("map", "plan", "change"),
    "forget": ("forget all", "forget one", "forget reflection"),
    "withdraw": ("forget all",),
    "concern abuse": ("hide",),
}
"""What can be tapped: everything is at most two taps away."""
NOWHERE: Final = Node({}, 1, 1, "dialogues")


def check_freedoms(
    scripts: Mapping[str, Compiled],
    typed: Mapping[str, str],
    screens: Mapping[str, Screen],
    named: Mapping[str, Node],
) -> Iterator[Diagnostic]:
    """Find freedoms that a script, a choice or a missing word would put out of reach."""
    for compiled in scripts.values():
        for step in compiled.script.steps.values():
            yield from _hidden(step, typed)
            reachable = {trigger for trigger in BESIDE if _leads(compiled, trigger, step)}
            for lost in sorted(BESIDE.keys() - reachable):
                message = f"'{lost}' can't be reached from '{step.id}'"
                yield at(step.source, "missing-freedom", message, "tell whoever keeps Kith")
    for freedom in TYPED:
        if freedom not in typed.values():
            message = f"nothing can be typed for '{freedom}'"
            listed = named.get("typed.yaml", NOWHERE)
            where = Reader.key_of(listed, freedom) or listed
            yield at(where, "missing-freedom", message, f"add  {freedom}: [{freedom}]")
    for name, freedoms in ON_SCREENS.items():
        offered = {action for action, _ in screens[name].actions} if name in screens else freedoms
        listed = named.get("screens.yaml", NOWHERE)
        for freedom in freedoms:
            if freedom not in offered:
                message = f"the screen '{name}' doesn't offer '{freedom}'"
                fix = f"add  - {freedom}:  to its choices"
                yield at(listed.get(name) or listed, "missing-freedom", message, fix)


def _leads(compiled: Compiled, trigger: str, step: Step) -> bool:
    return step.id in compiled.machine.events[trigger].transitions


def _hidden(step: Step, typed: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Find choices that are called by a word which people type for a freedom."""
    for place, choice in enumerate(step.ask.choices if step.ask else ()):
        words = step.spot("choices", place, "words")
        for where, name in _names(
            choice_label(step, place), choice.label.source, words, choice.words
        ):
            freedom = typed.get(folded(name))
            if freedom:
                message = f"'{name}' is what people type for '{freedom}', not for a choice"
                yield at(where, "hides-freedom", message, "choose other words here")


def _names(
    label_at: Node, label: str, words_at: Node, words: Iterable[str]
) -> Iterator[tuple[Node, str]]:
    yield label_at, label
    yield from ((words_at, word) for word in words)
