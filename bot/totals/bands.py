"""Numbers of people as they are told: never one number, always a band of them."""

from dataclasses import dataclass
from typing import Final

LEAST: Final = 5
"""No number under this is told, nor one from which a smaller one follows. It can only be raised."""
_TIMES: Final = (1, 2, 4, 10, 20)
"""A band begins at so many times the least number: at 5, 10, 20, 50 and 100 people."""


@dataclass(frozen=True, slots=True)
class Band:
    """So many people, from `least` to `most`; None is any number above."""

    least: int
    most: int | None

    def __contains__(self, people: int) -> bool:
        return self.least <= people and (self.most is None or people <= self.most)


def bands(least: int = LEAST) -> tuple[Band, ...]:
    """Give the bands in which numbers are told where `least` is the smallest.

    Each is so wide that no difference of two tells a number under `least` (but for nobody at all).
    """
    starts = [times * least for times in _TIMES]
    ends = [*(start - 1 for start in starts[1:]), None]
    return tuple(Band(start, end) for start, end in zip(starts, ends, strict=True))


def band_of(people: int, least: int = LEAST) -> Band:
    """Give the band of a number that may be told. Raises ValueError for one under `least`."""
    for band in bands(least):
        if people in band:
            return band
    message = f"{people} is under {least}"
    raise ValueError(message)
