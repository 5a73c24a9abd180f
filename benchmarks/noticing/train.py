"""Learn the weights of the second opinion: `python -m benchmarks.noticing.train`.

Needs the dependency group `train` and the labelled texts, which are not part of the project.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from benchmarks.noticing.rows import (
    BESIDE,
    Row,
    RowsMissing,
    examples,
    halves,
    invented,
    read_rows,
    shipped_families,
    written,
)
from bot.opinion import WEIGHTS
from bot.safety.concern import ConcernClass
from bot.safety.families import Families
from bot.safety.normalise import normalise
from bot.safety.notice import notice
from bot.safety.pieces import pieces, stretches
from bot.safety.second_opinion import Head, SecondOpinion, second_opinion
from bot.safety.weights import write_weights

BUCKETS: Final = 1 << 19
KIND_BUCKETS: Final = 1 << 14
STRENGTH: Final = 20.0
BUDGET: Final = 7.0
"""Questions that the second opinion may add in 1,000 ordinary messages."""
POSTS: Final = frozenset({"invented", "rules"})
"""What is learned from beside the weak labels of posts, for the first head that asks."""
TALK: Final = frozenset({"invented", "rules", "written"})
"""What the second head learns from, with the weakly labelled posts that are no crisis."""
SCALE: Final = 0.25
KINDS: Final[tuple[ConcernClass, ...]] = get_args(ConcernClass)
ASKS: Final = (
    "the date is set and I've started giving my things away",
    "he won't let me out of the house and he checks my phone",
    "I keep thinking everyone would be better off without me",
)
LEAVES: Final = (
    "I'm a bit tired after work, the kids were up all night",
    "my sister, because she listens and makes me laugh",
    "we lost three nil and I was gutted",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what is tried: which texts are learned from, and how strongly they may pull.

    Without `posts`, of the weakly labelled ones only those are learned from that are no crisis.
    """

    strength: float
    sources: frozenset[str]
    clean: bool = True
    posts: bool = True


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in the stretches that are read one by one: their pieces, and where each text begins."""

    pieced: csr_matrix
    begins: np.ndarray

    def highest(self, head: Head) -> np.ndarray:
        """Give the highest sum among the stretches of each text."""
        return np.maximum.reduceat(sums(head, self.pieced), self.begins)


def in_stretches(rows: Sequence[Row], what: str) -> Texts:
    """Give texts as they are read when somebody writes them."""
    cut = [list(stretches(plain_of(row))) for row in rows]
    lines = [Row(stretch, "", "") for each in cut for stretch in each]
    begins = np.cumsum([0, *map(len, cut[:-1])])
    return Texts(table(lines, what), begins)


def plain_of(row: Row) -> str:
    """Give the plain form of a text, without the marks that stand for names in the data."""
    return normalise(row.text.replace("[user]", " "))


def table(rows: Sequence[Row], what: str) -> csr_matrix:
    """Give the pieces of each text as one line of zeros and ones."""
    ends, found = [0], []
    for row in tqdm(rows, desc=what, unit="text", leave=False):
        found += sorted(pieces(plain_of(row), BUCKETS))
        ends.append(len(found))
    ones = np.ones(len(found), np.float32)
    return csr_matrix((ones, found, ends), shape=(len(rows), BUCKETS))


def weighed(pieced: csr_matrix, rarity: np.ndarray) -> csr_matrix:
    """Let rare pieces count for more, and a long text's pieces for less each."""
    number = np.maximum(np.asarray(pieced.sum(1)).ravel(), 1)
    return (diags(SCALE / np.sqrt(number)) @ pieced @ diags(rarity)).tocsr()


def rarity_of(pieced: csr_matrix) -> np.ndarray:
    """Give the inverse document frequency of each piece."""
    seen = np.asarray((pieced > 0).sum(0)).ravel()
    return np.log((1 + pieced.shape[0]) / (1 + seen)) + 1


