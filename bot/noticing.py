"""Every text passes here first; one that raises a concern goes no further."""

import time
from dataclasses import replace
from typing import Final

from bot.engine.events import (
    ChoicePicked,
    ConcernRaised,
    Cue,
    EditRequested,
    Happening,
    MessageEdited,
    TextReceived,
    UnreadableReceived,
)
from bot.safety.concern import Concern
from bot.safety.families import Families
from bot.safety.notice import heard, notice, notice_or_ask
from bot.safety.second_opinion import SecondOpinion

_ENDS: Final = (".", "!", "?", "…", ":", ";", ")", "]", '"', "”")
SLOWEST_SECONDS: Final = 0.05
"""So much work of its own one text may be; what a busy machine does meanwhile does not count."""
LONGEST_HALF: Final = 500
"""Characters of a message that may be the second half of a sentence."""
BESIDE_A_CUT: Final = 200
"""Characters on either side of where a sentence was cut in two that are read together."""


def readable(event: Happening) -> Happening:
    """Take out of a text what no file can hold: halves of characters, from a broken program."""
    match event:
        case TextReceived(text=text, beside=beside):
            return replace(event, text=whole(text), beside=whole(beside))
        case ChoicePicked(value=str() as text):
            return replace(event, value=whole(text))
        case ChoicePicked(value=list() as texts):
            return replace(event, value=[whole(text) for text in texts])
        case EditRequested(answer=text):
            return EditRequested(whole(text))
        case _:
            return event


def whole(text: str) -> str:
    """Give a text without halves of characters."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def noticed(
    families: Families, opinion: SecondOpinion, event: Happening, before: str = ""
) -> tuple[Happening, bool]:
    """Turn a text that raises a concern into that concern; the text is dropped.

    `before` is what the same person wrote just before: some send a sentence in two halves. What
    may add up to a concern goes along with the text. The second value asks for the help footer:
    the detector failed or was slow.
    """
    text = written_in(event)
    if not text:
        return event, False
    began = time.thread_time()
    try:
        concern, seen = heard(families, opinion, text)
        if concern is None and before and len(text) <= LONGEST_HALF:
            concern = _across(families, opinion, before[-BESIDE_A_CUT:], text[:BESIDE_A_CUT])
    except Exception:  # noqa: BLE001 - a detector that fails must not stop a person
        return event, True
    slow = time.thread_time() - began > SLOWEST_SECONDS
    if concern:
        return ConcernRaised(concern.kind, concern.tier, concern.about), False
    if seen and isinstance(event, TextReceived):
        event = replace(event, cues=tuple(Cue(cue.kind, cue.name) for cue in seen))
    return event, slow


def raised_by(
    families: Families, opinion: SecondOpinion, words: str
) -> tuple[ConcernRaised | None, bool]:
    """Give what some words raise that go no further, and whether they could not be read in time.

    Nothing of them is kept for what comes next: no half of a sentence, and no cue.
    """
    event, unread = noticed(families, opinion, readable(TextReceived(words)))
    return (event if isinstance(event, ConcernRaised) else None), unread


def _across(families: Families, opinion: SecondOpinion, before: str, text: str) -> Concern | None:
    """Read two messages as one; what ends like a sentence is no half, and the rules alone read it.

    The second opinion hears danger in one of a hundred pairs of ordinary messages.
    """
    joined = f"{before} {text}"
    if before.rstrip().endswith(_ENDS):
        return notice(families, joined)
    return notice_or_ask(families, opinion, joined)


def written_in(event: Happening) -> str:
    """Give what a person wrote, wherever in an event it stands; empty where there is nothing."""
    match event:
        case TextReceived(text=text, beside=beside):
            return f"{text}\n{beside}" if beside else text
        case EditRequested(answer=text) | UnreadableReceived(text=text) | MessageEdited(text=text):
            return text
        case ChoicePicked(value=str() as value):
            return value
        case ChoicePicked(value=list() as values):
            return "\n".join(values)
        case _:
            return ""
