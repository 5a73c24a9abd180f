"""Telling the operator once that the database is away, and once that it is back."""

from typing import Protocol

from bot.logs.lines import log
from storage.database import is_away
from storage.unusable import KeysUnusable


class _Say(Protocol):
    def __call__(self, event: str, *, fault: BaseException) -> object: ...


def complain(say: _Say, event: str, error: BaseException) -> None:
    """Log what went wrong and how it is called; of a database that is away Outage tells."""
    if not is_away(error):
        say(event, fault=error)


class Outage:
    """Knows whether the database is away; however often it is asked for, that is one line."""

    def __init__(self) -> None:
        self._away = False

    def failed(self, error: Exception) -> bool:
        """Hear of something that could not be committed; say whether the database is why."""
        if not is_away(error):
            return False
        if not self._away:
            self._away = True
            if isinstance(error, KeysUnusable):
                log.error("keys-away", fault=error)
            else:
                log.error("database-away", fault=error)
        return True

    def committed(self) -> None:
        """Hear of something that was written; what was only read says nothing about a full disk."""
        if self._away:
            self._away = False
            log.error("database-back")