def head_of(learned: LogisticRegression, rarity: np.ndarray, above: float = 0.0) -> list[Head]:
    """Round what was learned to whole numbers of one byte, so that zero is where asking begins."""
    heads = []
    for line, start in zip(learned.coef_, learned.intercept_, strict=True):
        pull = line * rarity * SCALE
        step = float(np.abs(pull).max() / 127)
        weights = np.rint(pull / step).astype(np.int8)
        heads.append(Head(float(start) - above, step, memoryview(weights.tobytes()).cast("b")))
    return heads


def sums(head: Head, pieced: csr_matrix) -> np.ndarray:
    """Give what `Head.sum` gives for each text."""
    weights = np.frombuffer(head.weights, np.int8).astype(np.float64)
    number = np.sqrt(np.maximum(np.asarray(pieced.sum(1)).ravel(), 1))
    return head.start + head.step * (pieced @ weights) / number


def highest_left(found: np.ndarray, budget: float) -> float:
    """Give the sum above which only so many in 1,000 of these texts lie."""
    return float(np.sort(found)[::-1][round(budget / 1000 * len(found))])


class Trial:
    """All texts as pieces, made once, and what the rules say of each."""

    def __init__(self, folder: Path, families: Families) -> None:
        weak = read_rows(folder, "train_weak.csv")
        rows = [*weak, *invented(), *written(), *examples(families)]
        ruled = [notice(families, row.text) for row in tqdm(rows, "rules", leave=False)]
        self.sources = np.array([row.source for row in rows])
        self.kinds = np.array(
            [
                concern.kind
                if concern and row.kind and row.source not in {"invented", "rules", "written"}
                else row.kind
                for row, concern in zip(rows, ruled, strict=True)
            ]
        )
        self.doubtful = np.array(
            [bool(concern) and not row.kind for row, concern in zip(rows, ruled, strict=True)]
        )
        self.pieced = table(rows, "texts to learn from")
        self.ordinary = [in_stretches(half, "ordinary") for half in self._left(folder, families)]
        gold = read_rows(folder, "gold_dev.csv")
        self.gold = in_stretches(gold, "read")
        self.gold_kinds = np.array([row.kind for row in gold])
        self.gold_ruled = np.array([notice(families, row.text) is not None for row in gold])

    def _left(self, folder: Path, families: Families) -> Iterator[list[Row]]:
        """Give both halves of the ordinary messages, without those that a rule notices."""
        for half in halves(read_rows(folder, "ordinary_dev.csv")):
            yield [row for row in half if notice(families, row.text) is None]

    def learn(self, told: Told) -> Head:
        """Learn when to ask."""
        chosen = ~self.doubtful if told.clean else np.ones(len(self.kinds), bool)
        own = np.isin(self.sources, sorted(TALK))
        chosen &= ~own | np.isin(self.sources, sorted(told.sources))
        if not told.posts:
            chosen &= own | (self.kinds == "")
        rarity = rarity_of(self.pieced[chosen])
        learned = LogisticRegression(C=told.strength, solver="liblinear", random_state=0)
        learned.fit(weighed(self.pieced[chosen], rarity), self.kinds[chosen] != "")
        return head_of(learned, rarity)[0]

    def learn_kinds(self) -> list[Head]:
        """Learn what a concern is about, from texts that have one; each class weighs the same."""
        chosen = self.kinds != ""
        folded = folded_to(self.pieced[chosen], KIND_BUCKETS)
        rarity = rarity_of(folded)
        learned = LogisticRegression(C=10, class_weight="balanced", max_iter=300, random_state=0)
        learned.fit(weighed(folded, rarity), [KINDS.index(kind) for kind in self.kinds[chosen]])
        return head_of(learned, rarity)

    def edges(self, heads: Sequence[Head], halves: Sequence[Texts], budget: float) -> list[float]:
        """Give an edge for each head, so that together they ask so often in 1,000 messages.

        Each of them alone asks equally often.
        """
        found = [np.concatenate([half.highest(head) for half in halves]) for head in heads]
        for alone in np.arange(budget, 0, -0.1):
            edges = [highest_left(each, float(alone)) for each in found]
            asked = np.any([each > edge for each, edge in zip(found, edges, strict=True)], axis=0)
            if 1000 * asked.mean() <= budget:
                break
        return edges

    def line(self, name: str, heads: Sequence[Head]) -> str:
        """Say what one half's edges mean for the other half, and for the texts read."""
        crisis = self.gold_kinds != ""
        cells = [f"{name:<44}"]
        for budget in (3, 5, 7, 9):
            rates, recalls, alone = [], [], []
            for one, other in (self.ordinary, self.ordinary[::-1]):
                edges = self.edges(heads, [one], budget)
                rates.append(1000 * _asked(heads, edges, other).mean())
                above = _asked(heads, edges, self.gold)
                recalls.append((above | self.gold_ruled)[crisis].mean())
                alone.append(above[crisis].mean())
            cells.append(
                f"{budget}: adds {np.mean(rates):4.1f}, alone {np.mean(alone):.3f},"
                f" with rules {np.mean(recalls):.3f}"
            )
        return " | ".join(cells)


