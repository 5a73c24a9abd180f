"""Search in the directory: hard filters first, then words and needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.directory.asked import Asked, Ear
from bot.directory.needs import Needs
from bot.directory.service import Service
from bot.directory.vocabulary import vocabulary_of
from bot.directory.weighing import Weights, weigh

LEFT_ALONE, LEFT_BESIDE = 1.0, 0.6

class Index:
    def __init__(self, services, needs):
        self.services = services
        self.vocabulary = vocabulary_of(needs)
        self.ear = Ear(self.vocabulary)
        self.weights = weigh(services, self.vocabulary)

    def scores(self, text):
        asked = self.ear.hear(text)
        scores = {}
        need = self.vocabulary.needs
        fit = {h.need: need[h.need].side in ("", "both", asked.side) for h in asked.needs}
        for h in asked.needs:
            strength = 1.0 if fit[h.need] or not any(fit.values()) else 0.4
            strength *= h.strength
            for n, w in self.weights.needs.get(h.need, ()):
                scores[n] = scores.get(n, 0.0) + strength * w
        share = LEFT_BESIDE if asked.needs else LEFT_ALONE
        for word in asked.words:
            for n, w in self.weights.words.get(word, ()):
                scores[n] = scores.get(n, 0.0) + share * w
        return asked, scores
