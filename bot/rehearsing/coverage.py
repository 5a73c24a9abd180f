"""What chats have walked over, step by step and choice by choice, and what they never touched."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, cast

from bot.engine.catalogue import Catalogue, Compiled
from bot.engine.checks import choice_label
from bot.engine.effects import Say
from bot.engine.events import Event
from bot.engine.routes import Cursor, build
from bot.engine.script import Script, Step
from bot.library import Library
from bot.rehearsing.rehearsal import Rehearsal, everywhere


@dataclass(slots=True)
class Seen:
    """What has been walked over so far: steps, and what was picked at them."""

    steps: set[tuple[str, str]] = field(default_factory=set)
    choices: set[tuple[str, str, str]] = field(default_factory=set)


class Watched(Rehearsal):
    """A rehearsal that notes where it waits: the open question, and the calls that led to it."""

    def __init__(self, library: Library, seen: Seen) -> None:
        super().__init__(library)
        self.seen = seen

    def meets(self, event: Event) -> tuple[Say, ...]:
        """Take in one event as any rehearsal does. Raises whatever the turn raises."""
        said = super().meets(event)
        if self.session.status == "waiting" and not self.session.detour:
            self.seen.steps |= {(frame.script, frame.step) for frame in self.session.place}
        return said


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """A step that was never said or asked, or a choice that was never picked."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.words}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of all scripts was walked over, and the places that were not."""

    steps: int
    all_steps: int
    choices: int
    all_choices: int
    missing: tuple[Missing, ...]


def watched(library: Library, seen: Seen) -> Library:
    """Give a library that notes in `seen` whatever a conversation walks over.

    An answer that is changed makes the engine look ahead; what it looks at counts as well.
    """
    return everywhere(library, lambda each: replace(each, scripts=_watched_scripts(each, seen)))


def _watched_scripts(catalogue: Catalogue, seen: Seen) -> dict[str, Compiled]:
    return {
        name: Compiled(compiled.script, _watched(compiled.script, seen))
        for name, compiled in catalogue.scripts.items()
    }


def _watched(script: Script, seen: Seen) -> Any:
    machine = build(script)
    machine.after_state_change = [_note(script, seen)]
    return machine


def _note(script: Script, seen: Seen) -> Callable[[Any], None]:
    def note(event: Any) -> None:
        intent, cursor = event.event.name, cast("Cursor", event.model)
        step = script.steps[event.transition.source]
        if intent in ("answer", "go on"):
            seen.steps.add((script.id, step.id))
        if step.answer and intent == "answer":
            value = cursor.scope.get(step.answer)
            seen.choices |= {(script.id, step.id, each) for each in _picks(value)}

    return note


def _picks(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [each for each in value if isinstance(each, str)]
        case dict():
            return [str(name) for name, count in value.items() if count]
        case _:
            return []


def coverage(catalogue: Catalogue, seen: Seen) -> Coverage:
    """Count what was seen of every step and every choice, and list the rest in the files' order."""
    steps = [
        (compiled.script.id, step)
        for compiled in catalogue.scripts.values()
        for step in compiled.script.steps.values()
    ]
    choices = [
        (script, step, place)
        for script, step in steps
        for place in range(len(step.ask.choices) if step.ask else 0)
    ]
    not_seen = [step for script, step in steps if (script, step.id) not in seen.steps]
    not_picked = [
        (step, place)
        for script, step, place in choices
        if (script, step.id, _value(step, place)) not in seen.choices
    ]
    missing = [Missing(step.source.file, step.source.line, step.id) for step in not_seen]
    missing += [_never_picked(step, place) for step, place in not_picked]
    return Coverage(
        steps=len(steps) - len(not_seen),
        all_steps=len(steps),
        choices=len(choices) - len(not_picked),
        all_choices=len(choices),
        missing=tuple(sorted(missing)),
    )


def _value(step: Step, place: int) -> str:
    return step.ask.choices[place].value if step.ask else ""


def _never_picked(step: Step, place: int) -> Missing:
    label = choice_label(step, place)
    return Missing(label.file, label.line, f"{step.id}: [{label.value}]")
