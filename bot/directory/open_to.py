"""Which services could be shown at all: in use, known to be true, for this person, within reach."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from bot.directory.outcodes import FARTHEST, nation_of, nearest
from bot.directory.service import Kind, Service
from bot.engine.ages import freshness

Side = Literal["", "me", "other"]
_NATIONS: Final = frozenset(("england", "scotland", "wales", "northern ireland"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: in whose words, for whom, near which outcode, of which kinds.

    What is empty or None narrows nothing; no `kinds` are all kinds.
    """

    text: str
    today: date
    for_whom: Side = ""
    near: str = ""
    kinds: frozenset[Kind] = frozenset()
    age: float | None = None
    limit: int = 3


def open_to(service: Service, wanted: Wanted) -> bool:
    """Say whether a service could be shown. What is not known about it never rules it out."""
    return (
        service.active
        and service.self_referral is not False
        and (not wanted.kinds or service.kind in wanted.kinds)
        and (service.assured is None or freshness(service.assured, wanted.today) != "gone")
        and _of_age(service, wanted.age)
        and (not wanted.for_whom or service.for_whom in ("", "both", wanted.for_whom))
        and _within_reach(service, wanted.near)
    )


def _of_age(service: Service, age: float | None) -> bool:
    if age is None:
        return True
    least, most = service.least_age, service.most_age
    return (least is None or age >= least) and (most is None or int(age) <= most)


def _within_reach(service: Service, near: str) -> bool:
    if not near or service.online or service.kind == "line":
        return True
    areas = {area.casefold() for area in service.areas}
    nation = nation_of(near).replace("-", " ")
    if nation and areas and areas <= _NATIONS and nation not in areas:
        return False
    far = nearest(near, service.outcodes)
    return far is None or far <= FARTHEST