def _asked(heads: Sequence[Head], edges: Sequence[float], texts: Texts) -> np.ndarray:
    """Say of each text whether any head asks about it."""
    found = [texts.highest(head) > edge for head, edge in zip(heads, edges, strict=True)]
    return np.any(found, axis=0)


def folded_to(pieced: csr_matrix, buckets: int) -> csr_matrix:
    """Let pieces share fewer numbers, as a head with fewer weights does."""
    folded = csr_matrix(
        (pieced.data, pieced.indices & (buckets - 1), pieced.indptr), (pieced.shape[0], buckets)
    )
    folded.sum_duplicates()
    return folded


def tried() -> Iterator[tuple[str, tuple[Told, ...]]]:
    """Give what is compared, by name; the last one is kept."""
    yield "posts, labels as they are", (Told(STRENGTH, frozenset(), clean=False),)
    yield "posts, less what rules contradict", (Told(STRENGTH, frozenset()),)
    yield "posts, and the rules' own examples", (Told(STRENGTH, frozenset({"rules"})),)
    posts = Told(STRENGTH, POSTS)
    yield "posts, examples, invented", (posts,)
    for strength in (3.0, 10.0, 50.0, STRENGTH):
        yield f"all of these and written, strength {strength:g}", (Told(strength, TALK),)
    talk = Told(STRENGTH, TALK, posts=False)
    yield "written, and posts that are no crisis", (talk,)
    yield "two heads: all, written", (Told(STRENGTH, TALK), talk)
    yield "two heads: posts, written", (posts, talk)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try, print, and keep the last; exit code 2 where the texts are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=BESIDE, help="the folder with labelled texts")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    asked = parser.parse_args(arguments)
    try:
        trial = Trial(asked.data, shipped_families())
    except RowsMissing as missing:
        sys.stderr.write(f"train: {missing} -> give their folder with --data\n")
        return 2
    print("questions added per 1,000 ordinary messages and recall, edge set on the other half")
    heads: list[Head] = []
    for name, told in tried():
        heads = [trial.learn(each) for each in told]
        print(trial.line(name, heads))
    edges = trial.edges(heads, trial.ordinary, BUDGET)
    ask = tuple(
        Head(head.start - edge, head.step, head.weights)
        for head, edge in zip(heads, edges, strict=True)
    )
    opinion = SecondOpinion(ask, tuple(zip(KINDS, trial.learn_kinds(), strict=True)))
    packed = write_weights(opinion, ASKS, LEAVES)
    asked.out.write_bytes(packed)
    right = sum(bool(second_opinion(opinion, text)) for text in ASKS)
    wrong = sum(bool(second_opinion(opinion, text)) for text in LEAVES)
    print(f"{len(packed):,} bytes; asks about {right} of {len(ASKS)}, and {wrong} of {len(LEAVES)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
