"""The time of day, which a terminal conversation can move ahead."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time now, with its zone; `ahead` is what a conversation has waited through."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """Give the time now."""
        return datetime.now(UTC) + self.ahead
