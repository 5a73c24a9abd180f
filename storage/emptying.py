"""Taking what was deleted out of SQLite's log, where it would stand until it is written over."""

import sqlite3

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError


def empty_log(engine: Engine) -> bool:
    """Empty the write-ahead log; False where somebody reads in it just now, to be tried again."""
    try:
        connection = engine.raw_connection()
    except OperationalError:
        return False
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone() or (1,)
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return not busy
