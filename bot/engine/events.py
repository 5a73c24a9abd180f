"""What can come in, in the past tense."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Picked = str | bool | int | float | list[str] | dict[str, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A person opened the conversation, or came back to it."""


@dataclass(frozen=True, slots=True)
class TextReceived:
    """A person wrote something that raised no concern.

    `beside` came with it and is no answer, such as a quotation: it is only noticed. `cues` is what
    may add up to a concern.
    """

    text: str
    beside: str = ""
    cues: tuple["Cue", ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """What is nothing by itself: the class it belongs to, and its name. It holds no words."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class ChoicePicked:
    """A person picked by value; with `revision`, on the message that carried that revision."""

    value: Picked
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class ButtonTapped:
    """A person tapped the button at `index` of the question that carried `revision`.

    `mark` is that of the option it was; buttons from before there were marks have none.
    """

    index: int
    revision: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """A person used one of the freedoms by name; with `revision`, from a button."""

    name: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class EditRequested:
    """A person wants to change the answer of that name."""

    answer: str


@dataclass(frozen=True, slots=True)
class ConcernRaised:
    """A text raised a concern. The text itself is gone before this event exists."""

    kind: str
    tier: str
    about: str


@dataclass(frozen=True, slots=True)
class UnreadableReceived:
    """Something came that can't be read here: a photo, a voice note, a sticker.

    `text` is all its words, such as a caption or a name: noticed, and then they go no further.
    """

    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A person edited a message that they had sent before; `text` is only noticed."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Something that was to happen later is due now."""

    due: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """A person blocked Kith: nothing more goes out to them."""


@dataclass(frozen=True, slots=True)
class SuggestionsFound:
    """What `supports` found, asked for by the turn before."""

    items: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class RowsFound:
    """What lies beside the session of a person, asked for by the turn before.

    Each row has the name of its table and its columns by name, times in seconds since 1970. Where
    to reach them stands in the row of `sessions`, as `channel` and `chat`.
    """

    rows: tuple[tuple[str, Mapping[str, Any]], ...]
    wanted: Literal["kept", "export"] = "kept"


@dataclass(frozen=True, slots=True)
class ErasureDemanded:
    """A person asked whoever runs this Kith, outside the chat, that all of it be forgotten."""


@dataclass(frozen=True, slots=True)
class LinkFollowed:
    """A person came into the private chat by a link out of a group.

    `group` is the name of that group, `purpose` reflect, round, places or help; both are empty
    where the link is not known here (any more).
    """

    group: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class GroupLeft:
    """A person left a group, or was taken out of it."""

    group: str


@dataclass(frozen=True, slots=True)
class GroupAsked:
    """Somebody gave a command in a group. It is of the group's, not of theirs.

    `by` is who, as the channel can show something to them alone, and `member` their name here.
    `leads` says whether they may open a round, and `anyone` that everybody here may. What else was
    written is gone already.
    """

    name: str
    by: str
    member: str
    title: str = ""
    thread: int = 0
    leads: bool = False
    anyone: bool = False


@dataclass(frozen=True, slots=True)
class GroupMet:
    """Somebody is in a group, which is known without their asking; with `anyone`, all may lead."""

    member: str
    title: str
    anyone: bool = False


@dataclass(frozen=True, slots=True)
class GroupWritten:
    """Somebody wrote to Kith in a group, where nothing is taken in: the words are gone already."""

    by: str
    title: str = ""
    thread: int = 0


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """A group goes on under another name: it became a supergroup."""

    name: str
    address: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GroupGone:
    """Kith was taken out of a group."""


def cues_of(event: "Happening") -> tuple[Cue, ...]:
    """Give what may add up to a concern in an event."""
    return event.cues if isinstance(event, TextReceived) else ()


Event = (
    Opened
    | TextReceived
    | ChoicePicked
    | ButtonTapped
    | CommandGiven
    | EditRequested
    | ConcernRaised
    | UnreadableReceived
    | MessageEdited
    | TimePassed
    | Blocked
    | SuggestionsFound
    | RowsFound
    | ErasureDemanded
    | LinkFollowed
    | GroupLeft
)
"""What can happen to a person's conversation."""

GroupEvent = GroupAsked | GroupMet | GroupWritten | GroupMoved | GroupGone | TimePassed
"""What can happen to a group."""

Happening = Event | GroupEvent
"""Whatever can come in."""
