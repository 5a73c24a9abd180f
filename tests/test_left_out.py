"""After any fear, Kith asks whom to leave out, and never names them again."""

import pytest

from bot.engine.events import ConcernRaised
from bot.library import Library
from bot.rehearsing.rehearsal import Rehearsal

ON_THE_WAY = (
    *("yes", "No, only me", "Yes, go on", "Choose from a list", "Being alone with things"),
    *("The short way", "It wears me out", "Nothing yet", "One person", "Sam"),
    *("No, it is safe", "Leaving too much to me", "On and off"),
)


def until(rehearsal: Rehearsal, step: str) -> None:
    """Leave everything out until a step is reached."""
    for _ in range(40):
        if rehearsal.place[1] == step:
            return
        rehearsal.hears("skip")
    raise AssertionError(step)


@pytest.mark.parametrize("told_at", ["safe enough", "at once"])
def test_whoever_was_told_of_in_fear_is_named_nowhere(library: Library, told_at: str):
    """Abuse that was only written, beside an Other who is safe: Kith asks before it suggests."""
    rehearsal = Rehearsal(library)
    rehearsal.hears(None)
    for line in ON_THE_WAY:
        rehearsal.hears(line)
        if told_at == "at once" and line == "The short way":
            _afraid(rehearsal)
    if told_at == "safe enough":
        _afraid(rehearsal)
    until(rehearsal, "around")
    rehearsal.hears("Anna, Tom, Raj")
    assert rehearsal.place[1] == "leave_out_now"
    rehearsal.hears("Tom")
    asked = [effect.text for effect in rehearsal.turn.effects if hasattr(effect, "text")]
    for _ in range(60):
        if rehearsal.over:
            break
        said = rehearsal.hears("Yes" if "ask" in rehearsal.key else "1")
        asked += [effect.text + str(effect.options) for effect in said]
    assert "Anna" in "".join(asked)
    assert "Tom" not in "".join(asked)


def _afraid(rehearsal: Rehearsal) -> None:
    rehearsal.meets(ConcernRaised("abuse", "explicit", "me"))
    rehearsal.hears("I have seen this")


def test_whoever_never_spoke_of_fear_is_not_asked(library: Library):
    """The question stands there only for those who need it."""
    rehearsal = Rehearsal(library)
    rehearsal.hears(None)
    for line in ON_THE_WAY:
        rehearsal.hears(line)
    until(rehearsal, "around")
    rehearsal.hears("Anna, Tom")
    assert rehearsal.place[1] != "leave_out_now"
