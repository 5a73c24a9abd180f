"""What is wrong with the machine that Kith runs on."""

from collections.abc import Collection, Iterator
from typing import Final

from bot.doctor.finding import Finding

FEW: Final = 100
"""A machine that knows fewer time zones than this does not have the data."""


def machine_findings(zones: Collection[str]) -> Iterator[Finding]:
    """Look at the time zones that the machine knows."""
    if len(zones) < FEW:
        message = "the data of time zones is missing"
        fix = "install Kith again, which brings it, or the machine's package tzdata"
        yield Finding("no-time-zones", message, fix, serious=True)
