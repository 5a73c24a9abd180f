"""Learn the weights of the second opinion: `python -m benchmarks.noticing.train`.

Needs the dependency group `train` and the labelled texts, which are not part of the project.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Final

import numpy as np
from tqdm import tqdm

from benchmarks.noticing import learning, network
from benchmarks.noticing.rows import (
    BESIDE,
    SEED,
    Row,
    RowsMissing,
    examples,
    halves,
    invented,
    read_again,
    read_rows,
    said_in_chats,
    shipped_families,
    written,
)
from bot.opinion import WEIGHTS
from bot.safety.concern import CLASSES, ConcernClass
from bot.safety.families import Families
from bot.safety.near_words import NearWords
from bot.safety.normalise import normalise
from bot.safety.notice import notice
from bot.safety.pieces import Pieces
from bot.safety.second_opinion import SecondOpinion, sums
from bot.safety.threes import Threes
from bot.safety.weights import Trials, prove, write_weights

STRENGTH: Final = 20.0
KIND_STRENGTH: Final = 10.0
SHARE: Final = 0.4
"""The network's part in the opinion; the pieces have the rest."""
TALK_STRENGTH: Final = 5.0
TALK_BUDGET: Final = 3.45
"""Of these, so many may come from what was learned from talk alone."""
BUDGET: Final = 9.3
"""Questions that the second opinion may add in 1,000 ordinary messages."""
BUDGETS: Final = (3.0, BUDGET, 10.0)
WRITTEN: Final = frozenset({"invented", "rules", "written", "chats"})
NEVER: Final = Pieces(-inf, 0.0, memoryview(bytes(1)).cast("b"))
NO_ORDER: Final = Threes({}, memoryview(bytes(3)).cast("b"), (0.0,), (0.0,))
TRIALS: Final = Trials(
    asks=(
        "the date is set and I've started giving my things away",
        "he won't let me out of the house and he checks my phone",
        "I keep thinking everyone would be better off without me",
    ),
    leaves=(
        "I'm a bit tired after work, the kids were up all night",
        "my sister, because she listens and makes me laugh",
        "we lost three nil and I was gutted",
    ),
)


@dataclass(frozen=True, slots=True)
class Learnt:
    """Texts in their plain form with what is known of them, as a table and as they are."""

    texts: list[str]
    kinds: np.ndarray
    sources: np.ndarray
    ruled: np.ndarray


def plain(rows: Sequence[Row], families: Families, what: str) -> Learnt:
    """Bring texts into the form that Kith reads, and let the rules read them."""
    bare = [row.text.replace("[user]", " ") for row in rows]
    concerns = [
        notice(families, text) for text in tqdm(bare, desc=what, unit=" texts", leave=False)
    ]
    kinds = [
        concern.kind if concern and row.kind and row.source not in WRITTEN else row.kind
        for row, concern in zip(rows, concerns, strict=True)
    ]
    return Learnt(
        [normalise(text) for text in bare],
        np.array(kinds),
        np.array([row.source for row in rows]),
        np.array([concern is not None for concern in concerns]),
    )


def cleaned(rows: Sequence[Row]) -> list[Row]:
    """Put right the weak labels that were read a second time, and leave out the unsure ones."""
    found = read_again()
    kept = [row for row in rows if found.get(row.name) != "unsure"]
    return [
        Row(row.text, found[row.name].replace("none", ""), "read again")
        if row.name in found
        else row
        for row in kept
    ]


class Bench:
    """The texts that measure: ordinary messages in two halves, and texts that were read."""

    def __init__(self, folder: Path, families: Families) -> None:
        both = halves(read_rows(folder, "ordinary_dev.csv"))
        self.ordinary = [plain(half, families, "ordinary") for half in both]
        self.gold = plain(read_rows(folder, "gold_dev.csv"), families, "read")

    def edge(
        self, opinion: SecondOpinion, budget: float, beside: SecondOpinion | None = None
    ) -> float:
        """Give the edge at which so many in 1,000 ordinary messages are asked about.

        What another opinion `beside` asks about already is part of the budget.
        """
        texts = [text for half in self.ordinary for text in half.texts]
        left = ~np.concatenate([half.ruled for half in self.ordinary])
        most = round(budget / 1000 * len(texts))
        if beside:
            heard = left & (highest(beside, texts) > 0)
            most, left = most - int(heard.sum()), left & ~heard
        return float(np.sort(highest(opinion, texts)[left])[::-1][most])

    def line(self, name: str, opinion: SecondOpinion, *, edges: bool = True) -> str:
        """Say what is added and what is noticed at each budget, both ways round.

        Without `edges`, as the opinion is.
        """
        crisis = self.gold.kinds != ""
        found = totals(opinion, self.gold)
        both = [(totals(opinion, half), half) for half in self.ordinary]
        cells = [f"{name:<42}"]
        for budget in BUDGETS:
            seen = []
            for one, (sums_there, other) in (both, both[::-1]):
                edge = highest_left(*one, budget) if edges else 0.0
                seen.append(
                    (
                        1000 * (sums_there[~other.ruled] > edge).sum() / len(other.texts),
                        (found > edge)[crisis].mean(),
                        ((found > edge) | self.gold.ruled)[crisis].mean(),
                    )
                )
            adds, own, together = np.mean(seen, 0)
            cells.append(f"{adds:4.1f} {own:.3f} {together:.3f}")
        return " | ".join(cells)


def totals(opinion: SecondOpinion, learnt: Learnt) -> np.ndarray:
    """Give the highest sum of each text, read the way that Kith reads it."""
    return highest(opinion, learnt.texts)


