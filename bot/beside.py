"""The rows about a person that lie beside their session, as plain data."""

from collections.abc import Mapping
from typing import Any

from bot.parcels import unpack
from storage.store import Stored, Transaction

Beside = tuple[tuple[str, Mapping[str, Any]], ...]
"""Each row: the name of its table, and its columns by name."""


def beside(tx: Transaction, row: Stored) -> Beside:
    """Give every row about a person, with where to reach them in that of their session."""
    found = tx.beside(row.person)
    address = unpack(row.address) if row.address else {}
    reach: dict[str, Any] = {name: address[name] for name in ("channel", "chat") if name in address}
    return tuple(
        (table, {**reach, **each} if table == "sessions" else each)
        for table, rows in found.items()
        for each in rows
    )
