"""How a database calls what went wrong: by a code, which holds nothing of what was stored."""

import re
import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError

UNREACHABLE: Final = "unreachable"
_CODE: Final = re.compile(r"SQLITE_[A-Z_]{1,40}|[0-9A-Z]{5}")


def code_of(error: BaseException) -> str:
    """Give SQLite's name of a fault or PostgreSQL's SQLSTATE; empty where it is none of theirs.

    `unreachable` is a fault of a connection, for which PostgreSQL has no code.
    """
    if not isinstance(error, DBAPIError | sqlite3.Error):
        return ""
    said = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(said, "sqlite_errorname", None) or getattr(said, "sqlstate", None)
    if isinstance(code, str):
        return code if _CODE.fullmatch(code) else ""
    return UNREACHABLE if isinstance(error, OperationalError) else ""
