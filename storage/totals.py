"""What may be told of a month: written down once, and never worked out again."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import totals

EVERYBODY: Final = ""
"""The scope that every month has that was worked out, also where nothing of it may be told."""
_NEW: Final = {
    "sqlite": sqlite.insert(totals).on_conflict_do_nothing().returning(totals.c.month),
    "postgresql": postgresql.insert(totals).on_conflict_do_nothing().returning(totals.c.month),
}


class Totals:
    """What one transaction may do about totals. Bodies are opaque text that holds nobody."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def months(self) -> list[str]:
        """Give the months that were worked out, such as 2026-10, in order."""
        query = select(totals.c.month).where(totals.c.scope == EVERYBODY).order_by(totals.c.month)
        return list(self._connection.scalars(query))

    def of(self, month: str) -> dict[str, str]:
        """Give what is told of a month by scope; nothing where it was not worked out."""
        query = select(totals.c.scope, totals.c.body).where(totals.c.month == month)
        return {row.scope: row.body for row in self._connection.execute(query)}

    def last_of(self, scope: str) -> tuple[str, str]:
        """Give the last month that is told of a scope, and its body; both empty where none is."""
        mine = select(totals.c.month, totals.c.body).where(totals.c.scope == scope)
        row = self._connection.execute(mine.order_by(totals.c.month.desc()).limit(1)).first()
        return (row.month, row.body) if row else ("", "")

    def tell(self, month: str, bodies: Mapping[str, str], now: float) -> bool:
        """Write down what is told of a month; False, and nothing done, where it was before."""
        new = _NEW[self._connection.dialect.name]
        first = {"month": month, "scope": EVERYBODY, "body": bodies[EVERYBODY], "made": now}
        if self._connection.execute(new, first).first() is None:
            return False
        for scope, body in bodies.items():
            if scope != EVERYBODY:
                self._connection.execute(new, {**first, "scope": scope, "body": body})
        return True

    def clear(self, scopes: Iterable[str]) -> None:
        """Let go of what was told of these groups."""
        gone = sorted(each for each in scopes if each != EVERYBODY)
        self._connection.execute(delete(totals).where(totals.c.scope.in_(gone)))
