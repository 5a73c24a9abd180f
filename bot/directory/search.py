"""Search in the directory: what could be shown at all, then what comes nearest to what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Final

from bot.directory.asked import Asked, asked_in
from bot.directory.meanings import Meanings, alike, load_meanings
from bot.directory.needs import Needs
from bot.directory.open_to import Side, Wanted, open_to
from bot.directory.outcodes import Distance, in_words, nearest
from bot.directory.said import Ear, ear_for
from bot.directory.service import Service
from bot.directory.stems import stems
from bot.directory.weighing import Row, Weights, weigh
from bot.safety.near_words import NearWords

GOOD: Final = 0.1
"""The least score that counts as found, as a share of what the rarest word is worth."""
BESIDE: Final = 0.8
"""What other words are worth beside a need."""
FOR_FAMILIES: Final = 0.25
"""What help for families gains where somebody speaks of one they care for."""
OTHER_SIDE: Final = 0.4
"""What is left of a need whose help is for somebody else than it is wanted for."""
MEANT: Final = 0.7
"""What the same meaning is worth, as a share of what the rarest word is worth."""
MANY: Final = 100
"""So many of the best found by words are put in order by meaning as well."""
EQUAL: Final = 0.01
"""Scores that are no further apart are the same; then what is near and fresh comes first."""
_TWICE: Final = 2
_NEARNESS: Final[tuple[Distance, ...]] = ("near", "a bus ride", "", "further")


@dataclass(frozen=True, slots=True)
class Found:
    """A service, in plain words why it came up, and how far it is where that is known.

    `said` is what of the words that were looked for it came up by.
    """

    service: Service
    why: str
    distance: Distance = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """How much each service says of what was asked, and what that is made of."""

    scores: dict[int, float]
    parts: list[tuple[Row, float, str]]

    def add(self, row: Row | None, strength: float, said: str) -> None:
        """Add what one need or word is worth."""
        if row is None:
            return
        scores = self.scores
        for number, share in row:
            scores[number] = scores.get(number, 0.0) + strength * share
        self.parts.append((row, strength, said))

    def said(self, number: int) -> str:
        """Give the words that say most for a service."""
        worth = [(strength * row.share_of(number), said) for row, strength, said in self.parts]
        return max(worth, key=lambda each: each[0])[1]


@dataclass(frozen=True, slots=True)
class Index:
    """Services, weighed once; a search reads it and changes nothing."""

    services: tuple[Service, ...]
    ear: Ear
    weights: Weights
    near_words: NearWords
    meanings: Meanings

    @classmethod
    def build(cls, services: Iterable[Service], needs: Needs) -> "Index":
        """Weigh services by the words and needs that staff wrote; the same ones give the same."""
        listed = tuple(sorted(services, key=lambda one: (one.source, one.id)))
        meanings, ear = load_meanings(), ear_for(needs)
        weights = weigh(listed, ear.vocabulary, meanings)
        common = (w for w, row in weights.words.items() if len(row.services) >= _TWICE)
        written = {w for each in ear.said for w in each.sentence.stems}
        listed_as = {w for need in needs.needs for text in need.found for w in stems(text)}
        known = written.union(listed_as, common)
        return cls(listed, ear, weights, NearWords(frozenset(known)), meanings)

    def find(self, wanted: Wanted) -> list[Found]:
        """Give the few services that come nearest, the best first; none where nothing is good."""
        asked = asked_in(self.ear, wanted.text, self._corrected)
        scored = self._scored(asked, wanted.for_whom)
        least = GOOD * log(1 + len(self.services))
        ranked = sorted(
            (number for number, score in scored.scores.items() if score >= least),
            key=lambda number: (-scored.scores[number], number),
        )
        ranked = self._by_meaning(ranked, scored.scores, wanted.text)
        few = self._first(ranked, scored.scores, wanted)
        return [self._found(number, scored, asked, wanted) for number in few]

    def _by_meaning(self, ranked: list[int], scores: dict[int, float], text: str) -> list[int]:
        """Add how near in meaning the first are; meaning alone never finds anything."""
        meant = self.meanings.of(stems(text))
        worth = MEANT * log(1 + len(self.services))
        first = ranked[:MANY]
        for number in first:
            scores[number] += worth * alike(meant, self.weights.meaning(number))
        return sorted(first, key=lambda number: (-scores[number], number)) + ranked[MANY:]

    def _first(self, ranked: list[int], scores: dict[int, float], wanted: Wanted) -> list[int]:
        """Give the first that are open to this person, each group of equal entries once."""
        step = EQUAL * scores[ranked[0]] if ranked else 1.0
        far: dict[int, Distance] = {}
        last, groups = 0, set[tuple[str, ...]]()
        for number in ranked:
            level = round(scores[number] / step)
            if len(groups) >= wanted.limit and level < last:
                break
            service = self.services[number]
            if open_to(service, wanted):
                far[number] = _distance(service, wanted.near)
                groups.add(_group(service))
                last = level
        once: dict[tuple[str, ...], int] = {}
        for number in sorted(far, key=lambda n: self._place(n, round(scores[n] / step), far[n])):
            once.setdefault(_group(self.services[number]), number)
        return list(once.values())[: max(0, wanted.limit)]

    def _place(self, number: int, level: int, far: Distance) -> tuple[int, int, int, int]:
        assured = self.services[number].assured
        return (-level, _NEARNESS.index(far), -assured.toordinal() if assured else 0, number)

    def _found(self, number: int, scored: Scores, asked: Asked, wanted: Wanted) -> Found:
        service = self.services[number]
        why = f'you said "{scored.said(number)}"'
        if asked.about == "other" and number in self.weights.families:
            why += ", and it is there for families and carers"
        return Found(service, why, _distance(service, wanted.near), scored.said(number))

    def _scored(self, asked: Asked, for_whom: Side) -> Scores:
        scored = Scores({}, [])
        needs = self.ear.vocabulary.needs
        for each in asked.needs:
            side = needs[each.key].side
            fits = not for_whom or side in ("", "both", for_whom)
            strength = each.strength * (1.0 if fits else OTHER_SIDE)
            scored.add(self.weights.needs.get(each.key), strength, each.said)
        strength = BESIDE if asked.needs else 1.0
        for row, said in asked.rows:
            scored.add(self.weights.rows.get(row), strength, said)
        for word, said in asked.words:
            scored.add(self.weights.words.get(word), strength, said)
        if asked.about == "other" or for_whom == "other":
            for number, share in self.weights.families.items():
                if number in scored.scores:
                    scored.scores[number] *= 1 + FOR_FAMILIES * share
        return scored

    def _corrected(self, stem: str) -> str:
        return stem if stem in self.weights.words else self.near_words.read([stem])[0]


def _distance(service: Service, near: str) -> Distance:
    return in_words(nearest(near, service.outcodes)) if near and not service.online else ""


def _group(service: Service) -> tuple[str, ...]:
    """Say what makes two entries one: the same organisation with the same description."""
    if service.organisation and service.what:
        return (service.organisation.casefold(), service.what.casefold())
    return (service.source, service.id, "")