def highest(opinion: SecondOpinion, texts: Sequence[str]) -> np.ndarray:
    """Give the highest sum among the stretches of each plain text."""
    return np.array(
        [max((sum_ for _, sum_ in sums(opinion, text)), default=-inf) for text in texts]
    )


def highest_left(found: np.ndarray, learnt: Learnt, budget: float) -> float:
    """Give the sum above which only so many in 1,000 of the texts that no rule notices lie."""
    left = np.sort(found[~learnt.ruled])[::-1]
    return float(left[round(budget / 1000 * len(learnt.texts))])


def alone(ask: Pieces) -> SecondOpinion:
    """Give an opinion of pieces only."""
    return SecondOpinion(ask, NO_ORDER, NEVER, ())


def learned_from_talk(learnt: Learnt, pieced: object) -> Pieces:
    """Learn when to ask from talk that was written for it, against all that is no crisis.

    Posts and talk sound so unlike that one reader of both hears less in each.
    """
    crisis, own = learnt.kinds != "", np.isin(learnt.sources, sorted(WRITTEN))
    chosen = own | ~(crisis | learnt.ruled)
    return learning.learn(pieced[chosen], crisis[chosen], TALK_STRENGTH)[0]


def above(part: Pieces, edge: float) -> Pieces:
    """Let a part ask only above an edge."""
    return Pieces(part.start - edge, part.step, part.weights)


def tried(learnt: Learnt, pieced: object, bench: Bench) -> Iterator[tuple[str, Pieces]]:
    """Learn from less, and with other strengths; the last one is kept."""
    crisis = learnt.kinds != ""
    doubtful = learnt.ruled & ~crisis & ~np.isin(learnt.sources, [*WRITTEN, "read again"])
    ours = {name: learnt.sources == name for name in WRITTEN}
    weak = ~np.isin(learnt.sources, list(WRITTEN))
    choices = {
        "weak labels": (weak, STRENGTH),
        "less what a rule contradicts": (weak & ~doubtful, STRENGTH),
        "and the rules' examples": ((weak | ours["rules"]) & ~doubtful, STRENGTH),
        "and invented sentences": ((weak | ours["rules"] | ours["invented"]) & ~doubtful, STRENGTH),
        **{f"and written, strength {each:g}": (~doubtful, each) for each in (3.0, 60.0, STRENGTH)},
    }
    for name, (chosen, strength) in choices.items():
        ask = learning.learn(pieced[chosen], crisis[chosen], strength)[0]
        print(bench.line(name, alone(ask)), flush=True)
        yield name, ask


def whole(
    ask: Pieces, learned: network.Network, words: Sequence[str], share: float
) -> SecondOpinion:
    """Put pieces and network together; the network's part is `share`."""
    start = (1 - share) * ask.start + share * learned.start()
    pieces = Pieces(start, (1 - share) * ask.step, ask.weights)
    return SecondOpinion(pieces, learned.threes(words, share), NEVER, ())


def learned_kinds(learnt: Learnt, pieced: object) -> tuple[tuple[ConcernClass, Pieces], ...]:
    """Learn what a concern is about, from texts that have one; each class weighs the same."""
    chosen = learnt.kinds != ""
    numbers = np.array([CLASSES.index(kind) for kind in learnt.kinds[chosen]])
    parts = learning.learn(learning.folded(pieced[chosen]), numbers, KIND_STRENGTH)
    return tuple(zip(CLASSES, parts, strict=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Try, print, and write the weights; exit code 2 where the texts are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=BESIDE, help="the folder with labelled texts")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--budget", type=float, default=BUDGET, help="questions added in 1,000")
    asked = parser.parse_args(arguments)
    families = shipped_families()
    try:
        weak = cleaned(read_rows(asked.data, "train_weak.csv"))
        bench = Bench(asked.data, families)
    except RowsMissing as missing:
        sys.stderr.write(f"train: {missing} -> give their folder with --data\n")
        return 2
    own = [*invented(), *written(), *examples(families), *said_in_chats()]
    learnt = plain([*weak, *own], families, "to learn from")
    pieced = learning.table(learnt.texts, "pieces")
    print("Edge set on one half of ordinary messages, measured on the other, both ways round.")
    print(f"Each: questions added in 1,000, recall alone, recall with the rules; {BUDGETS}")
    ask = [ask for _, ask in tried(learnt, pieced, bench)][-1]
    words = network.known_words(learnt.texts)
    learned = network.Network(network.meanings(words), SEED)
    crisis = learnt.kinds != ""
    kept = crisis | ~learnt.ruled
    learned.learn(network.numbered(learnt.texts, words)[kept], crisis[kept].astype(np.float32))
    for share in (1.0, SHARE):
        opinion = whole(ask, learned, words, share)
        print(bench.line(f"network {share:g}, pieces {1 - share:g}", opinion), flush=True)
    near = NearWords(frozenset(words))
    talk = learned_from_talk(learnt, pieced)
    talk = above(talk, bench.edge(replace(alone(talk), near=near), TALK_BUDGET))
    opinion = replace(opinion, near=near)
    edge = bench.edge(opinion, asked.budget, beside=replace(alone(talk), near=near))
    kinds = learned_kinds(learnt, pieced)
    opinion = SecondOpinion(above(opinion.ask, edge), opinion.threes, talk, kinds, near)
    print(bench.line("both, as they are written", opinion, edges=False))
    prove(opinion, TRIALS)
    packed = write_weights(opinion, TRIALS)
    asked.out.write_bytes(packed)
    print(f"{len(packed):,} bytes written to {asked.out.name}; {len(words):,} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
