"""Where outcodes are: how far apart two of them lie, said in words, and in which nation."""

import csv
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from re import match
from typing import Final, Literal

Distance = Literal["", "near", "a bus ride", "further"]
"""How far it is to go; empty where that is not known."""
Nation = Literal["", "england", "scotland", "wales", "northern-ireland"]

FARTHEST: Final = 40.0
"""Kilometres beyond which a place is out of reach of somebody who has to go there."""
_NEAR: Final = 3.0
_BUS: Final = 10.0
_EARTH: Final = 6371.0
_SCOTTISH: Final = "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE"
_SCOTLAND: Final = frozenset(_SCOTTISH.split())
_WALES: Final = frozenset(("CF", "LD", "LL", "NP", "SA"))
_NOWHERE: Final = frozenset(("GY", "IM", "JE"))
_WELSH: Final = frozenset(f"SY{n}" for n in range(15, 26)) | {"CH5", "CH6", "CH7", "CH8"}
_BOTH_SIDES: Final = "CH4 HR3 LD7 LD8 LL14 NP16 NP25 SY10 SY15 SY21 SY22 DG14 DG16 TD9 TD12 TD15"
_BORDER: Final = frozenset(_BOTH_SIDES.split())
"""Outcodes on both sides of a border, so that they do not say the nation."""


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[float, float]]:
    text = files("bot.directory").joinpath("outcodes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["outcode"]: (float(row["lat"]), float(row["lon"])) for row in rows}


def kilometres(one: str, other: str) -> float | None:
    """Give how many kilometres lie between the middles of two outcodes; None if one is unknown."""
    if one == other:
        return 0.0
    here, there = _places().get(one), _places().get(other)
    if here is None or there is None:
        return None
    (lat, lon), (to_lat, to_lon) = map(_radians, (here, there))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))


def nearest(near: str, outcodes: Iterable[str]) -> float | None:
    """Give the kilometres to the nearest of some outcodes; None if that can't be known."""
    known = [far for each in outcodes if (far := kilometres(near, each)) is not None]
    return min(known, default=None)


def in_words(far: float | None) -> Distance:
    """Say a distance in words; the middle of an outcode is too coarse for kilometres."""
    if far is None:
        return ""
    return "near" if far <= _NEAR else "a bus ride" if far <= _BUS else "further"


def nation_of(outcode: str) -> Nation:
    """Give the nation an outcode lies in; empty where it is unknown or lies on a border."""
    area = match("[A-Z]*", outcode)
    letters = area.group() if area else ""
    if outcode not in _places() or outcode in _BORDER or letters in _NOWHERE:
        return ""
    if letters == "BT":
        return "northern-ireland"
    if letters in _SCOTLAND:
        return "scotland"
    return "wales" if letters in _WALES or outcode in _WELSH else "england"


def _radians(place: tuple[float, float]) -> tuple[float, float]:
    return radians(place[0]), radians(place[1])
