"""What lies beside a person's session, table by table, in the words of the rest."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from bot.engine.catalogue import Catalogue
from bot.engine.cues import LAPSE
from bot.engine.events import RowsFound
from bot.engine.holdings import Holding
from bot.engine.labels import day_of, word

TABLES: Final[Mapping[str, str]] = {
    "sessions": "withdraw",
    "due": "forget",
    "outbox": "forget",
    "messages": "hide",
    "members": "leave groups",
    "keys": "withdraw",
}
"""The tables that hold rows about a person, and what forgets them.

The words for each are in words.yaml under `beside_` and its name.
"""
_TIMES: Final = ("at", "made", "touched")


def beside(catalogue: Catalogue, found: RowsFound) -> tuple[Holding, ...]:
    """Give what was found: what is to happen row by row, everything else as one row a table."""
    tables: dict[str, list[Mapping[str, Any]]] = {}
    for table, row in found.rows:
        tables.setdefault(table, []).append(row)
    return tuple(each for table, rows in tables.items() for each in _of(catalogue, table, rows))


def _of(catalogue: Catalogue, table: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Holding]:
    if table == "due":
        yield from (_due(catalogue, row) for row in rows)
        return
    days = [_day(row[name]) for row in rows for name in _TIMES if name in row]
    reach = {name: rows[0].get(name, "") for name in ("channel", "chat")}
    facts = {**reach, "count": len(rows), "since": day_of(catalogue, min(days, default=""))}
    known = table in TABLES
    yield Holding(
        "beside",
        table,
        word(catalogue, f"beside_{table}") if known else table,
        word(catalogue, f"beside_{table}_is", **facts) if known else str(len(rows)),
        [dict(row) for row in rows],
        "",
        TABLES.get(table, "withdraw"),
        alone=table == "messages",
    )


def _due(catalogue: Catalogue, row: Mapping[str, Any]) -> Holding:
    """Tell of one thing that is to happen, when by the clock where the person is."""
    name = str(row.get("name", ""))
    asked_for = f"due_{name}" in catalogue.words or name.replace("_", " ") in catalogue.screens
    wall = str(row.get("wall") or "")
    day, clock = day_of(catalogue, wall or _day(row["at"])), wall[11:16]
    kind = "asked for" if asked_for else name
    return Holding(
        "beside",
        f"due/{name}",
        word(catalogue, "beside_due"),
        word(catalogue, "beside_due_is", happens=kind, when=f"{day}, {clock}" if clock else day),
        dict(row),
        "",
        _action(kind, name),
        alone=asked_for,
    )


def _action(kind: str, name: str) -> str:
    if kind == "asked for":
        return "forget reminder"
    return "forget reflection" if name == LAPSE.due else TABLES["due"]


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
