"""Telling the operator once that the database is away, and once that it is back."""

import logging
from collections.abc import Callable

from storage.database import first_line, is_away

REMEDY = "see that it runs, has room on its disk and may be written (KITH_DATABASE_URL)"
log = logging.getLogger(__name__)


def complain(say: Callable[[str, str, str], None], what: str, error: BaseException) -> None:
    """Log what went wrong and how it is called; of a database that is away Outage tells."""
    if not is_away(error):
        say("%s: %s", what, type(error).__name__)


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
            log.error(
                "kith: the database is away: %s -> %s. What people send waits with Telegram.",
                first_line(error),
                REMEDY,
            )
        return True

    def committed(self) -> None:
        """Hear of something that was written; what was only read says nothing about a full disk."""
        if self._away:
            self._away = False
            log.error("kith: the database is back; what waited is taken in.")
