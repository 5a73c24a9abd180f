"""How much each service says of each word and of each need: BM25 over weighted fields."""

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final, TypeVar

from bot.directory.counting import Counted, Seen, count
from bot.directory.meanings import SIZE, Meanings
from bot.directory.needs import Need
from bot.directory.service import Service
from bot.directory.vocabulary import Vocabulary

K = TypeVar("K", bound=Hashable)

SOON_FULL: Final = 2.0
"""How soon more of the same word adds little (k1 of BM25)."""
BY_LENGTH: Final = 0.6
"""How much a long entry has to say it more often (b of BM25)."""
OTHERS_ADD: Final = 0.5
"""What the other phrases of a need add to the one that is worth most."""
LAST_LESS: Final = 0.7
"""How much less the last phrase of a need is worth than the first, which is most telling."""
ONLY_TOLD: Final = 0.5
"""What a word is worth that stands in descriptions, never in a name or a heading."""
WRONG_SIDE: Final = 0.5
"""What is left for an entry that has words of the wrong side."""


@dataclass(frozen=True, slots=True)
class Row:
    """Services by their number, and how much each of them says of one thing."""

    services: "array[int]"
    shares: "array[float]"

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return zip(self.services, self.shares, strict=True)

    def share_of(self, service: int) -> float:
        """Give how much one service says of it; nothing where it is not there."""
        return self.shares[self.services.index(service)] if service in self.services else 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each word, each row of words and each need is worth in the services that have it."""

    words: Mapping[str, Row]
    rows: Mapping[int, Row]
    needs: Mapping[int, Row]
    families: Mapping[int, float]
    meanings: "array[int]"

    def meaning(self, service: int) -> "array[int]":
        """Give what one service means."""
        return self.meanings[service * SIZE : (service + 1) * SIZE]


def weigh(services: Sequence[Service], vocabulary: Vocabulary, meanings: Meanings) -> Weights:
    """Weigh everything once, so that a search only adds."""
    counted = count(services, vocabulary, meanings)
    total, lengths = len(services), counted.lengths
    middle = sum(lengths) / total if total else 1.0
    norms = [
        SOON_FULL * (1 - BY_LENGTH + BY_LENGTH * length / (middle or 1.0)) for length in lengths
    ]
    return Weights(
        words=_rows(counted.words, norms),
        rows=_rows(counted.rows, norms),
        needs=_needs(counted, vocabulary.needs, norms),
        families=_filled(counted.families, norms),
        meanings=counted.meanings,
    )


def _rows(seen: Mapping[K, Seen], norms: Sequence[float]) -> dict[K, Row]:
    total = len(norms)
    rows = {}
    for key, each in seen.items():
        headed = min(1.0, each.headed / len(each.weights))
        rarity = _rarity(total, len(each.weights)) * (ONLY_TOLD + (1 - ONLY_TOLD) * headed)
        rows[key] = _row(_filled(each.weights, norms, rarity))
    return rows


def _needs(counted: Counted, needs: Sequence[Need], norms: Sequence[float]) -> dict[int, Row]:
    scores: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (number, place), weights in counted.found.items():
        # What staff wrote as said stands beyond the end: it is only read in `says`, and is worth
        # as much there as the first word of a directory.
        late = place / len(needs[number].found) if place < len(needs[number].found) else 0.0
        rarity = _rarity(len(norms), len(weights)) * (1 - LAST_LESS * late)
        for service, score in _filled(weights, norms, rarity).items():
            scores[number][service].append(score)
    rows = {}
    for number, by_service in scores.items():
        wrong = counted.wrong.get(number, set())
        rows[number] = _row(
            {
                service: _together(each) * (WRONG_SIDE if service in wrong else 1.0)
                for service, each in by_service.items()
            }
        )
    return rows


def _together(scores: Sequence[float]) -> float:
    best = max(scores)
    return best + OTHERS_ADD * (sum(scores) - best)


def _filled(
    weights: Mapping[int, float], norms: Sequence[float], rarity: float = 1.0
) -> dict[int, float]:
    return {at: rarity * weight / (weight + norms[at]) for at, weight in weights.items()}


def _rarity(total: int, having: int) -> float:
    return log(1 + (total - having + 0.5) / (having + 0.5))


def _row(weights: Mapping[int, float]) -> Row:
    return Row(array("I", weights.keys()), array("f", weights.values()))
