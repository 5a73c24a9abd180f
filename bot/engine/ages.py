"""How long ago somebody checked an entry, and what that means for showing it."""

from datetime import date
from typing import Final, Literal

Freshness = Literal["fresh", "grey", "gone"]
GREY_AFTER: Final = 6
"""So many months after it was checked, an entry is shown with a warning."""
GONE_AFTER: Final = 12
"""So many months after it was checked, an entry is shown no more."""


def months_since(assured: date, today: date) -> int:
    """Count the whole months from one day to another; 0 where the first is not over yet."""
    months = (today.year - assured.year) * 12 + today.month - assured.month
    return max(0, months - (today.day < assured.day))


def freshness(assured: date | None, today: date) -> Freshness:
    """Say how an entry that was last checked then is treated today; one never checked is grey."""
    if assured is None:
        return "grey"
    months = months_since(assured, today)
    return "fresh" if months < GREY_AFTER else "grey" if months < GONE_AFTER else "gone"
