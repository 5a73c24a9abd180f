"""What a reader of records gives, one after the other: services, refusals and doubts."""

from dataclasses import dataclass

from bot.directory.service import Service


class SourceUnusable(Exception):
    """Nothing more can be read from a source; says why in one line, with the remedy."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that is not taken in: where it stands, and every reason in plain words."""

    where: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is odd about a record that is taken in all the same."""

    where: str
    what: str


Entry = Service | Refused | Doubt
