"""Taking what was deleted out of SQLite's log, where it would stand until it is written over."""

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError


def empty_log(engine: Engine) -> bool:
    """Empty the write-ahead log; False where somebody reads in it just now, to be tried again."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone() or (1,)
    except OperationalError:
        return False
    finally:
        connection.close()
    return not busy
