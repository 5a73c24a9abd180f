"""The directory in the database: what was imported, what was corrected here, what was reported.

A correction is laid over what was imported and is never overwritten. No row is ever deleted.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, bindparam, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import reports, services

Record = Mapping[str, Any]
"""One service as plain data that JSON can hold."""
LONGEST_SOURCE: Final = 80
LONGEST_ID: Final = 200
BATCH: Final = 200
"""So many rows one transaction of an import writes."""

_IDS: Final[BindParameter[str]] = bindparam("ids", expanding=True)
_MINE: Final = (services.c.source == bindparam("in_source")) & (services.c.id == bindparam("of"))
_KNOWN: Final = select(
    services.c.id, services.c.digest, services.c.corrections, services.c.missing
).where(services.c.source == bindparam("in_source"), services.c.id.in_(_IDS))
_ADD: Final = insert(services)
_CHANGE: Final = (
    update(services)
    .where(_MINE)
    .values({name: bindparam(name) for name in ("name", "record", "digest", "assured")})
    .values(missing=False, changed=bindparam("changed"), version=bindparam("version"))
)
_BACK: Final = (
    update(services)
    .where(_MINE)
    .values(missing=False, changed=bindparam("changed"), version=bindparam("version"))
)
_VERSION: Final = select(func.max(services.c.version))
_ROW: Final = select(
    *(services.c.source, services.c.id, services.c.record, services.c.corrections),
    *(services.c.missing, services.c.changed, services.c.version),
)
_REPORT: Final = {
    name: dialect.insert(reports).on_conflict_do_update(
        index_elements=["source", "id", "verdict", "day"],
        set_={"how_many": reports.c.how_many + 1},
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A service as it is listed: what was imported, with the corrections laid over it.

    `changed` is in seconds since 1970; `version` is that of the directory when it last changed.
    """

    source: str
    id: str
    record: dict[str, Any]
    corrections: dict[str, Any]
    missing: bool
    changed: float
    version: int


@dataclass(frozen=True, slots=True)
class Written:
    """How many services of a batch were new, changed, the same, or back after they were missing."""

    new: int = 0
    changed: int = 0
    same: int = 0
    back: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """So many people said this of a service on that day; nothing says who."""

    source: str
    id: str
    verdict: str
    day: str
    how_many: int


class Directory:
    """Reads and writes of the directory, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def version(self) -> int:
        """Give a number that grows with every change of the directory; 0 at first."""
        return self._connection.scalar(_VERSION) or 0

    def services(self, since: int = 0) -> Iterator[Listed]:
        """Give all services that changed after this version, those that are missing as well.

        They are read one after the other, as long as the transaction is open.
        """
        query = _ROW.where(services.c.version > since).order_by(services.c.source, services.c.id)
        yield from (_listed(row) for row in self._connection.execute(query))

    def find(self, source: str, service: str) -> Listed | None:
        """Give one service, or None where there is none of this id in this source."""
        row = self._connection.execute(_ROW.where(_MINE), _key(source, service)).first()
        return _listed(row) if row else None

    def write(self, source: str, records: Mapping[str, Record], now: float) -> Written:
        """Keep records by their ids: new ones, changed ones, and those that were missing.

        What is the same as it lies there is not touched, and a correction stays on top.
        """
        version = _next_version(self._connection)
        found = self._connection.execute(_KNOWN, {"in_source": source, "ids": list(records)})
        known = {row.id: row for row in found}
        new, changed, back, same = [], [], [], 0
        for service, record in records.items():
            body = _packed(record)
            digest = sha256(body.encode()).hexdigest()
            stamp = {"changed": now, "version": version}
            row = known.get(service)
            values = {"record": body, "digest": digest, **stamp}
            if row is None:
                values |= {"source": source, "id": service, "corrections": "{}", "missing": False}
                new.append({**values, **_columns(record)})
            elif row.digest != digest:
                shown = {**record, **json.loads(row.corrections)}
                changed.append({**_key(source, service), **values, **_columns(shown)})
            elif row.missing:
                back.append({**_key(source, service), **stamp})
            else:
                same += 1
        for statement, rows in ((_ADD, new), (_CHANGE, changed), (_BACK, back)):
            if rows:
                self._connection.execute(statement, rows)
        return Written(len(new), len(changed), same, len(back))

    def miss(self, source: str, there: Iterable[str], now: float) -> int:
        """Mark as missing what lies here of a source and is not among `there`; give how many."""
        version = _next_version(self._connection)
        mine = select(services.c.id).where(services.c.source == source, ~services.c.missing)
        gone = sorted(set(self._connection.scalars(mine)).difference(there))
        for some in _in_batches(gone):
            which = (services.c.source == source) & services.c.id.in_(some)
            values = {"missing": True, "changed": now, "version": version}
            self._connection.execute(update(services).where(which).values(values))
        return len(gone)

    def correct(self, source: str, service: str, corrections: Record, now: float) -> Listed | None:
        """Lay corrections over a service, on top of earlier ones; give it as it is listed then.

        None where there is no such service.
        """
        version = _next_version(self._connection)
        found = self.find(source, service)
        if found is None:
            return None
        laid = {**found.corrections, **corrections}
        record = {**found.record, **corrections}
        values = {"corrections": _packed(laid), "changed": now, "version": version}
        change = update(services).where(_MINE).values(**values, **_columns(record))
        self._connection.execute(change, _key(source, service))
        return self.find(source, service)

    def report(self, source: str, service: str, verdict: str, day: str) -> None:
        """Count that somebody said this of a service on a day, ISO 8601."""
        row = {"source": source, "id": service, "verdict": verdict, "day": day, "how_many": 1}
        self._connection.execute(_REPORT[self._connection.dialect.name], row)

    def reports(self) -> list[Report]:
        """Give all that was reported, by service and day."""
        query = select(reports).order_by(*(reports.c[name] for name in ("source", "id", "day")))
        return [Report(*row) for row in self._connection.execute(query)]


def _next_version(connection: Connection) -> int:
    """Give the version that this transaction writes; those who write take turns.

    Otherwise two could write the same one, and who has read the first would miss the second.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE services IN SHARE ROW EXCLUSIVE MODE"))
    return (connection.scalar(_VERSION) or 0) + 1


def _key(source: str, service: str) -> dict[str, str]:
    return {"in_source": source, "of": service}


def _columns(record: Record) -> dict[str, str]:
    return {"name": str(record.get("name", "")), "assured": str(record.get("assured", ""))}


def _packed(record: Record) -> str:
    return json.dumps(record, sort_keys=True, separators=(",", ":"))


def _listed(row: Any) -> Listed:
    laid = json.loads(row.corrections)
    record = {**json.loads(row.record), **laid}
    return Listed(row.source, row.id, record, laid, row.missing, row.changed, row.version)


def _in_batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
