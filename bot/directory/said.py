"""How near a sentence comes to the phrases staff wrote for a need."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from bot.directory.stems import FILLER, LIGHT, NOT, plain_words, stem
from bot.directory.vocabulary import Vocabulary

ENOUGH: Final = 0.6
"""So much of a phrase has to be there, rare words counting more."""
SHARP: Final = 2.0
OTHER_KIN: Final = 0.5
"""What is said of one's mother is half said of one's sister."""
LOOSE: Final = 3
"""So many words more than it has itself may lie between the words of a phrase."""
NOT_MINE: Final = 0.4
"""What is left of a phrase about oneself in a sentence about somebody else."""
LIGHTLY: Final = 0.3


@dataclass(frozen=True, slots=True)
class Said:
    """One phrase, as the stems that carry its meaning and as the words it was written in."""

    text: str
    need: int
    words: tuple[str, ...]
    plain: tuple[str, ...]
    worth: float
    about: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A need in a sentence: what staff wrote, how near it comes, and where, as word numbers."""

    need: int
    said: str
    strength: float
    held: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the stems that carry meaning, with all its words beside them."""

    stems: tuple[str, ...]
    words: tuple[str, ...]
    plain: tuple[str, ...]
    about: str


def sentence_of(text: str, vocabulary: Vocabulary) -> Sentence:
    plain = tuple(plain_words(text))
    stems = tuple(stem(word) for word in plain if word not in LIGHT)
    return Sentence(stems, tuple(map(vocabulary.meant, stems)), plain, about(plain, vocabulary))


_OWN: Final = frozenset(("my", "our", "his", "her", "their", "a"))
_SELF: Final = frozenset(("i", "me", "myself", "we", "us"))


def about(plain: Sequence[str], vocabulary: Vocabulary) -> str:
    """Say whom a sentence is about: "other" somebody dear, "me", or neither."""
    for at, word in enumerate(plain):
        if stem(word) in vocabulary.kin and (at == 0 or set(plain[max(0, at - 3) : at]) & _OWN):
            both = plain[at + 1 : at + 3] == ("and", "i") or plain[max(0, at - 3) : at][:2] in (("me", "and"), ("i", "and"))
            if not both:
                return "other"
    return "me" if set(plain) & _SELF else ""


class Ear:
    """Hears needs in sentences."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        filler = {vocabulary.meant(word) for word in FILLER}
        self.dull = filler | FILLER | {NOT}
        rows = [
            (text, need, sentence_of(text, vocabulary))
            for need, each in enumerate(vocabulary.needs)
            for text in each.said
        ]
        having: dict[str, set[int]] = defaultdict(set)
        for _, need, sentence in rows:
            for word in sentence.words:
                having[word].add(need)
        total = len(vocabulary.needs)
        self.rare = {
            word: log(1 + total / len(needs)) * (0.5 if word in filler else 1.0)
            for word, needs in having.items()
        }
        self.said = [
            Said(text, need, s.words, s.plain, sum(self.rare[w] for w in s.words), s.about)
            for text, need, s in rows
            if s.words
        ]
        self.having: dict[str, list[int]] = defaultdict(list)
        for number, said in enumerate(self.said):
            for word in set(said.words):
                self.having[word].append(number)

    def hear(self, sentence: Sentence) -> list[Heard]:
        """Give each need that is near to what is said, the nearest first."""
        found = [heard for said in self._near(sentence) if (heard := self._heard(said, sentence))]
        kept = [each for each in found if not any(_better(other, each) for other in found)]
        best: dict[int, Heard] = {}
        for each in sorted(kept, key=lambda h: (-h.strength, -len(h.held), h.need)):
            best.setdefault(each.need, each)
        return list(best.values())

    def _near(self, sentence: Sentence) -> Iterator[Said]:
        shared: dict[int, float] = defaultdict(float)
        for word in set(sentence.words):
            for number in self.having.get(word, ()):
                shared[number] += self.rare[word]
        kin = not self.vocabulary.kin.isdisjoint(sentence.words)
        least = ENOUGH * (OTHER_KIN if kin else 1.0)
        for number, worth in shared.items():
            if worth >= least * self.said[number].worth:
                yield self.said[number]

    def _heard(self, said: Said, sentence: Sentence) -> Heard | None:
        kin, best = self.vocabulary.kin, None
        telling = [w for w in said.words if w not in self.dull and w not in kin]
        if not telling:
            if not _stands_in(said.plain, sentence.plain):
                return None
            held = frozenset(i for i, w in enumerate(sentence.words) if w in said.words)
            return Heard(said.need, said.text, 1.0, held)
        size = len(said.words) + LOOSE
        light = len(set(said.plain) & set(sentence.plain)) / len(set(said.plain))
        for begin in range(max(1, len(sentence.words) - size + 1)):
            held, worth = self._held(said.words, sentence.words[begin : begin + size])
            share = worth / said.worth
            if share >= ENOUGH and any(sentence.words[begin + i] in telling for i in held):
                strength = share**SHARP * (1 - LIGHTLY + LIGHTLY * light)
                if said.about == "me" and sentence.about == "other":
                    strength *= NOT_MINE
                if best is None or strength > best.strength:
                    best = Heard(said.need, said.text, strength, frozenset(begin + i for i in held))
        return best

    def _held(self, phrase: Sequence[str], words: Sequence[str]) -> tuple[list[int], float]:
        kin = self.vocabulary.kin
        held, worth = [], 0.0
        for at, word in enumerate(phrase):
            if word == NOT:
                after = phrase[at + 1 : at + 2]
                place = next((i for i in range(len(words)) if words[i] == NOT and tuple(words[i + 1 : i + 2]) == tuple(after)), None)
                if place is None:
                    return [], 0.0
                held.append(place)
                worth += self.rare[word]
            elif word in words:
                held.append(words.index(word))
                worth += self.rare[word]
            elif word in kin:
                place = next((i for i, each in enumerate(words) if each in kin), None)
                if place is not None:
                    held.append(place)
                    worth += OTHER_KIN * self.rare[word]
        return held, worth


def _better(one: Heard, other: Heard) -> bool:
    if one.held == other.held:
        return one.strength > other.strength
    return one.held > other.held and one.strength >= other.strength


def _stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    size = len(part)
    return any(tuple(whole[at : at + size]) == tuple(part) for at in range(len(whole) - size + 1))
