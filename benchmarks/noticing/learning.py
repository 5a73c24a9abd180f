"""Learning what single pieces say: texts as pieces, and a logistic regression rounded to bytes."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from bot.safety.pieces import Pieces, pieces

BUCKETS: Final = 1 << 19
KIND_BUCKETS: Final = 1 << 14
SCALE: Final = 0.25
LARGEST: Final = 127


def table(texts: Sequence[str], what: str) -> csr_matrix:
    """Give the pieces of each plain text as one line of zeros and ones."""
    ends, found = [0], []
    for text in tqdm(texts, desc=what, unit=" texts", leave=False):
        found += sorted(pieces(text.split(), BUCKETS))
        ends.append(len(found))
    ones = np.ones(len(found), np.float32)
    return csr_matrix((ones, found, ends), shape=(len(texts), BUCKETS))


def folded(pieced: csr_matrix) -> csr_matrix:
    """Let pieces share fewer numbers, as the parts that tell classes apart do."""
    places = pieced.indices & (KIND_BUCKETS - 1)
    return csr_matrix((pieced.data, places, pieced.indptr), (pieced.shape[0], KIND_BUCKETS))


def learn(pieced: csr_matrix, labels: np.ndarray, strength: float) -> list[Pieces]:
    """Learn one label, or one part a class where there are more; rare pieces count for more."""
    seen = np.asarray((pieced > 0).sum(0)).ravel()
    rarity = np.log((1 + pieced.shape[0]) / (1 + seen)) + 1
    weighed = (diags(SCALE / lengths(pieced)) @ pieced @ diags(rarity)).tocsr()
    if labels.dtype == bool:
        learned = LogisticRegression(C=strength, solver="liblinear", random_state=0)
    else:
        learned = LogisticRegression(
            C=strength, class_weight="balanced", max_iter=500, random_state=0
        )
    learned.fit(weighed, labels)
    return [
        rounded(line * rarity * SCALE, float(start))
        for line, start in zip(learned.coef_, learned.intercept_, strict=True)
    ]


def rounded(pull: np.ndarray, start: float) -> Pieces:
    """Round weights to whole numbers of one byte each."""
    step = float(np.abs(pull).max()) / LARGEST
    weights = np.rint(pull / step).astype(np.int8)
    return Pieces(start, step, memoryview(weights.tobytes()).cast("b"))


def sums(part: Pieces, pieced: csr_matrix) -> np.ndarray:
    """Give what `Pieces.sum` gives, for each text."""
    weights = np.frombuffer(part.weights, np.int8).astype(np.float64)
    return part.start + part.step * (pieced @ weights) / lengths(pieced)


def lengths(pieced: csr_matrix) -> np.ndarray:
    """Give the root of each text's number of pieces."""
    return np.sqrt(np.maximum(np.asarray(pieced.sum(1)).ravel(), 1))
