"""The learned weights as they are shipped, and small ones that a test can read."""

from bot.opinion import load_opinion
from bot.safety.concern import CLASSES
from bot.safety.near_words import NearWords
from bot.safety.pieces import Pieces, pieces
from bot.safety.second_opinion import SecondOpinion
from bot.safety.threes import Threes

OPINION = load_opinion()
HINT = "I keep thinking everyone would be better off without me"
ORDINARY = "I'm a bit tired after work, the kids were up all night"
BUCKETS = 1 << 12


def bytes_of(numbers: list[int]) -> memoryview:
    return memoryview(bytes(number % 256 for number in numbers)).cast("b")


def small(word: str = "owl", kind: str = "abuse", start: float = -1.5) -> SecondOpinion:
    """Give weights that ask about one word, and call it one kind; they know no order of words."""
    weights = [0] * BUCKETS
    for piece in pieces([word], BUCKETS) - pieces([], BUCKETS):
        weights[piece] = 100
    plain = Pieces(0.0, 0.01, bytes_of([0] * BUCKETS))
    heads = [(each, Pieces(float(each == kind), 0.01, plain.weights)) for each in CLASSES]
    order = Threes({"owl": 1}, bytes_of([0] * 6), (0.0,), (1.0,))
    near = NearWords(frozenset({"owl"}))
    return SecondOpinion(Pieces(start, 0.01, bytes_of(weights)), order, NEVER, tuple(heads), near)


def always(start: float) -> SecondOpinion:
    """Give an opinion that always asks, or never."""
    pieces = Pieces(start, 0.0, bytes_of([0] * 256))
    order = Threes({}, bytes_of([0] * 3), (0.0,), (0.0,))
    return SecondOpinion(pieces, order, pieces, tuple((kind, pieces) for kind in CLASSES))


NEVER = Pieces(-1e9, 0.0, memoryview(bytes(1)).cast("b"))
SILENT = always(-1.0)
"""A second opinion that never asks."""
