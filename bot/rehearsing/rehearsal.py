"""One person's conversation for trial: the whole turn of each event, and no database."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, cast

from bot.channels.recording import concern_in
from bot.engine.catalogue import Catalogue
from bot.engine.effects import Erase, Say, Turn
from bot.engine.events import ConcernRaised, Event, Opened, TextReceived
from bot.engine.replay import open_step
from bot.engine.screens import Open, opened
from bot.engine.session import Session
from bot.library import Library
from bot.noticing import noticed, readable
from bot.parcels import pack_session, unpack_session
from bot.turned import turned

MOMENT: Final = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
"""When every rehearsal takes place, so that it goes the same way on any day."""


def everywhere(library: Library, change: Callable[[Catalogue], Catalogue]) -> Library:
    """Give the library with its catalogue changed, in every language that it speaks."""
    languages = {
        code: replace(each, catalogue=change(each.catalogue))
        for code, each in library.languages.items()
    }
    return replace(library, catalogue=change(library.catalogue), languages=languages)


def rooted(library: Library, dialogue: str, contact: str = "") -> Library:
    """Give the library as it talks along one dialogue. Raises KeyError where there is none."""
    root = library.catalogue.scripts[dialogue].script.id
    return everywhere(library, lambda each: replace(each, root=root, contact=contact))


class Rehearsal:
    """A conversation whose session is written and read again between any two events."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.session = Session()
        self.turn = Turn(self.session)
        self.erased = False

    def meets(self, event: Event) -> tuple[Say, ...]:
        """Take in one event and give what is said to it. Raises whatever the turn raises."""
        heard, _ = noticed(self.library.families, self.library.opinion, readable(event))
        turn = turned(self.library, self.session, cast("Event", heard), MOMENT)
        self.erased = Erase() in turn.effects
        self.session = unpack_session(b"" if self.erased else pack_session(turn.session))
        self.turn = turn
        return tuple(effect for effect in turn.effects if isinstance(effect, Say))

    def hears(self, words: str | None) -> Sequence[Say]:
        """Take in a line as it is typed; None opens the conversation.

        A line such as `(concern: suicide, explicit)` stands for words that raise that concern.
        """
        raised = concern_in(words) if words else None
        if raised:
            kind, tier = raised
            return self.meets(ConcernRaised(kind, tier, "child" if kind == "child" else "me"))
        return self.meets(Opened() if words is None else TextReceived(words))

    def open(self) -> Open:
        """Give what waits for the person."""
        return opened(self.library.speaking(self.session.language).catalogue, self.session)

    @property
    def key(self) -> str:
        """Name the answer that is awaited; empty on a screen beside the script."""
        return self.open().key

    @property
    def place(self) -> tuple[str, str]:
        """Name script and step where the session stands; empty before the beginning."""
        place = self.turn.session.place
        return (place[-1].script, place[-1].step) if place else ("", "")

    @property
    def over(self) -> bool:
        """Say whether the conversation has come to its end, or was wiped."""
        detour = self.session.detour
        ended = self.session.status == "ended" and detour is not None
        return self.erased or (ended and detour is not None and detour.name == "finished")

    @property
    def stored_unchanged(self) -> bool:
        """Say whether the session came back from being stored as it was."""
        return self.erased or self.session == self.turn.session

    @property
    def stranded(self) -> bool:
        """Say whether nothing is asked although the conversation has not ended."""
        session = self.session
        if self.over or session.detour or session.status != "waiting":
            return False
        step = open_step(self.library.catalogue, session)
        return step is None or step.ask is None
