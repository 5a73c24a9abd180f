"""The dialogues of one person: the one in hand, and those that are kept apart meanwhile.

Beside the reflection there are the plan for bad days and the map, and one for each group whose
round is answered. Each has its own place, answers and screens; what is true of the person
(language, clock, concerns, cues, days of starts, what they agreed to, and the count of what was
put to them) lies in the one in hand (docs/decisions/0011-dialogues-kept-apart.md).
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
ROUND: Final = "round:"
"""How the name begins of a dialogue that answers the round of a group."""
PROPOSAL: Final = "place:"
"""How the name begins of a dialogue that proposes a place to a group."""
PROPOSED: Final = "place"
"""Stands for the id of a round where a place is proposed."""
REFLECTION: Final = ""
"""Under what name the reflection is kept apart, whatever its script is."""
SHOWN: Final = "shown"
"""The step that is the plan or the map itself, wherever it is read."""
PICTURED: Final = "pictured"
"""The step that the picture of the map goes along with."""


def in_hand(session: Session) -> str:
    """Name the dialogue in hand: by its script, or by the group that it is for.

    Empty where it is the reflection.
    """
    if REFLECTION not in session.apart or not session.place:
        return REFLECTION
    return for_group(*session.round) if session.round else session.place[0].script


def script_in_hand(session: Session) -> str:
    """Give the script of the dialogue in hand; empty where that is the reflection."""
    return session.place[0].script if in_hand(session) else REFLECTION


def for_group(group: str, ref: str) -> str:
    """Name the dialogue that is for a group: what answers its round, or proposes a place to it."""
    return f"{PROPOSAL if ref == PROPOSED else ROUND}{group}"


def is_round(session: Session) -> bool:
    """Say whether the dialogue in hand answers the round of a group."""
    return bool(session.round) and session.round[1] != PROPOSED


def is_for_group(name: str) -> bool:
    """Say whether the dialogue of this name is for a group."""
    return name.startswith((ROUND, PROPOSAL))


def along(catalogue: Catalogue, session: Session) -> Catalogue:
    """Give the catalogue along the dialogue in hand."""
    script = script_in_hand(session)
    script = script if script in catalogue.scripts else ""
    return catalogue if catalogue.aside == script else replace(catalogue, aside=script)


def exchanged(session: Session, name: str = REFLECTION) -> Session:
    """Take the dialogue of that name in hand, and keep this one apart."""
    other = session.apart.get(name, Session())
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
        awaits="",
        counted=(),
    )
    rest = {each: held for each, held in session.apart.items() if each != name}
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
        awaits=session.awaits,
        counted=session.counted,
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
    name = in_hand(session)
    return name if name in SCRIPTS.values() or session.round else REFLECTION
