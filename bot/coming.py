"""What comes because its time has come, and what of it has been overtaken meanwhile."""

from collections.abc import Sequence
from typing import Final

from bot.arrivals import Arrival
from bot.engine.events import TimePassed
from storage.store import Due, Transaction

DUE: Final = "due:"


def come(due: Due) -> Arrival:
    """Give what is due as an arrival."""
    return Arrival(due.person, {}, TimePassed(due.name), f"{DUE}{due.id}")


def row_of(arrival: Arrival) -> int | None:
    """Give the number of the row that was due; None for what somebody sent."""
    if not arrival.event_id.startswith(DUE):
        return None
    return int(arrival.event_id.removeprefix(DUE))


def past(tx: Transaction, arrivals: Sequence[Arrival]) -> set[str]:
    """Give those of what was due that have been replaced or forgotten since they were found."""
    due = {each.event_id: row for each in arrivals if (row := row_of(each)) is not None}
    if not due:
        return set()
    there = tx.still_due([*due.values()])
    return {name for name, row in due.items() if row not in there}
