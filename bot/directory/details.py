"""The whole record of a service whose entry in a list is short."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from bot.directory.fetching import Address, Fetcher, Missing, named
from bot.directory.given import Record, identity
from bot.directory.json_text import parsed
from bot.directory.kinds import opened
from bot.directory.limits import Exhausted
from bot.directory.oruk1 import MARKS
from bot.directory.record import Refused, SourceUnusable
from bot.directory.rules import LISTS

_PATIENCE: Final = 5
_CHILDREN: Final = MARKS | frozenset(LISTS)


class Details:
    """Asks an API for single services, and stops asking where it has none to give."""

    def __init__(self, fetcher: Fetcher, front: Address) -> None:
        self._fetcher, self._front = fetcher, front
        self._missing = self._broken = 0
        self._some = False

    def of(self, record: Record, own: str, where: str) -> Record | Refused:
        """Return the whole record where the given one has no lists of its own.

        A whole record that can't be read is refused, so that half of it is never taken for all.
        Raises SourceUnusable after five in a row.
        """
        if _CHILDREN & record.keys() or own in ("", ".", "..") or self._silent():
            return record
        try:
            whole = self._asked(own)
        except Missing:
            self._missing += 1
            return record
        except Exhausted:
            raise
        except SourceUnusable as error:
            self._broken += 1
            if self._broken >= _PATIENCE:
                raise
            return Refused(f"{where} ({own[:60]})", (f"its whole record can't be read: {error}",))
        self._some, self._broken = True, 0
        return whole

    def _asked(self, own: str) -> Record:
        path = f"{self._front.raw_path.rstrip('/')}/{quote(own, safe='')}"
        address = self._front.with_path(path, encoded=True, keep_query=True)
        root = parsed(self._fetcher.fetch(address), named(address))
        for each in opened(root).records:
            if isinstance(each, Mapping) and identity(each.get("id")) == own:
                return each
        raise SourceUnusable(f"{named(address)} gives another record: tell its publisher")

    def _silent(self) -> bool:
        return self._missing >= _PATIENCE and not self._some
