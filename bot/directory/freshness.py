"""How long ago somebody checked an entry, in words for staff."""

from datetime import date
from typing import Final

from bot.engine.ages import freshness, months_since

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


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
