"""Two people whose words are sealed, and who never read each other's."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.channels.terminal import Seat
from bot.engine.effects import Say
from bot.engine.events import CommandGiven, Event, TextReceived
from bot.library import Library, load_library
from bot.turns import Turns
from storage.store import Store
from tests.conftest import StoppedClock
from tests.fakes import write_dialogues

SCRIPT: Final = """
id: reflection
title: A made talk
steps:
  - {id: brings, phase: self, say: What brings you here?, ask: words}
  - {id: more, phase: self, say: "You said {{ brings or 'nothing' }}. And what else?", ask: words}
  - {id: then, phase: close, say: "{{ more or 'Nothing' }}, you said. And then?", ask: words}
  - {id: bye, phase: close, say: There are people and places near you., ending: yes}
"""
ANN, BEN = "ann", "ben"
WORDS: Final = {ANN: "zaunkoenig", BEN: "nachtigall"}
"""The word that this person alone writes."""


@cache
def made_library() -> Library:
    """Read the made dialogue."""
    with TemporaryDirectory() as folder:
        return load_library(write_dialogues(Path(folder), SCRIPT))


@dataclass(slots=True)
class Room:
    """Where people sit, each at a terminal of one process."""

    url: str
    clock: StoppedClock
    store: Store

    def told(self) -> None:
        """Let both have told something, with something said to them that they have not seen."""
        for name in (ANN, BEN):
            self.says(name, "hello")
            self.says(name, f"{WORDS[name]} it is")
            self.does(name, TextReceived(f"more of {WORDS[name]}"), seen=False)
            assert WORDS[name].encode() in b"".join(self.kept(name))

    def says(self, name: str, words: str) -> str:
        """Let somebody write; give all that they read then."""
        return self.does(name, TextReceived(words))

    def uses(self, name: str, command: str) -> str:
        """Let somebody use a command; give all that they read then."""
        return self.does(name, CommandGiven(command))

    def does(self, name: str, event: Event, *, seen: bool = True) -> str:
        """Hand something in, and give what waits for this person."""
        seat = Seat(Turns(self.store, made_library(), self.clock), name)
        seat.hand_in(event)
        said: list[Say] = [each.effect for each in seat.collect()] if seen else []
        if seen:
            seat.shown()
        return "\n".join(each.text for each in said)

    def kept(self, name: str) -> tuple[bytes, ...]:
        """Give all that is kept of somebody, opened."""
        return opened(self.store, name)

    def name(self, name: str) -> str:
        """Give the name that somebody has in every table."""
        return self.store.name("terminal", name)


def opened(store: Store, name: str) -> tuple[bytes, ...]:
    """Give what is kept of somebody: their session, what waits for them, and where they are."""
    with store.transaction() as tx:
        person = store.name("terminal", name)
        rows, waiting = [*tx.sessions([person]).values()], tx.waiting(person)
    bodies = [each.body for each in rows] + [each.body for each in waiting]
    addresses = [each.address for each in rows] + [each.address for each in waiting]
    return (*bodies, *addresses)
