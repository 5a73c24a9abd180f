"""What comes in, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.effects import Effect, Turn
from bot.engine.events import Happening
from storage.outbox import Parcel


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came in: from whom, what, and under which id it can be known again.

    `person` is the name of a group where the event is one of a group's. `origin` is the message
    that was tapped, `message` the number of what was written. `code` is that of the link out of a
    group that was followed. With `only_known` it changes nothing where the person is not known.
    """

    person: str
    address: Mapping[str, object]
    event: Happening
    event_id: str
    origin: int | None = None
    footer: bool = False
    message: int | None = None
    code: str = ""
    only_known: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an arrival. `turn` is None for a repeat; `failed` names a turn's fault.

    `parcels` is what it put into the outbox; `places` is where in our code the fault was.
    """

    turn: Turn | None
    effects: tuple[Effect, ...] = ()
    failed: str = ""
    parcels: tuple[Parcel, ...] = ()
    places: tuple[str, ...] = ()
