"""A person who talks with Kith in a test: everything real but the clock."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.arrivals import Outcome
from bot.channels.terminal import Seat
from bot.engine.effects import Say
from bot.engine.events import (
    ChoicePicked,
    CommandGiven,
    EditRequested,
    Event,
    Opened,
    TextReceived,
)
from bot.engine.session import Session
from bot.library import Library
from bot.turns import Turns
from tests.conftest import StoppedClock
from tests.databases import opened_store


class Sitting:
    """One person and a database on disk that is opened anew for every single message."""

    def __init__(
        self,
        folder: Path,
        library: Library,
        clock: StoppedClock,
        contact: str = "",
        name: str = "me",
    ) -> None:
        catalogue = replace(library.catalogue, contact=contact)
        self.library = replace(library, catalogue=catalogue)
        self.url = f"sqlite:///{folder}/kith.db"
        self.clock = clock
        self.name = name
        self.outcome: Outcome | None = None

    def hands_in(self, event: Event) -> list[Say]:
        """Open the database, commit one turn, take what was said, close it again."""
        store = opened_store(self.url)
        seat = Seat(Turns(store, self.library, self.clock), self.name)
        self.outcome = seat.hand_in(event)
        said = [outgoing.effect for outgoing in seat.collect()]
        seat.shown()
        self.session = seat.session()
        store.close()
        return said

    def opens(self) -> list[Say]:
        return self.hands_in(Opened())

    def says(self, words: str) -> list[Say]:
        return self.hands_in(TextReceived(words))

    def picks(self, value: object) -> list[Say]:
        return self.hands_in(ChoicePicked(value))  # type: ignore[arg-type]

    def uses(self, command: str) -> list[Say]:
        return self.hands_in(CommandGiven(command))

    def edits(self, answer: str) -> list[Say]:
        return self.hands_in(EditRequested(answer))

    def says_all(self, lines: Iterable[str]) -> list[Say]:
        said: list[Say] = []
        for line in lines:
            said = self.says(line)
        return said

    @property
    def step(self) -> str:
        """The id of the step that waits."""
        detour = self.session.detour
        return f":{detour.name}" if detour else self.session.place[-1].step

    def value(self, answer: str) -> object:
        """What is stored under a name."""
        return self.session.answers[answer].value


def texts(said: Iterable[Say]) -> str:
    """All that was said, as one text."""
    return "\n".join(effect.text for effect in said)


__all__ = ["Session", "Sitting", "texts"]
