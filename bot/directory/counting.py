"""Which words and phrases stand in which services, and how prominently."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.directory.meanings import SIZE, Meanings, levelled
from bot.directory.phrases import Phrases, phrases_of
from bot.directory.service import Service
from bot.directory.stems import stems
from bot.directory.vocabulary import Vocabulary

_FIELDS: Final = {
    "name": 3.0,
    "also": 2.0,
    "organisation": 1.0,
    "terms": 3.0,
    "says": 4.0,
    "what": 1.0,
    "who_for": 1.0,
}
"""How much a word counts in each field: what people here say most, then names and headings."""
_HEADINGS: Final = frozenset(("name", "terms", "says"))
_FAMILIES: Final = (
    *("families", "family members", "family support", "family and friends", "relatives", "parents"),
    *("carers", "caregivers", "loved ones"),
)
"""How directories name help for those around somebody."""


@dataclass(slots=True)
class Seen:
    """In which services something stands, with its weight there; how often in a heading."""

    weights: dict[int, float] = field(default_factory=dict)
    headed: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted. `found` has phrases of needs by need and place in their list.

    `meanings` has what each service means, one after the other.
    """

    words: Mapping[str, Seen]
    rows: Mapping[int, Seen]
    found: Mapping[tuple[int, int], Mapping[int, float]]
    wrong: Mapping[int, set[int]]
    families: Mapping[int, float]
    lengths: Sequence[float]
    meanings: "array[int]"


def count(services: Sequence[Service], vocabulary: Vocabulary, meanings: Meanings) -> Counted:
    """Read every service once. Needs are looked for as directories put them, in `says` as said."""
    found = _placed((n, 0, need.found) for n, need in enumerate(vocabulary.needs))
    said = _placed((n, len(need.found), need.said) for n, need in enumerate(vocabulary.needs))
    wrong = _placed((n, 0, need.wrong) for n, need in enumerate(vocabulary.needs))
    dear = phrases_of((stems(text), True) for text in _FAMILIES)
    words: dict[str, Seen] = defaultdict(Seen)
    rows: dict[int, Seen] = defaultdict(Seen)
    needs: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    against: dict[int, set[int]] = defaultdict(set)
    families: dict[int, float] = {}
    lengths = []
    meant = array("b", bytes(SIZE * len(services)))
    for number, service in enumerate(services):
        length, total, known = 0.0, 0, 0
        headed: tuple[set[str], set[int]] = (set(), set())
        for name, read in _texts(service):
            weight = _FIELDS[name]
            length += weight * len(read)
            more, of = meanings.add(read, int(weight))
            total, known = total + more, known + of
            for word in read:
                _add(words[word].weights, number, weight)
            in_rows = [row for _, _, row in vocabulary.rows.within(read)]
            for row in in_rows:
                _add(rows[row].weights, number, weight)
            if name in _HEADINGS:
                headed[0].update(read)
                headed[1].update(in_rows)
            for _, _, key in found.within(read):
                _add(needs[key], number, weight)
            for _, _, key in said.within(read) if name == "says" else ():
                _add(needs[key], number, weight)
            for _, _, (need, _) in wrong.within(read):
                against[need].add(number)
            for _ in dear.within(read):
                _add(families, number, weight)
        for word in headed[0]:
            words[word].headed += 1
        for row in headed[1]:
            rows[row].headed += 1
        lengths.append(length)
        meant[number * SIZE : (number + 1) * SIZE] = array("b", levelled(total, known))
    return Counted(words, rows, needs, against, families, lengths, meant)


def _placed(
    texts: Iterable[tuple[int, int, Sequence[str]]],
) -> Phrases[tuple[int, int]]:
    return phrases_of(
        (stems(text), (need, first + place))
        for need, first, each in texts
        for place, text in enumerate(each)
    )


def _texts(service: Service) -> Iterator[tuple[str, list[str]]]:
    for name in _FIELDS:
        value = getattr(service, name)
        for text in (value,) if isinstance(value, str) else value:
            if text:
                yield name, stems(text)


def _add(weights: dict[int, float], number: int, weight: float) -> None:
    weights[number] = weights.get(number, 0.0) + weight
