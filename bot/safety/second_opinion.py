"""A small learned reader beside the phrase rules; all that it can do is ask one gentle question."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.safety.concern import Concern, ConcernClass
from bot.safety.near_words import NearWords
from bot.safety.normalise import normalise
from bot.safety.pieces import Pieces, pieces
from bot.safety.threes import BLOCK, Threes

RULE: Final = "second-opinion"
AT_ONCE: Final = 3
"""Blocks of words that are read together; the last of them is read again with the next two."""


NOTHING_NEAR: Final = NearWords(frozenset())


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Learned weights: those that say whether to ask, and one a class that says about what.

    `ask` and `threes` speak together; `talk` was learned from talk alone and asks by itself.
    """

    ask: Pieces
    threes: Threes
    talk: Pieces
    kinds: tuple[tuple[ConcernClass, Pieces], ...]
    near: NearWords = NOTHING_NEAR


def second_opinion(opinion: SecondOpinion, text: str) -> Concern | None:
    """Give a concern to ask about, always unclear, or nothing.

    Reads the first 4,096 characters, in time that grows only with their number.
    """
    return asked(opinion, normalise(text))


def asked(opinion: SecondOpinion, plain: str) -> Concern | None:
    """Give what to ask about a text that is in its plain form already."""
    for found, total in sums(opinion, plain):
        if total > 0:
            kind, _ = max(opinion.kinds, key=lambda each: each[1].sum(found))
            return Concern(kind, "unclear", RULE, "me")
    return None


def sums(opinion: SecondOpinion, plain: str) -> Iterator[tuple[set[int], float]]:
    """Give the pieces and the sum of a text, or of each 18 words of a longer one.

    What is said in one sentence of a long text would else be lost among the others.
    """
    words = opinion.near.read(plain.split())
    if not words:
        return
    strengths = opinion.threes.strengths(words)
    buckets = len(opinion.ask.weights)
    for at in range(0, max(1, len(strengths) - 1), AT_ONCE - 1):
        found = pieces(words[at * BLOCK : (at + AT_ONCE) * BLOCK], buckets)
        together = opinion.ask.sum(found) + opinion.threes.sum(strengths[at : at + AT_ONCE])
        yield found, max(together, opinion.talk.sum(found))
