"""What is to go out, in the imperative, and the turn that holds it together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from bot.engine.group import Act
from bot.engine.session import Session


@dataclass(frozen=True, slots=True)
class Option:
    """A button: what it stands for and how it reads."""

    value: str
    label: str

    @property
    def mark(self) -> str:
        """Give what tells it from the other buttons that could stand in its place."""
        return sha256(self.value.encode()).hexdigest()[:6]


@dataclass(frozen=True, slots=True)
class Card:
    """A number to ring, with the name that it is known by."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Link:
    """A button out of a group into the private chat, by an opaque code."""

    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What goes along with a text, made from plain data only when it is sent, and kept nowhere.

    A `map` is a picture of who is around; a `we` is one of what a group shared of Self, Other and
    Situation; a `page` is one that prints to a sheet. `kept page` and `kept data` are all that is
    kept of somebody: to read, and for another program. `places data` is the list of a group, for
    another program.
    """

    kind: Literal["map", "we", "page", "kept page", "kept data", "places data"]
    holds: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Say:
    """Show a text. A question carries its options, its freedoms and the revision of its buttons.

    `replace` asks a channel that can edit to put this in place of the message that was tapped.
    `clears` asks a channel to take away what was shown before, as far as it can.
    `protect` asks it to let nobody pass this on: it holds what somebody said of themselves.
    `share` is how a button reads with which the person may pass this very text on, to whom they
    choose; it is there to be copied, so it is never protected. Kith itself sends it to nobody.
    `cards` go with it where a number can be tapped to ring it; the text names them as well.
    `enclosed` goes along where the channel can show it; the text says the same in words.

    In a group: `links` lead into the private chat. `only_for` is who alone is to see it, where the
    channel can do that; the text is fit for everybody all the same. A post with a `tag` stands
    there once: with `replace` it takes the place of the one that had this tag before, and goes
    nowhere where there is none.
    """

    text: str
    options: tuple[Option, ...] = ()
    freedoms: tuple[Option, ...] = ()
    asks: str | None = None
    revision: int = 0
    replace: bool = False
    step: str = ""
    cards: tuple[Card, ...] = ()
    clears: bool = False
    protect: bool = False
    share: str = ""
    enclosed: Enclosure | None = None
    links: tuple[Link, ...] = ()
    only_for: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Nudge:
    """Answer a tap that changed nothing, as lightly as the channel can."""

    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """What is to happen later happens by the clocks of another zone from now on."""

    zone: str


@dataclass(frozen=True, slots=True)
class Remind:
    """Come back to this person in so many days, once; an older reminder of that name goes."""

    due: str
    days: int


@dataclass(frozen=True, slots=True)
class Lapse:
    """Let something of that name lapse after so many hours, without a word and at any hour."""

    due: str
    hours: int


@dataclass(frozen=True, slots=True)
class Drop:
    """Let nothing of that name happen later; nothing is said of it, also where none was to come."""

    due: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Forget this person: session, outbox and due rows."""


@dataclass(frozen=True, slots=True)
class Report:
    """Count what was said of a listed place, by its source and id; it holds nothing of who said so.

    `verdict` is closed, wrong number, not for me, or helped.
    """

    source: str
    id: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Join:
    """Let this person belong to a group; `leads` is kept where it is not None."""

    group: str
    leads: bool | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Let this person belong to a group no more."""

    group: str


@dataclass(frozen=True, slots=True)
class Steer:
    """Do something with the round of a group; `of` is the script with which one is opened."""

    group: str
    act: Act
    of: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Do something with a group's list of places: propose one, or confirm it, or say how it is.

    `holds` is what is proposed, in the words of whoever does; `of` is the id of a listed one.
    Whoever withdraws takes back what they proposed, or what they said; whoever refuses has what
    waits for a second member taken off.
    """

    group: str
    act: Literal["propose", "confirm", "closed", "wrong", "good", "withdraw", "refuse"]
    of: str = ""
    holds: Mapping[str, Any] = field(default_factory=dict)


Effect = Say | Nudge | Remind | Lapse | Drop | Move | Erase | Report | Join | Leave | Steer | Place


@dataclass(frozen=True, slots=True)
class Suggest:
    """What a turn needs from outside before it can go on: suggestions for these answers."""

    scope: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Speak:
    """What a turn needs from outside: the words of the language that was just chosen."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a turn needs from outside: the rows about this person that lie beside their session.

    `wanted` is what they are for: `kept` to be shown, `export` to be put into files.
    """

    wanted: Literal["kept", "export"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event caused.

    With `needs`, it waits for a `SuggestionsFound`, a `RowsFound`, or other words.

    `accepted` is false where the event changed nothing; `refused`, where it was a person's input
    that couldn't be taken (not understood, stale, out of range).
    """

    session: Session
    effects: tuple[Effect, ...] = ()
    needs: Suggest | Speak | Look | None = None
    accepted: bool = True
    concern: tuple[str, str] | None = None
    refused: bool = False
