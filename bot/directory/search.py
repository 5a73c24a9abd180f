"""Search in the directory: hard filters first, then words and needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.directory.asked import ask
from bot.directory.said import Ear
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
        asked = ask(self.ear, text)
        scores = {}
        for h in asked.needs:
            for n, w in self.weights.needs.get(h.need, ()):
                scores[n] = scores.get(n, 0.0) + h.strength * w
        share = LEFT_BESIDE if asked.needs else LEFT_ALONE
        for table, keys in ((self.weights.words, asked.words), (self.weights.rows, asked.rows)):
            for key in keys:
                for n, w in table.get(key, ()):
                    scores[n] = scores.get(n, 0.0) + share * w
        return asked, scores
