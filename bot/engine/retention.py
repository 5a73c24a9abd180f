"""How long a person's words are kept: what has to go by now, what stays, and when to look again.

A reflection goes so many days after its last turn, fewer where it has no end; the map and the plan
for bad days so many days after they were last used. Whoever never agreed that anything is kept is
wiped a day after their last turn. Nothing is said of it: the phone may be somebody else's by then.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Final

from bot.engine.apart import REFLECTION, SCRIPTS, exchanged, in_hand, is_for_group, reflection_of
from bot.engine.around import for_a_new_one, spoken_against
from bot.engine.catalogue import Catalogue
from bot.engine.consent import is_passing
from bot.engine.effects import Erase, Lapse, Turn
from bot.engine.onward import resting
from bot.engine.session import Session

RETENTION: Final = Lapse("retention", hours=24)
"""The first look, a day after somebody came: whoever did not agree by then may have to go."""
UNAGREED: Final = timedelta(days=1)
"""So long after their last turn somebody stays who never agreed that anything is kept."""
LONGEST_WAIT: Final = timedelta(days=7)
"""Looking again at least this often lets a shorter setting take hold."""
BEFORE: Final = timedelta(days=30)
"""So long ago at least was the last turn of what was kept before its time was written down.

The row that the migration set is due then, and every turn since would have written it down.
"""


def used(before: Session, session: Session, now: str) -> Session:
    """Say that what a turn was about was used now: where it began, where it led, what it showed.

    What has no time yet is from before times were written down; it counts from here on.
    """
    shows = session.detour.name if session.detour else ""
    names = {in_hand(before), in_hand(session), SCRIPTS.get(shows)}
    apart = {
        name: replace(held, last=now) if name in names or (held.begun and not held.last) else held
        for name, held in session.apart.items()
    }
    return replace(session, last=now, apart=apart)


def looked_at(catalogue: Catalogue, session: Session, now: str) -> Turn:
    """Wipe what has to go by `now` (ISO 8601) and set the next look; forget whoever has nothing."""
    at = datetime.fromisoformat(now)
    known = _timed(session, at)
    ends = _ends(catalogue, known)
    gone = {name for name, end in ends.items() if end <= at}
    if len(gone) == len(ends):
        return Turn(Session(status="ended", turn=session.turn), (Erase(),), accepted=False)
    if gone:
        return looked_at(catalogue, _without(known, gone), now)
    hours = ceil(min(min(ends.values()) - at, LONGEST_WAIT) / timedelta(hours=1))
    return Turn(known, (Lapse(RETENTION.due, hours),), accepted=False)


def _ends(catalogue: Catalogue, session: Session) -> dict[str, datetime]:
    """Give when each dialogue of a person goes, by its script; the reflection by an empty name.

    What is kept apart was made by somebody who agreed. What is known of a person without a
    reflection, a concern above all, goes as an unfinished one would.
    """
    terms, here, reflection = catalogue.terms, in_hand(session), reflection_of(session)
    held = {name: each for name, each in session.apart.items() if name}
    held |= {here: session} if here else {}
    if is_passing(catalogue, session):
        return {REFLECTION: _moment(session) + UNAGREED}
    ends = {
        name: _moment(each)
        + timedelta(days=terms.unfinished if is_for_group(name) else terms.apart)
        for name, each in held.items()
    }
    if reflection.begun:
        days = terms.finished if reflection.status == "ended" else terms.unfinished
        ends[REFLECTION] = _moment(reflection) + timedelta(days=days)
    elif not held or session.concerns or session.starts or session.reported:
        ends[REFLECTION] = _moment(session) + timedelta(days=terms.unfinished)
    return ends


def _without(session: Session, gone: set[str]) -> Session:
    """Give what stays of a person; what is in hand stays so, where it stays.

    Whom anything that goes spoke against stays out of all that still names them. Buttons of what
    went are old ones from then on. That they agreed is known, in whatever version, by what stays.
    """
    here, reflection = in_hand(session), reflection_of(session)
    kept = {name: each for name, each in for_a_new_one(session).items() if name not in gone}
    if reflection.begun and REFLECTION not in gone:
        lost = {name: each for name, each in reflection.apart.items() if name in gone}
        base = replace(reflection, apart=kept, left_out=spoken_against(reflection, lost))
        base = _off_screen(base, gone)
    else:
        on_screen = session.detour and here in kept and reflection.begun
        open_now = session.detour.about if session.detour and on_screen else ""
        base = Session(
            turn=session.turn,
            revision=session.revision + 1,
            concerns=tuple(each for each in session.concerns if each.rstrip("?") == open_now),
            language=session.language,
            zone=session.zone,
            cues=session.cues if here in kept else (),
            apart=kept,
            agreed=session.agreed or ("", reflection.last[:10]) if kept else (),
        )
    if here in kept:
        return replace(exchanged(base, here), revision=session.revision)
    return replace(base, revision=base.revision + 1) if here else base


def _off_screen(session: Session, gone: set[str]) -> Session:
    """Leave a screen that shows what goes."""
    shows = session.detour.name.removeprefix("forget ") if session.detour else ""
    if SCRIPTS.get(shows) not in gone:
        return session
    return replace(resting(session), revision=session.revision + 1)


def _timed(session: Session, at: datetime) -> Session:
    """Give what is from before times were written down the latest that they can have been.

    What a clock that went wrong put into the time to come counts from now.
    """
    then = (at - BEFORE).isoformat(timespec="seconds")
    apart = {
        name: held if not (held.last or held.begun) else _no_later(held, at, then)
        for name, held in session.apart.items()
    }
    return replace(_no_later(session, at, then), apart=apart)


def _no_later(held: Session, at: datetime, then: str) -> Session:
    if not held.last:
        return replace(held, last=then)
    return replace(held, last=at.isoformat(timespec="seconds")) if _moment(held) > at else held


def _moment(held: Session) -> datetime:
    """Give when a dialogue was last used; a day alone counts from its first moment."""
    last = datetime.fromisoformat(held.last)
    return last if last.tzinfo else last.replace(tzinfo=UTC)
