"""Everything that is read once at start and shared by all people: scripts, words, numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from transitions import Machine

from bot.engine.expression import Template
from bot.engine.group import Membership
from bot.engine.script import Script, Step
from bot.engine.terms import Terms
from bot.engine.together import Together
from bot.engine.values import JOINS, UNASKED

UK = frozenset({"england", "scotland", "wales", "northern-ireland"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A checked script with its routing table.

    `blank` has every name that it declares, unasked; `consent` is its step that asks for that.
    """

    script: Script
    machine: Machine
    blank: Mapping[str, object] = field(init=False, compare=False, repr=False)
    consent: Step | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        answers = [step.answer for step in self.script.steps.values() if step.answer]
        object.__setattr__(self, "blank", dict.fromkeys(answers, UNASKED))
        asking = (step for step in self.script.steps.values() if step.consent)
        object.__setattr__(self, "consent", next(asking, None))


@dataclass(frozen=True, slots=True)
class Screen:
    """A text beside the scripts, with what can be done there: (action, label) in order."""

    say: Template
    actions: tuple[tuple[str, Template], ...] = ()


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """A line for urgent help. `nations` is where it serves, `classes` which concerns it is for.

    `how` is ring, text or web; `first` stands on top when harm is happening now. `precondition`
    is what a person needs to know before it works, or empty.
    """

    id: str
    line: str
    classes: frozenset[str]
    nations: frozenset[str]
    ages: str
    name: str = ""
    number: str = ""
    how: str = ""
    first: bool = False
    precondition: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that Kith can say. `contact` is the service's human with hours, or empty.

    `languages` can be chosen: their own names by their codes. `zones` are times that people can
    say they live by: cities by the zone. `readings`, `joins` and `day` put values into this one:
    how a value that people read is written, what stands between the items of a list, and how a
    day reads. `aside` is the script of the dialogue in hand where that is not the root
    (bot.engine.apart). `local` says that there is a directory of places here, `terms` from which
    age on, and for how long. `groups` are those of the person whose turn it is, by name, `together`
    is what groups could do, and `in_groups` are the commands that are known in a group.
    """

    scripts: Mapping[str, Compiled]
    words: Mapping[str, Template]
    screens: Mapping[str, Screen]
    help_lines: Mapping[tuple[str, str, bool], list[str]]
    numbers: tuple[HelpNumber, ...]
    typed: Mapping[str, str]
    commands: Mapping[str, str]
    release: str = ""
    contact: str = ""
    root: str = "reflection"
    languages: Mapping[str, str] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    joins: tuple[str, str] = JOINS
    day: Callable[[date], str] = field(default=date.isoformat, compare=False, repr=False)
    aside: str = ""
    local: bool = False
    terms: Terms = field(default_factory=Terms)
    groups: Mapping[str, Membership] = field(default_factory=dict)
    in_groups: Mapping[str, str] = field(default_factory=dict)
    together: Together = field(default_factory=Together)

    @property
    def in_hand(self) -> str:
        """The id of the script that the dialogue in hand begins with."""
        return self.aside or self.root

    def lacks(self, dialogue: str) -> str:
        """Say that a dialogue is not there and which are; empty where it is there."""
        if dialogue in self.scripts:
            return ""
        return f"there is no dialogue '{dialogue}' -> use one of: {', '.join(sorted(self.scripts))}"

    def step(self, script: str, step: str) -> Step | None:
        """Give a step by the id that it has, or used to have."""
        compiled = self.scripts.get(script)
        return compiled.script.find(step) if compiled else None

    def step_of(self, key: str) -> Step | None:
        """Give the step that asked for the answer under `key`, through sub-dialogues."""
        script = self.in_hand
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
        return self.help_lines[kind, nation if nation in UK else "", under_age]

    def fitting(self, kind: str, nation: str, *, under_age: bool = False) -> list[HelpNumber]:
        """Give the numbers behind the help lines, in the order of the file."""
        here = nation if nation in UK else ""
        return [each for each in self.numbers if _fits(each, kind, here, under_age=under_age)]


def help_lines(numbers: Sequence[HelpNumber]) -> dict[tuple[str, str, bool], list[str]]:
    """Work out once which lines are shown for which concern, nation ("" for unknown) and age."""
    kinds = {kind for number in numbers for kind in number.classes}
    return {
        (kind, nation, under_age): [
            number.line for number in numbers if _fits(number, kind, nation, under_age=under_age)
        ]
        for kind in kinds
        for nation in ("", *UK)
        for under_age in (False, True)
    }


def _fits(number: HelpNumber, kind: str, nation: str, *, under_age: bool) -> bool:
    wrong_age = "adult" if under_age else "under-18"
    here = nation in number.nations if nation else number.nations >= UK or kind == "abuse"
    return kind in number.classes and here and number.ages != wrong_age
