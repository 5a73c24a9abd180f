"""All that is kept of one person, for whoever they asked outside the chat: an operator."""

from datetime import datetime

from bot.beside import beside
from bot.engine.events import RowsFound
from bot.engine.telling import all_rows, exported
from bot.languages.manner import day_in_words
from bot.library import Library
from bot.parcels import unpack_session
from storage.store import Stored, Transaction


def kept_of(
    library: Library, tx: Transaction, person: str, now: datetime
) -> dict[str, object] | None:
    """Give everything about a person as plain data for both files; None where nothing is kept.

    It is the same, row by row, as what they are shown and given themselves. Raises ValueError for a
    session that this program can't read.
    """
    row = tx.sessions([person]).get(person) or Stored(person, b"", b"")
    found = RowsFound(beside(tx, row), "export")
    if not found.rows:
        return None
    if row.trouble:
        raise ValueError(row.trouble)
    session = unpack_session(row.body)
    catalogue = library.speaking(session.language).catalogue
    rows = all_rows(catalogue, session, found)
    held = exported(catalogue, session, rows, now.isoformat(timespec="seconds"))
    code = session.language or next(iter(library.catalogue.languages), "en")
    return {**held, "lang": code, "date": day_in_words(code, now.date())}
