"""Cues add up: what is nothing by itself calls for a gentle question with another one.

They count over the last few turns of one conversation only, and are gone after a day or at the end.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.engine.effects import Lapse
from bot.engine.events import Cue
from bot.engine.session import Cued, Session

LAPSE: Final = Lapse("lapse", hours=24)
TURNS: Final = 5
ENOUGH: Final = 2
_LIKE: Final = {"self-harm": "suicide"}
"""Classes whose cues count together, since one question is asked about both."""


def added_up(session: Session, cues: Sequence[Cue], now: str) -> tuple[Session, str]:
    """Add the cues of a message; give the class to ask about where they have become enough.

    Then nothing stays of them. The same cue twice is one cue.
    """
    new = [Cued(cue.kind, cue.name, session.turn, now) for cue in cues]
    names = {cue.name for cue in new}
    earlier = [cue for cue in recent(session, now) if cue.name not in names]
    together = (*earlier, *new)
    for cue in new:
        alike = [each for each in together if _group(each) == _group(cue)]
        if len({each.name for each in alike}) >= ENOUGH:
            return replace(session, cues=()), alike[-1].kind
    return replace(session, cues=together), ""


def recent(session: Session, now: str) -> tuple[Cued, ...]:
    """Give the cues that still count: of the last five turns, and not older than a day."""
    oldest = datetime.fromisoformat(now) - timedelta(hours=LAPSE.hours)
    return tuple(
        cue
        for cue in session.cues
        if session.turn - cue.turn <= TURNS and datetime.fromisoformat(cue.when) > oldest
    )


def _group(cue: Cued) -> str:
    return _LIKE.get(cue.kind, cue.kind)
