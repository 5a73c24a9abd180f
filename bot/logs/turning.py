"""The line of a turn: what kind of event, where it led, how long it took; not whose it was."""

from typing import assert_never

from bot.arrivals import Outcome
from bot.engine.events import (
    Blocked,
    ButtonTapped,
    ChoicePicked,
    CommandGiven,
    ConcernRaised,
    EditRequested,
    ErasureDemanded,
    GroupAsked,
    GroupGone,
    GroupLeft,
    GroupMet,
    GroupMoved,
    GroupWritten,
    Happening,
    LinkFollowed,
    MessageEdited,
    Opened,
    RowsFound,
    SuggestionsFound,
    TextReceived,
    TimePassed,
    UnreadableReceived,
)
from bot.logs.lines import log


def tell_turn(event: Happening, outcome: Outcome, seconds: float) -> None:
    """Log one turn, `seconds` after it came in: the question that is open now, or the fault."""
    kind, ms = kind_of(event), seconds * 1000
    if outcome.failed:
        log.error("turn-failed", kind=kind, ms=ms, fault=outcome.failed, places=outcome.places)
    elif outcome.turn is None:
        log.info("turn", kind=kind, outcome="repeated", ms=ms)
    elif place := outcome.turn.session.place:
        frame = place[-1]
        log.info("turn", kind=kind, outcome="taken", ms=ms, script=frame.script, step=frame.step)
    else:
        log.info("turn", kind=kind, outcome="taken", ms=ms)


def kind_of(event: Happening) -> str:
    """Give the word for a kind of event.

    A text that raised a concern is a text like any other: no line tells whose words weighed heavy.
    """
    match event:
        case Opened():
            return "opened"
        case TextReceived() | ConcernRaised():
            return "text"
        case ChoicePicked() | ButtonTapped():
            return "choice"
        case CommandGiven():
            return "command"
        case EditRequested():
            return "edit"
        case UnreadableReceived():
            return "unreadable"
        case MessageEdited():
            return "edited"
        case TimePassed():
            return "time"
        case Blocked():
            return "blocked"
        case SuggestionsFound() | RowsFound():
            return "found"
        case ErasureDemanded():
            return "erasure"
        case LinkFollowed():
            return "link"
        case GroupLeft():
            return "left"
        case GroupAsked() | GroupMet() | GroupWritten():
            return "in a group"
        case GroupMoved() | GroupGone():
            return "group"
        case _:
            assert_never(event)
