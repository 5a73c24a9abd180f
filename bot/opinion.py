"""The second opinion: from the file of learned weights that comes with Kith."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from bot.files import read_bytes
from bot.safety.second_opinion import SecondOpinion
from bot.safety.weights import WeightsError, read_weights

WEIGHTS: Final = Path(__file__).resolve().parent / "safety" / "second-opinion.bin"


@lru_cache(maxsize=2)
def load_opinion(file: Path = WEIGHTS) -> SecondOpinion:
    """Read the weights once, and let them pass their own test.

    Raises `WeightsError` where the file is missing, broken, or fails; Kith must not start then.
    """
    packed = read_bytes(file)
    if packed is None:
        raise WeightsError(f"there is no file {file.name}")
    return read_weights(packed)
