"""What somebody asks for: the needs in a sentence, the words that are left, and for whom."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from bot.directory.stems import LIGHT, NOT, plain_words, stem
from bot.directory.vocabulary import Vocabulary

FILLER: Final = frozenset(
    stem(word)
    for word in (
        "want need help know feel like think find look since after before much many more time year "
        "day week month thing people come go keep make take try tell say said ask always ever old "
        "new good bad still again now tonight today anyone anything anywhere someone something "
        "everyone everything give let work out around away back down over even one two lot bit "
        "own first last other another each every only because while until too well".split()
    )
)
WINDOW: Final = 3
ENOUGH: Final = 0.6
SHARP: Final = 2.0
KIN: Final = 0.5

@dataclass(frozen=True, slots=True)
class Heard:
    """One need in a sentence, by its number, and the words that led to it."""

    need: int
    said: str
    strength: float
    held: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is in a sentence."""

    needs: tuple[Heard, ...]
    words: tuple[str, ...]
    side: str


class Ear:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.phrases = []
        self.bare = []
        having: dict[str, set[int]] = defaultdict(set)
        self.at: dict[str, list[int]] = defaultdict(list)
        for number, need in enumerate(vocabulary.needs):
            for text in need.said:
                words = vocabulary.read(text)
                if set(words) - {NOT}:
                    for w in set(words):
                        having[w].add(number)
                        self.at[w].append(len(self.phrases))
                    self.phrases.append((tuple(words), number, text))
                    mute = all(w in FILLER or w == NOT or w in vocabulary.others for w in words)
                    self.bare.append(" ".join(plain_words(text)) if mute else "")
        total = len(vocabulary.needs)
        self.rare = {w: log(1 + total / len(h)) for w, h in having.items()}
        for w in self.rare:
            if w in FILLER: self.rare[w] *= 0.5
        self.whole = [sum(self.rare[w] for w in ph) for ph, _, _ in self.phrases]

    def hear(self, text: str) -> Asked:
        v = self.vocabulary
        words = v.read(text)
        heard = []
        cands = Counter()
        for w in set(words):
            r = self.rare.get(w, 0.0)
            for p in self.at.get(w, ()):
                cands[p] += r
        kin = any(w in v.others for w in words)
        raw = f" {' '.join(plain_words(text))} "
        for p, got in cands.items():
            phrase, number, said = self.phrases[p]
            if got < (ENOUGH if not kin else ENOUGH * 0.5) * self.whole[p]:
                continue
            if self.bare[p]:
                if f" {self.bare[p]} " in raw:
                    heard.append(Heard(number, said, 1.0, frozenset(i for i, w in enumerate(words) if w in phrase)))
                continue
            held, strength = self.match(words, phrase)
            if strength:
                heard.append(Heard(number, said, strength, held))
        kept = [h for h in heard if not any(o.held >= h.held and (o.strength > h.strength or (o.held > h.held and o.strength >= h.strength)) for o in heard)]
        best: dict[int, Heard] = {}
        for h in sorted(kept, key=lambda h: (-h.strength, -len(h.held))):
            best.setdefault(h.need, h)
        covered = {i for h in best.values() if len(h.held)>1 for i in h.held}
        left = tuple(dict.fromkeys(w for i, w in enumerate(words) if i not in covered and w not in FILLER and w not in v.others and w != NOT))
        return Asked(tuple(best.values()), left, side_of(text, v.others))

    def match(self, words, phrase):
        others = self.vocabulary.others
        whole = sum(self.rare[w] for w in phrase)
        best = (frozenset(), 0.0)
        size = len(phrase) + WINDOW
        for begin in range(max(1, len(words) - size + 1)):
            part = words[begin:begin + size]
            held=set(); got=0.0; telling=False
            for w in phrase:
                if w == NOT:
                    nxt = phrase[phrase.index(w)+1] if phrase.index(w)+1 < len(phrase) else None
                    k = next((i for i in range(len(part)) if part[i] == NOT and (nxt is None or (i + 1 < len(part) and part[i+1] == nxt))), None)
                    if k is None:
                        got = 0.0; break
                    held.add(begin+k); got += self.rare[w]
                elif w in part:
                    held.add(begin + part.index(w)); got += self.rare[w]
                    telling = telling or (w != NOT and w not in others and w not in FILLER)
                elif w in others:
                    k = next((i for i, x in enumerate(part) if x in others), None)
                    if k is not None:
                        held.add(begin+k); got += KIN*self.rare[w]
            share = got / whole
            if (telling or share > 0.99) and share >= ENOUGH and share**SHARP > best[1]:
                best = (frozenset(held), share**SHARP)
        return best


_OWN = frozenset("my our his her their".split())


def side_of(text: str, others: frozenset[str]) -> str:
    words = plain_words(text)
    for at, word in enumerate(words):
        if stem(word) in others:
            if set(words[max(0, at - 3):at]) & _OWN or at == 0:
                after, before = words[at + 1 : at + 3], words[max(0, at - 3) : at]
                if after == ["and", "i"] or before[:2] in (["me", "and"], ["i", "and"]):
                    continue
                return "other"
    return "me"
