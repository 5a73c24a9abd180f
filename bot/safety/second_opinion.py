"""A small learned reader beside the phrase rules; all that it can do is ask one gentle question."""

from dataclasses import dataclass
from math import sqrt

from bot.safety.concern import Concern, ConcernClass
from bot.safety.normalise import normalise
from bot.safety.pieces import pieces, stretches

RULE = "second-opinion"


@dataclass(frozen=True, slots=True)
class Head:
    """What each piece says for one thing: whole numbers of `step`, added to `start`."""

    start: float
    step: float
    weights: memoryview

    def sum(self, found: set[int]) -> float:
        """Add up what these pieces say; their numbers are cut to the length of the weights."""
        last = len(self.weights) - 1
        total = sum([self.weights[piece & last] for piece in found])
        return self.start + self.step * total / sqrt(len(found))


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Learned weights: heads any of which may ask, and one a class that says about what.

    The heads that ask were learned from different kinds of text, and read the same pieces.
    """

    ask: tuple[Head, ...]
    kinds: tuple[tuple[ConcernClass, Head], ...]


def second_opinion(opinion: SecondOpinion, text: str) -> Concern | None:
    """Give a concern to ask about, always unclear, or nothing.

    Reads the first 4,096 characters, in time that grows only with their number.
    """
    return asked(opinion, normalise(text))


def asked(opinion: SecondOpinion, plain: str) -> Concern | None:
    """Give what to ask about a text that is in its plain form already."""
    buckets = len(opinion.ask[0].weights)
    for stretch in stretches(plain):
        found = pieces(stretch, buckets)
        if any(head.sum(found) > 0 for head in opinion.ask):
            kind, _ = max(opinion.kinds, key=lambda each: each[1].sum(found))
            return Concern(kind, "unclear", RULE, "me")
    return None
