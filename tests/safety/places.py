"""Every place where a person can be in the shipped dialogues, found by people who walk at random.

A place is a step that waits for an answer, or a screen beside the scripts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from bot.engine.events import (
    ChoicePicked,
    CommandGiven,
    ConcernRaised,
    Event,
    Opened,
    TextReceived,
)
from bot.engine.placing import SCRIPT as GROUP_PLACE
from bot.engine.screens import Open
from bot.engine.session import Session
from bot.library import Library
from bot.parcels import pack, pack_session
from bot.rehearsing.rehearsal import Rehearsal, rooted
from bot.rehearsing.walkers import Walker
from storage.store import Store, Stored
from tests.rows import keep

WORDS = "I want to kill myself tonight"
STRANGERS, MOST_WALKS, OF_A_GROUP = 60, 1500, 20
BEGUN = {"adult": "yes", "consent": "agreed"}
"""Who answers these otherwise is sent elsewhere at once: most who answer at random."""
ELSEWHERE = ("reflection: near",)
"""Asked only where a directory of places is; tests/test_places.py comes there."""
BESIDE = ("help", "person", "menu", "kept", "change", "forget", "pause", "stop", "clock")


@dataclass(slots=True)
class Surveyor(Walker):
    """A person on a walk who remembers the session at every place that is new."""

    places: dict[str, Session] = field(default_factory=dict)

    def does(self, event: Event) -> Open:
        now_open = Walker.does(self, event)
        session = self.session
        if not self.rehearsal.over and now_open.ask and not session.doubts:
            frame = session.place[-1]
            self.places.setdefault(f"{frame.script}: {frame.step}", session)
        return now_open


def every_place(library: Library, dialogue: str = "reflection") -> Mapping[str, Session]:
    """Give a session at every step of a dialogue and at every screen, by name.

    Some steps are only for people who have written of fear: of those who begin, every third has.
    What is for members of a group is begun by itself.
    """
    places: dict[str, Session] = {"before anything": Session()}
    for name in of_groups(library):
        for seed in range(OF_A_GROUP):
            Surveyor(rooted(library, name), seed, places=places).walk()
    library = rooted(library, dialogue)
    rare = Surveyor(library, 0)
    for first in (Opened(), CommandGiven("skip")):  # hardly anybody leaves out the first question
        rare.does(first)
    wanted = asking_steps(library)
    strangers = [Surveyor(library, seed, places=places) for seed in range(STRANGERS)]
    others = (Surveyor(library, seed, BEGUN, places=places) for seed in range(MOST_WALKS))
    for walker in chain(strangers, others):
        if wanted <= places.keys() | rare.places.keys():
            break
        if walker.given and walker.seed % 3 == 0:
            for event in (ConcernRaised("abuse", "explicit", "me"), ChoicePicked("seen")):
                walker.does(event)
        walker.walk()
    return {**rare.places, **places, **_beside(library)}


def of_groups(library: Library) -> list[str]:
    """Name what only a member of a group is asked: each round, and a place for their list."""
    scripts = library.catalogue.scripts
    return [name for name in scripts if scripts[name].script.round or name == GROUP_PLACE]


def asking_steps(library: Library) -> set[str]:
    """Name every step that asks something, in every script."""
    return {
        f"{name}: {step.id}"
        for name, compiled in library.catalogue.scripts.items()
        for step in compiled.script.steps.values()
        if step.ask and f"{name}: {step.id}" not in ELSEWHERE
    }


def _beside(library: Library) -> dict[str, Session]:
    """Give a session on every screen: before the beginning, in the middle, stopped, at the end."""
    early, middle, over = Rehearsal(library), Rehearsal(library), Walker(library, 1)
    middle.hears(None)
    for words in ("yes", "No, only me", "Yes, go on"):
        middle.hears(words)
    over.walk()
    found = {"the end": over.session}
    for when, rehearsal in (("early", early), ("middle", middle), ("end", over.rehearsal)):
        start = rehearsal.session
        for name in BESIDE:
            rehearsal.session = start
            rehearsal.meets(CommandGiven(name))
            found[f"{when}: {name}"] = rehearsal.session
    forgotten = Rehearsal(library)
    for event in (Opened(), TextReceived("yes"), CommandGiven("forget")):
        forgotten.meets(event)
    forgotten.hears("Yes, forget everything for good")
    assert forgotten.erased
    found["forgotten"] = forgotten.session
    return found


def put(store: Store, channel: str, chat: str | int, session: Session) -> None:
    """Store a session, as if the person had come that far."""
    person, address = store.name(channel, str(chat)), {"channel": channel, "chat": chat}
    body = pack_session(session) if session.begun or session.detour else b""
    with store.transaction() as tx:
        keep(tx, Stored(person, pack(address), body))
