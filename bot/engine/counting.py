"""Being counted in totals: off until somebody says yes, for one group or for none."""

from dataclasses import replace

from bot.engine.session import Session


def let_count(session: Session, group: str, day: str) -> Session:
    """Let this reflection be counted from this day (ISO 8601) on, in a group or in none.

    What has been counted in a month that is over is counted in no other one.
    """
    first = session.counted[0] if session.counted else ""
    kept = first if first and first[:7] < day[:7] else day
    return replace(session, counted=(kept, group))


def left_out(session: Session, day: str) -> Session:
    """Count this reflection nowhere from now on.

    The day of the yes stays without it where that month is over and may have been told: the same
    reflection must not be told once more under another month.
    """
    first = session.counted[0] if session.counted else ""
    return replace(session, counted=(first,) if first and first[:7] < day[:7] else ())
