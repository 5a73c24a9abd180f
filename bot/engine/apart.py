"""The dialogues of one person: the one in hand, and those that are kept apart meanwhile.

Beside the reflection there are two such dialogues, the plan for bad days and the map. Each has its
own place, answers and screens; what is true of the person (language, clock, concerns, cues, days of
starts, what they agreed to, and the count of what was put to them) lies in the one in hand
(docs/decisions/0011-dialogues-kept-apart.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.engine.catalogue import Catalogue
from bot.engine.session import Session

PLAN: Final = "bad-days"
"""The script of the plan for bad days."""
MAP: Final = "map"
"""The script of the map of who and what is around somebody."""
SCRIPTS: Final[Mapping[str, str]] = {"plan": PLAN, "map": MAP}
"""What a person calls what is kept apart, and the script that makes it."""
REFLECTION: Final = ""
"""Under what name the reflection is kept apart, whatever its script is."""
SHOWN: Final = "shown"
"""The step that is the plan or the map itself, wherever it is read."""
PICTURED: Final = "pictured"
"""The step that the picture of the map goes along with."""


def in_hand(session: Session) -> str:
    """Name the script of the dialogue in hand; empty where it is the reflection."""
    return session.place[0].script if REFLECTION in session.apart and session.place else REFLECTION


def along(catalogue: Catalogue, session: Session) -> Catalogue:
    """Give the catalogue along the dialogue in hand."""
    script = in_hand(session)
    script = script if script in catalogue.scripts else ""
    return catalogue if catalogue.aside == script else replace(catalogue, aside=script)


def exchanged(session: Session, script: str = REFLECTION) -> Session:
    """Take the dialogue of that script in hand, and keep this one apart."""
    other = session.apart.get(script, Session())
    kept = replace(
        session,
        apart={},
        turn=0,
        revision=0,
        concerns=(),
        starts=(),
        language="",
        zone="",
        cues=(),
        agreed=(),
    )
    rest = {name: held for name, held in session.apart.items() if name != script}
    return replace(
        other,
        apart={**rest, _name(session): kept},
        turn=session.turn,
        revision=session.revision,
        concerns=session.concerns,
        starts=session.starts,
        language=session.language,
        zone=session.zone,
        cues=session.cues,
        agreed=session.agreed,
    )


def reflection_of(session: Session) -> Session:
    """Give the session of a person with the reflection in hand."""
    return exchanged(session) if in_hand(session) else session


def one_of(session: Session, script: str) -> Session | None:
    """Give the session of a person with what that script made in hand; None where it never was."""
    if session.place and session.place[0].script == script:
        return session
    return exchanged(session, script) if script in session.apart else None


def each_of(session: Session) -> Iterator[Session]:
    """Give the session with the reflection in hand, and with each dialogue that is kept apart."""
    yield reflection_of(session)
    for script in SCRIPTS.values():
        if script in session.apart or in_hand(session) == script:
            yield one_of(session, script) or session


def is_made(session: Session, script: str = PLAN) -> bool:
    """Say whether there is something to read: anything at all that was put into it."""
    here = session.place and session.place[0].script == script
    held = session if here else session.apart.get(script)
    return held is not None and any(each.standing == "given" for each in held.answers.values())


def dropped(session: Session, script: str) -> Session:
    """Give the session of a person without what that script made; it is not the one in hand."""
    rest = {name: held for name, held in session.apart.items() if name != script}
    return replace(session, apart=rest)


def _name(session: Session) -> str:
    script = session.place[0].script if session.place else REFLECTION
    return script if script in SCRIPTS.values() and REFLECTION in session.apart else REFLECTION
