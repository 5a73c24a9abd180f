"""The message before: some people send a sentence in two halves, a moment after each other.

It is held in the memory of this process only, for two minutes, and written nowhere.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

_MOMENT: Final = timedelta(minutes=2)
_LONGEST: Final = 500
_MOST_PEOPLE: Final = 10_000


class Halves:
    """What people wrote last, where it raised no concern."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    def before(self, person: str, now: datetime) -> str:
        """Take out what a person wrote a moment ago; empty where that is nothing."""
        when, text = self._last.pop(person, (now, ""))
        return text if now - when <= _MOMENT else ""

    def keep(self, person: str, text: str, now: datetime) -> None:
        """Hold the end of a message; the oldest of others go where it becomes too many."""
        self._last[person] = now, text[-_LONGEST:]
        while self._last and (
            len(self._last) > _MOST_PEOPLE or now - next(iter(self._last.values()))[0] > _MOMENT
        ):
            self._last.popitem(last=False)
