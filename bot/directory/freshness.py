"""How long ago somebody checked an entry, in words, and what that means for showing it."""

from datetime import date
from typing import Final, Literal

Freshness = Literal["fresh", "grey", "gone"]
GREY_AFTER: Final = 6
"""So many months after it was checked, an entry is shown with a warning."""
GONE_AFTER: Final = 12
"""So many months after it was checked, an entry is shown no more."""
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


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


def checked(assured: date | None, today: date) -> str:
    """Say in words when somebody last checked an entry, to be read after its name."""
    if assured is None:
        return "nobody here has checked this yet"
    months = months_since(assured, today)
    match freshness(assured, today):
        case "fresh":
            return f"checked {_month(assured, today)}"
        case "grey":
            return f"last checked {months} months ago: ring first"
        case "gone":
            years = months // 12
            ago = "a year ago" if years == 1 else f"{years} years ago"
            return f"last checked more than {ago}"


def _month(assured: date, today: date) -> str:
    """Name a month without its year: nothing that is fresh was checked half a year ago."""
    if (assured.year, assured.month) >= (today.year, today.month):
        return "this month"
    return f"in {_MONTHS[assured.month - 1]}"
