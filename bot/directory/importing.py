"""Taking entries into the database: in batches, each id once, and the same as often as you like."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.directory.record import Doubt, Entry, Refused, SourceUnusable
from bot.directory.service import Service, dump
from bot.engine.outcode import without_postcodes
from storage.directory import BATCH, LONGEST_ID
from storage.store import Store


@dataclass(slots=True)
class Tally:
    """What an import has done so far. `stopped` says why it could not be read to the end.

    `copies` came with an id that had come before; `missing` were listed and are not there now.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    back: int = 0
    copies: int = 0
    missing: int = 0
    refused: list[Refused] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    stopped: str = ""

    @property
    def taken(self) -> int:
        """Give how many services were taken in, whether anything about them was new or not."""
        return self.new + self.changed + self.same + self.back


def take_in(store: Store, source: str, entries: Iterable[Entry], now: float) -> Tally:
    """Write what a reader gives; `now` is in seconds since 1970.

    Each transaction writes 200 services, so that what stops midway keeps the batches before it;
    only an import that was read to its end, and held something, marks what it no longer held as
    missing. Of an id that comes twice the first is taken. No whole postcode is written.
    """
    tally = Tally()
    seen: dict[str, int] = {}
    batch: dict[str, Mapping[str, Any]] = {}
    try:
        for entry in entries:
            match entry:
                case Refused():
                    tally.refused.append(entry)
                case Doubt():
                    tally.doubts.append(entry)
                case Service() if reasons := _unkeepable(entry):
                    tally.refused.append(
                        Refused(f"{entry.name} ({entry.id[:LONGEST_ID]})", reasons)
                    )
                case Service():
                    _sort_in(entry, seen, batch, tally)
            if len(batch) == BATCH:
                _write(store, source, batch, now, tally)
    except SourceUnusable as unusable:
        tally.stopped = str(unusable)
    if batch:
        _write(store, source, batch, now, tally)
    if seen and not tally.stopped:
        with store.transaction() as tx:
            tally.missing = tx.directory.miss(source, seen, now)
    return tally


def _sort_in(
    service: Service, seen: dict[str, int], batch: dict[str, Mapping[str, Any]], tally: Tally
) -> None:
    """Put a service into the batch, unless its id has come before."""
    if service.id not in seen:
        seen[service.id] = hash(service)
        batch[service.id] = cut(dump(service))
        return
    tally.copies += 1
    if seen[service.id] != hash(service):
        what = "its id came before with something else, and the first was taken"
        tally.doubts.append(Doubt(f"{service.name} ({service.id})", what))


def _write(
    store: Store, source: str, batch: dict[str, Mapping[str, Any]], now: float, tally: Tally
) -> None:
    with store.transaction() as tx:
        written = tx.directory.write(source, batch, now)
    tally.new += written.new
    tally.changed += written.changed
    tally.same += written.same
    tally.back += written.back
    batch.clear()


def _unkeepable(service: Service) -> tuple[str, ...]:
    """Give why a service can't be kept, whichever reader gave it."""
    reasons = []
    if not service.id or len(service.id) > LONGEST_ID or not service.id.isprintable():
        reasons.append(f"its id is empty, longer than {LONGEST_ID} letters, or can't be printed")
    if not service.name.strip() or not service.name.isprintable():
        reasons.append("it has no name, or one that can't be printed")
    return tuple(reasons)


def cut(value: Any) -> Any:
    """Give a record, or part of it, with every whole postcode cut to its first half."""
    match value:
        case str():
            return without_postcodes(value)
        case dict():
            uncut = {"source": value.get("source"), "id": value.get("id")} if "id" in value else {}
            return {name: cut(each) for name, each in value.items()} | uncut
        case list() | tuple():
            return [cut(each) for each in value]
        case _:
            return value
