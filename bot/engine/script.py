"""What a script is once it is read: steps in order, what each says, asks and leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from bot.engine.enclosing import Encloses, read_along
from bot.engine.expression import Expression, Template
from bot.engine.joining import may_join
from bot.engine.source import Node
from bot.engine.values import Scope

Kind = Literal[
    "choice", "several", "words", "number", "yes/no", "person", "place", "date", "stones"
]
Keep = Literal["keep", "until the end", "never written"]
Phase = Literal["arrive", "self", "other", "situation", "together", "supports", "close"]

KINDS: Final = get_args(Kind)
KEEPS: Final = get_args(Keep)
PHASES: Final = get_args(Phase)
PARTS: Final = ("self", "other", "situation")
END: Final = "end"
CONSENT: Final = "consent"
"""The name of the answer in which somebody agrees that what they say is kept."""
AGREED: Final = "agreed"
"""The choice that agrees; any other, and leaving the question out, does not."""
NOWHERE: Final = Node({}, 1, 1, "")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be picked; `words` are other ways to say it, `only` excludes the rest."""

    value: str
    label: Template
    words: tuple[str, ...] = ()
    when: Expression | None = None
    only: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Choices made from a list of answers: one for each `item` that `when` holds for."""

    each: Expression
    value: Expression
    label: Template
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Ask:
    """What a step asks. `most` caps names, picks, stones or a number; `least` a number.

    `exact` refuses near-misses, for questions that much hangs on. `postcode` takes the first half
    of one for a place, and drops the rest.
    """

    kind: Kind
    choices: tuple[Choice, ...] = ()
    offer: Offer | None = None
    own_words: bool = False
    exact: bool = False
    postcode: bool = False
    least: float | None = None
    most: float | None = None
    skip: Template | None = None
    again: Template | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Another script that runs here, once or for each item of a list."""

    script: str
    inputs: Mapping[str, Expression]
    each: Expression | None = None
    item: str = "item"


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a step leads; without `when` it always holds."""

    to: str
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a script: it says something and asks one thing, or nothing.

    `joins` marks a step that brings the person and the Other together, `ending` one that points at
    somebody or somewhere to go, `share` one whose text the person may pass on. `consent` is the
    version of what is agreed to here, on the step that asks for that.
    `prompt` is what a group reads when this question of a round comes; its answer can be shared.
    `source` is what the author wrote, with its places, for whoever
    has to point at it.
    """

    id: str
    phase: Phase | None
    say: tuple[Template, ...]
    edges: tuple[Edge, ...]
    then: str
    ask: Ask | None = None
    answer: str | None = None
    keep: Keep = "keep"
    only_if: Expression | None = None
    call: Call | None = None
    suggest: bool = False
    remind: Expression | None = None
    encloses: Encloses | None = None
    erase: bool = False
    fresh: bool = False
    share: bool = False
    joins: bool = False
    ending: bool = False
    consent: str = ""
    prompt: Template | None = None
    was: tuple[str, ...] = ()
    source: Node = field(default=NOWHERE, compare=False, repr=False)

    @property
    def reads(self) -> frozenset[str]:
        """Every answer that what this step shows or whether it is shown depends on."""
        texts = (
            [*self.say, *(choice.label for choice in self.ask.choices if self.ask)]
            if self.ask
            else self.say
        )
        conditions = [self.only_if]
        if self.ask:
            conditions += [choice.when for choice in self.ask.choices]
            if self.ask.offer:
                conditions += [self.ask.offer.each, self.ask.offer.when]
        along = [*read_along(self.encloses)] if self.encloses else []
        found = [*texts, *along, *(condition for condition in conditions if condition)]
        return frozenset().union(*(each.reads for each in found))

    def shown_to(self, scope: Scope) -> bool:
        """Say whether this step is for somebody with these answers; others pass it by."""
        if self.joins and not may_join(scope):
            return False
        return self.only_if is None or self.only_if.holds(scope)

    def spot(self, *keys: str | int) -> Node:
        """Give where a part of this step stands in its file; the step itself where it has none.

        A number counts the items of a list; one single value counts as a list of one.
        """
        here = self.source
        for key in keys:
            inside = here.get(key) if isinstance(key, str) else _item(here, key)
            if inside is None:
                break
            here = inside
        return here


def _item(node: Node, place: int) -> Node | None:
    if not isinstance(node.value, list):
        return node
    return node.value[place] if place < len(node.value) else None


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a dialogue may take those for whom `when` holds: minutes, and questions at most."""

    minutes: float
    questions: float | None
    when: Expression | None


@dataclass(frozen=True, slots=True)
class RoundTexts:
    """What a group reads when its round is opened, and when it is closed.

    `we` says that the round ends in what the group is up against and could do together.
    """

    opens: Template
    closes: Template
    we: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """One dialogue. `result` says what a caller gets back; the first step is where it begins.

    `round` holds the texts for the group where this is a round of one.
    """

    id: str
    title: str
    file: str
    steps: Mapping[str, Step]
    inputs: tuple[str, ...] = ()
    result: Mapping[str, Expression] | None = None
    budget: tuple[Budget, ...] = ()
    round: RoundTexts | None = None
    source: Node = field(default=NOWHERE, compare=False, repr=False)

    @property
    def first(self) -> str:
        """The id of the step where the script begins."""
        return next(iter(self.steps))

    def find(self, step_id: str) -> Step | None:
        """Give the step of that id, also by an id that it used to have."""
        return self.steps.get(step_id) or next(
            (step for step in self.steps.values() if step_id in step.was), None
        )
