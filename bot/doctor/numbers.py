"""Whether the help numbers are confirmed: here, as they stand, and not long ago."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final

from bot.doctor.finding import Finding
from storage.confirming import Confirmation

DAYS_CONFIRMED: Final = 90
"""Numbers and hours change; after so many days somebody looks again."""
FIX: Final = (
    "ring or look up each in {file}, then type `kith doctor --confirm-numbers` with your name"
)


def number_findings(
    confirmations: Sequence[Confirmation], digest: str, file: str, today: date
) -> Iterator[Finding]:
    """Hold what was confirmed, newest first, against the numbers of this digest in `file`.

    People are not served with numbers that nobody here has confirmed.
    """
    fix = FIX.format(file=file)
    for confirmed in (each for each in confirmations if each.digest == digest):
        if (days := (today - _day(confirmed)).days) > DAYS_CONFIRMED:
            message = f"the help numbers were confirmed {days} days ago, by {confirmed.who}"
            yield Finding("numbers-old", message, fix)
        return
    if confirmations:
        newest = confirmations[0]
        message = f"the help numbers have changed since {newest.who} confirmed them on "
        yield Finding("numbers-changed", f"{message}{_day(newest)}", fix, serious=True)
    else:
        message = "the help numbers are unconfirmed: nobody here has said that they are right"
        yield Finding("numbers-unconfirmed", message, fix, serious=True)


def _day(confirmed: Confirmation) -> date:
    return datetime.fromtimestamp(confirmed.at, UTC).date()
