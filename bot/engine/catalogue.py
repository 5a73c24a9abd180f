"""Everything that is read once at start and shared by all people: scripts, words, numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from transitions import Machine

from bot.engine.expression import Template
from bot.engine.script import Script, Step

UK = frozenset({"england", "scotland", "wales", "northern-ireland"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A checked script with its routing table."""

    script: Script
    machine: Machine


@dataclass(frozen=True, slots=True)
class Screen:
    """A text beside the scripts, with what can be done there: (action, label) in order."""

    say: Template
    actions: tuple[tuple[str, Template], ...] = ()


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """A line for urgent help. `nations` is where it serves, `classes` which concerns it is for."""

    id: str
    line: str
    classes: frozenset[str]
    nations: frozenset[str]
    ages: str
    precondition: str
    assured: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that Kith can say. `contact` is the service's human with hours, or empty."""

    scripts: Mapping[str, Compiled]
    words: Mapping[str, Template]
    screens: Mapping[str, Screen]
    numbers: tuple[HelpNumber, ...]
    typed: Mapping[str, str]
    commands: Mapping[str, str]
    release: str = ""
    contact: str = ""
    root: str = "reflection"

    def step(self, script: str, step: str) -> Step | None:
        """Give a step by the id that it has, or used to have."""
        compiled = self.scripts.get(script)
        return compiled.script.find(step) if compiled else None

    def step_of(self, key: str) -> Step | None:
        """Give the step that asked for the answer under `key`, through sub-dialogues."""
        script = self.root
        *calls, name = key.split("/")
        for call in calls:
            caller = self.step(script, call.partition(":")[0])
            if caller is None or caller.call is None:
                return None
            script = caller.call.script
        steps = self.scripts[script].script.steps.values()
        return next((step for step in steps if step.answer == name), None)

    def lines(self, kind: str, nation: str, *, under_age: bool = False) -> list[str]:
        """Give the help lines for a concern in a nation; without a nation the UK-wide ones only.

        Abuse is the exception: each nation's own line names its nation, and without them somebody
        who is afraid at home would be left with the men's line alone.
        """
        here = frozenset({nation}) if nation in UK else UK
        wrong_age = "adult" if under_age else "under-18"
        return [
            number.line
            for number in self.numbers
            if (kind == "any" or kind in number.classes)
            and (here <= number.nations or (kind == "abuse" and here == UK))
            and number.ages != wrong_age
        ]
