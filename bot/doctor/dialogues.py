"""What is wrong with what Kith would say: broken dialogues, unchecked numbers, no human."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from bot.doctor.finding import Finding
from bot.engine.diagnostics import Diagnostic, errors_in

DAYS_ASSURED: Final = 365
NUMBERS: Final = "dialogues/safety/numbers.yaml"


def dialogue_findings(
    diagnostics: Sequence[Diagnostic], assured: Sequence[str], contact: str, today: date
) -> Iterator[Finding]:
    """Look at the diagnostics, the days on which numbers were checked ("" never), the contact."""
    if errors := errors_in(diagnostics):
        message = f"the dialogues have {len(errors)} to mend, the first: {errors[0]}"
        fix = "mend them; `kith check` names all"
        yield Finding("dialogues-broken", message, fix, serious=True)
    days = [_day(each) for each in assured]
    if unconfirmed := days.count(None):
        message = f"{unconfirmed} of {len(days)} help numbers are unconfirmed"
        fix = f"ring or look up each, and write the day and who did it into {NUMBERS}"
        yield Finding("numbers-unconfirmed", message, fix)
    if old := [day for day in days if day and (today - day).days > DAYS_ASSURED]:
        message = f"{len(old)} of {len(days)} help numbers were confirmed over a year ago"
        fix = f"check them again, and write the day into {NUMBERS}"
        yield Finding("numbers-old", message, fix)
    if not contact:
        message = "KITH_CONTACT is not set, so that people can't reach a human of the service"
        fix = "set it to who can be reached, how and when, as people will read it"
        yield Finding("no-contact", message, fix)


def _day(written: str) -> date | None:
    """Read a day; what is none counts as never."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
