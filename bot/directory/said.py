"""How near a sentence comes to the phrases that staff wrote for each need."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from bot.directory.needs import Needs
from bot.directory.sentence import KIN, Sentence, sentence_of
from bot.directory.stems import DULL, NOT
from bot.directory.vocabulary import Vocabulary, vocabulary_of

ENOUGH: Final = 0.7
"""So much of what a phrase says has to be there; rare words count more."""
MUTE_ENOUGH: Final = 0.8
"""So many of its words, where a phrase has none that says much by itself."""
OTHER_KIN: Final = 0.35
"""What is said of one's mother is also said of one's sister, but less so."""
LOOSE: Final = 3
"""So many other words may lie between the words of a phrase."""
NOT_MINE: Final = 0.4
"""What is left of a phrase about oneself in a sentence about somebody else."""
_DULL_WORTH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """One phrase of one need; `telling` are those of its words that say something alone."""

    need: int
    sentence: Sentence
    telling: frozenset[str]
    worth: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A need in a sentence: how near it comes, from 0 to 1, and which of its stems say so."""

    need: int
    strength: float
    held: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ear:
    """All phrases of all needs, by their words, each word with how rare it is among needs."""

    vocabulary: Vocabulary
    said: tuple[Said, ...]
    having: dict[str, list[int]]
    rare: dict[str, float]

    def hear(self, sentence: Sentence) -> list[Heard]:
        """Give each need that the sentence comes near to, the nearest first."""
        found = [heard for said in self._near(sentence) if (heard := self._heard(said, sentence))]
        kept = [each for each in found if not any(_better(other, each) for other in found)]
        best: dict[int, Heard] = {}
        for each in sorted(kept, key=lambda one: (-one.strength, -len(one.held), one.need)):
            best.setdefault(each.need, each)
        return list(best.values())

    def _near(self, sentence: Sentence) -> Iterator[Said]:
        """Give the phrases that could have enough in common with a sentence."""
        shared: dict[int, float] = defaultdict(float)
        for word in set(sentence.words):
            for number in self.having.get(word, ()):
                shared[number] += self.rare[word]
        kin = not self.vocabulary.kin.isdisjoint(sentence.words)
        for number, worth in shared.items():
            said = self.said[number]
            least = OTHER_KIN if kin else ENOUGH
            if worth >= least * said.worth:
                yield said

    def _heard(self, said: Said, sentence: Sentence) -> Heard | None:
        if not said.telling:
            return _mute(said, sentence)
        phrase, words = said.sentence, sentence.words
        light = _alike(phrase, sentence)
        # One word alone is hardly the phrase it stands in: "out of work" is not "at work".
        full = float(light ** (1 / len(phrase.words)))
        if phrase.about == "me" and sentence.about == "other":
            full *= NOT_MINE
        size, best = len(phrase.words) + LOOSE, None
        for begin in range(max(1, len(words) - size + 1)):
            held, worth = self._held(phrase.words, words[begin : begin + size])
            share = worth / said.worth
            told = any(words[begin + at] in said.telling for at in held)
            if told and share >= ENOUGH and (best is None or share**2 * full > best.strength):
                best = Heard(said.need, share**2 * full, frozenset(begin + at for at in held))
        return best

    def _held(self, phrase: Sequence[str], words: Sequence[str]) -> tuple[list[int], float]:
        """Give which words of a stretch hold a phrase, and how much of its worth."""
        kin = self.vocabulary.kin
        held, worth = [], 0.0
        for at, word in enumerate(phrase):
            if word == NOT:
                denied = tuple(phrase[at : at + 2])
                pairs = (
                    i for i in range(len(words)) if tuple(words[i : i + len(denied)]) == denied
                )
                place = next(pairs, None)
                if place is None:
                    return [], 0.0
            elif word in words:
                place = words.index(word)
            elif word in kin:
                place = next((i for i, each in enumerate(words) if each in kin), None)
            else:
                continue
            if place is not None:
                held.append(place)
                worth += self.rare[word] * (1.0 if words[place] == word else OTHER_KIN)
        return held, worth


@lru_cache(maxsize=1)
def ear_for(needs: Needs) -> Ear:
    """Give the ear for what staff wrote in the file of needs; it takes a while the first time."""
    return ear_of(vocabulary_of(needs))


def ear_of(vocabulary: Vocabulary) -> Ear:
    """Learn by heart what staff wrote that people say."""
    dull = DULL | {vocabulary.meant(word) for word in DULL}
    rows = [
        (need, sentence_of(text, vocabulary))
        for need, each in enumerate(vocabulary.needs)
        for text in each.said
    ]
    needs: dict[str, set[int]] = defaultdict(set)
    for need, sentence in rows:
        for word in sentence.words:
            needs[word].add(need)
    total = len(vocabulary.needs)
    rare = {
        word: log(1 + total / len(each)) * (_DULL_WORTH if word in dull else 1.0)
        for word, each in needs.items()
    }
    having: dict[str, list[int]] = defaultdict(list)
    said: list[Said] = []
    for need, sentence in rows:
        words = frozenset(sentence.words)
        worth = sum(rare[word] for word in sentence.words)
        if words:
            for word in words:
                having[word].append(len(said))
            said.append(Said(need, sentence, words - dull - vocabulary.kin, worth))
    return Ear(vocabulary, tuple(said), dict(having), rare)


def _alike(phrase: Sentence, sentence: Sentence) -> float:
    """Give how many words of a phrase are there as they were written, small ones as well."""
    return len(phrase.plain & sentence.plain) / len(phrase.plain)


def _better(one: Heard, other: Heard) -> bool:
    if one.held == other.held:
        return one.strength > other.strength
    return one.held > other.held and one.strength >= other.strength


def _mute(said: Said, sentence: Sentence) -> Heard | None:
    """Hear a phrase of words that say little alone: all in a row, or nearly all of a long one."""
    phrase, words = said.sentence.spoken, sentence.spoken
    if not set(phrase) & set(words):
        return None
    least = len(phrase) if len(phrase) <= LOOSE or KIN not in phrase else MUTE_ENOUGH * len(phrase)
    for begin in range(max(1, len(words) - len(phrase) + 1)):
        part = words[begin : begin + len(phrase) + (LOOSE if least < len(phrase) else 0)]
        common = _in_order(phrase, part)
        if common >= least:
            held = frozenset(
                at for at, place in enumerate(sentence.places) if begin <= place < begin + len(part)
            )
            return Heard(said.need, (common / len(phrase)) ** 2, held) if held else None
    return None


def _in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the most words that stand in both in the same order."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for at, each in enumerate(other, 1):
            before, row[at] = row[at], before + 1 if word == each else max(row[at], row[at - 1])
    return row[-1]
