"""The routing table of a script: one shared `transitions` machine, asked where to go.

States are step ids, triggers are intents, conditions are the authors' own, named after their
source. Guards only: nothing happens inside the machine (docs/decisions/0002-transitions.md).
"""

from collections.abc import Callable
from typing import Any, Final, Literal

from transitions import EventData, Machine, MachineError

from bot.engine.expression import Expression
from bot.engine.script import END, Script, Step
from bot.engine.values import Scope

Intent = Literal["answer", "pass", "go on", "help", "person", "pause", "stop", "distress"]

LEAVE: Final = ":end"
BESIDE: Final = {
    "help": ":help",
    "person": ":person",
    "pause": ":paused",
    "stop": ":stopped",
    "distress": ":concern",
}


class Cursor:
    """A throwaway position for one question to the machine; never registered with it."""

    __slots__ = ("scope", "state")

    def __init__(self, state: str, scope: Scope) -> None:
        self.state = state
        self.scope = scope


def build(script: Script) -> Machine:
    """Build the machine of a script whose destinations have been checked."""
    machine = Machine(
        model=None,
        states=[*script.steps, LEAVE, *BESIDE.values()],
        initial=None,
        auto_transitions=False,
        send_event=True,
    )
    for step in script.steps.values():
        intent = "answer" if step.ask else "go on"
        for edge in step.edges:
            guards = _guard(edge.when) if edge.when else None
            machine.add_transition(intent, step.id, _state(edge.to), conditions=guards)
        if step.only_if or step.joins:
            machine.add_transition("pass", step.id, _state(step.then), unless=_shown(step))
        for freedom, beside in BESIDE.items():
            machine.add_transition(freedom, step.id, beside)
    return machine


def move(machine: Machine, intent: Intent, step: str, scope: Scope) -> str | None:
    """Say where `intent` leads from `step`; None where no edge fits, so that one stays."""
    event = machine.events.get(intent)
    if event is None:
        return None
    cursor = Cursor(step, scope)
    try:
        moved = event.trigger(cursor)
    except MachineError:
        return None
    return cursor.state if moved else None


def _state(target: str) -> str:
    return LEAVE if target == END else target


def _shown(step: Step) -> Callable[[EventData], bool]:
    def shown(event: EventData) -> bool:
        cursor: Any = event.model
        return step.shown_to(cursor.scope)

    shown.__name__ = step.only_if.source if step.only_if else "safe"
    return shown


def _guard(expression: Expression) -> Callable[[EventData], bool]:
    def guard(event: EventData) -> bool:
        cursor: Any = event.model
        return expression.holds(cursor.scope)

    guard.__name__ = expression.source
    return guard
