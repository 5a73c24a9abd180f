"""How long a dialogue takes at most, in minutes of reading and answering, and in questions.

Reading: 238 words a minute, the mean that Brysbaert (2019, Journal of Memory and Language 109)
gives for silent reading; a tired person needs longer. Answering: own estimates, in seconds a
question, on the slow side. Both say whether a change made a dialogue longer; they don't predict
one person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.engine.arms import most_words
from bot.engine.checks import texts
from bot.engine.diagnostics import Diagnostic, at
from bot.engine.enclosing import texts_along
from bot.engine.script import Kind, Step
from bot.proofs.explore import Explored, Model, Spot, reads
from bot.proofs.order import followers_first

WORDS_A_MINUTE: Final = 238
SECONDS: Final[Mapping[Kind, int]] = {
    "choice": 5,
    "yes/no": 4,
    "several": 9,
    "words": 20,
    "number": 6,
    "person": 10,
    "place": 8,
    "date": 8,
    "stones": 20,
}
TOLD_APART: Final = 4
"""So many answers are told apart besides those of the budget itself."""
ITEMS: Final = 3
"""A dialogue that is run for each item of a list is counted so many times."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a way is: minutes, and questions asked."""

    minutes: float = 0
    questions: float = 0

    def plus(self, other: "Length") -> "Length":
        """Give both one after the other."""
        return Length(self.minutes + other.minutes, self.questions + other.questions)

    def times(self, number: int) -> "Length":
        """Give the same so many times over."""
        return Length(self.minutes * number, self.questions * number)

    def most(self, other: "Length") -> "Length":
        """Give the larger of both, minutes and questions each."""
        return Length(
            max(self.minutes, other.minutes),
            max(self.questions, other.questions),
        )


def check_budget(model: Model, called: Mapping[str, Length]) -> Iterator[Diagnostic]:
    """Find budgets that the longest way goes beyond; of several, the first that holds counts."""
    budgets = model.script.budget
    if not budgets:
        return
    explored, lengths = _measured(model, called)
    longest = [Length() for _ in budgets]
    for spot in explored.ends:
        known, length = explored.known(spot), lengths[spot]
        for place, budget in enumerate(budgets):
            holds = model.outcomes.of(budget.when, known) if budget.when else frozenset({True})
            if True in holds:
                longest[place] = longest[place].most(length)
            if False not in holds:
                break
    listed = model.script.source.get("budget") or model.script.source
    for place, (budget, length) in enumerate(zip(budgets, longest, strict=True)):
        items = listed.value if isinstance(listed.value, list) else [listed]
        where = items[place]
        whom = f"where {budget.when.source}" if budget.when else "at most"
        if length.minutes > budget.minutes:
            told = f"about {length.minutes:.1f} minutes {whom}"
            message = f"this takes {told}, more than the {budget.minutes:g} allowed"
            yield at(where, "too-long", message, "shorten it, or allow more minutes")
        if budget.questions is not None and length.questions > budget.questions:
            told = f"{length.questions:g} questions {whom}"
            message = f"this asks {told}, more than the {budget.questions:g} allowed"
            yield at(where, "too-long", message, "ask less, or allow more questions")


def longest_way(model: Model, called: Mapping[str, Length]) -> Length:
    """Give the length of the longest way through a script."""
    explored, lengths = _measured(model, called)
    whole = Length()
    for spot in explored.ends:
        whole = whole.most(lengths[spot])
    return whole


def _measured(model: Model, called: Mapping[str, Length]) -> tuple[Explored, dict[Spot, Length]]:
    """Give for each spot the length of the longest way to it; a circle is gone round once."""
    explored = model.explored(_telling(model))
    if not explored.whole:
        explored = model.explored(reads(*(each.when for each in model.script.budget)))
    costs = {step.id: _cost(step, called) for step in model.script.steps.values()}
    shown = {spot for spots in explored.shown.values() for spot in spots}
    lengths: dict[Spot, Length] = {}
    for spot in _in_order(explored):
        here = lengths.setdefault(spot, Length())
        after = here.plus(costs[spot.step]) if spot in shown else here
        for to in explored.moves.get(spot, ()):
            lengths[to] = lengths.get(to, Length()).most(after)
    return explored, lengths


def _telling(model: Model) -> frozenset[str]:
    """Give the answers that decide most about which questions come, and those of the budget."""
    guards = [step.only_if for step in model.script.steps.values() if step.only_if]
    names = [name for guard in guards for name in sorted(guard.reads)]
    most = sorted(set(names), key=lambda name: (-names.count(name), name))[:TOLD_APART]
    return frozenset(most) | reads(*(each.when for each in model.script.budget))


def _in_order(explored: Explored) -> list[Spot]:
    """Give all spots so that each stands behind those that lead to it, circles apart."""
    return followers_first(explored.came, lambda spot: explored.moves.get(spot, ()))[::-1]


def _cost(step: Step, called: Mapping[str, Length]) -> Length:
    # What goes along on paper is read another time.
    along = {id(text) for _, text in texts_along(step.encloses)} if step.encloses else set()
    words = sum(most_words(text) for _, text in texts(step) if id(text) not in along)
    reading = words / WORDS_A_MINUTE
    if step.call:
        return called.get(step.call.script, Length()).times(ITEMS if step.call.each else 1)
    if step.ask is None:
        return Length(reading)
    return Length(reading + SECONDS[step.ask.kind] / 60, 1)
