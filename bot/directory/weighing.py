"""How much each service says of each word and each need: BM25 over weighted fields."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from bot.directory.phrases import Phrases
from bot.directory.service import Service
from bot.directory.stems import stems as stems_of
from bot.directory.vocabulary import Vocabulary, by_need

FIELDS: Final = (("name", 3.0), ("also", 2.0), ("organisation", 1.0), ("terms", 3.0), ("says", 4.0), ("what", 1.0), ("who_for", 1.0))
K1: Final = 2.0
B: Final = 0.75
REST: Final = 0.5
TOPIC: Final = 0.15
LATER: Final = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """Services by their number, and how much each has of one word or need."""

    services: "array[int]"
    shares: "array[float]"

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return zip(self.services, self.shares, strict=True)


@dataclass(frozen=True, slots=True)
class Weights:
    """What every word and every need is worth in every service that has it."""

    words: Mapping[str, Row]
    needs: Mapping[int, Row]
    rare: Mapping[str, float]
    rows: Mapping[int, Row]


def weigh(services: Sequence[Service], vocabulary: Vocabulary) -> Weights:
    """Weigh every word of every service, and every need by the phrases that directories use."""
    found = by_need({n: need.found for n, need in enumerate(vocabulary.needs)})
    wrong = by_need({n: need.wrong for n, need in enumerate(vocabulary.needs)})
    said = by_need({n: need.said for n, need in enumerate(vocabulary.needs)})
    words: dict[str, dict[int, float]] = defaultdict(dict)
    phrases: dict[tuple[int, str], dict[int, float]] = defaultdict(dict)
    against: dict[int, dict[int, float]] = defaultdict(dict)
    lengths = []
    inrows = defaultdict(dict)
    rowtitled = defaultdict(set)
    titled: Counter[str] = Counter()
    for number, service in enumerate(services):
        length = 0.0
        in_title: set[str] = set()
        for name, weight in FIELDS:
            for text in _texts(service, name):
                stems = stems_of(text)
                length += weight * len(stems)
                if name in ("name", "terms", "says"):
                    in_title.update(stems)
                for word in stems:
                    row = words[word]
                    row[number] = row.get(number, 0.0) + weight
                for _, _, r in vocabulary.rows.within(stems):
                    row = inrows[r]
                    row[number] = row.get(number, 0.0) + weight
                    if name in ("name", "terms", "says"):
                        rowtitled[r].add(number)
                for _, _, key in found.within(stems):
                    row = phrases[key]
                    row[number] = row.get(number, 0.0) + weight
                for _, _, (need, _) in wrong.within(stems):
                    row = against[need]
                    row[number] = row.get(number, 0.0) + weight
                if name == "says":
                    for _, _, key in said.within(stems):
                        row = phrases[key]
                        row[number] = row.get(number, 0.0) + weight
        lengths.append(length)
        titled.update(in_title)
    middle = sum(lengths) / len(lengths) if lengths else 1.0
    norm = [K1 * (1 - B + B * each / middle) for each in lengths]
    total = len(services)
    rare = {
        word: _rarity(total, len(row)) * (TOPIC + (1 - TOPIC) * min(1.0, titled[word] / len(row)))
        for word, row in words.items()
    }
    return Weights(
        {word: _row({n: rare[word] * w / (w + norm[n]) for n, w in row.items()}) for word, row in words.items()},
        _needs(phrases, against, norm, total, vocabulary),
        rare,
        {r: _row({n: _rarity(total, len(row)) * (TOPIC + (1 - TOPIC) * len(rowtitled[r]) / len(row)) * w / (w + norm[n]) for n, w in row.items()}) for r, row in inrows.items()},
    )


def _needs(phrases, against, norm, total, vocabulary):
    scores: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (need, text), row in phrases.items():
        found = vocabulary.needs[need].found
        place = found.index(text) / len(found) if text in found else 0.0
        rarity = _rarity(total, len(row)) * (1 - LATER * place)
        for number, weight in row.items():
            scores[need][number].append(rarity * weight / (weight + norm[number]))
    made = {}
    for need, row in scores.items():
        one = {}
        for number, each in row.items():
            best = max(each)
            score = best + REST * (sum(each) - best)
            w = against[need].get(number, 0.0)
            if w:
                score *= 0.5
            one[number] = score
        made[need] = _row(one)
    return made


def _rarity(total: int, having: int) -> float:
    return log(1 + (total - having + 0.5) / (having + 0.5))


def _row(weights: Mapping[int, float]) -> Row:
    return Row(array("I", weights.keys()), array("f", weights.values()))


def _texts(service: Service, name: str) -> tuple[str, ...]:
    value = getattr(service, name)
    return (value,) if isinstance(value, str) else value
