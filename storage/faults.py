"""How a database calls what went wrong: by a code, which holds nothing of what was stored.

It needs no database to be loaded: whoever has such an error has loaded it already.
"""

import re
from typing import Final

_CODE: Final = re.compile(r"SQLITE_[A-Z_]{1,40}|[0-9A-Z]{5}|unreachable")


def code_of(error: BaseException) -> str:
    """Give SQLite's name of a fault or PostgreSQL's SQLSTATE; empty where it is none of theirs.

    `unreachable` is a fault of a connection, for which PostgreSQL has no code. Of SQLAlchemy's
    errors the one of the driver is looked at.
    """
    said = vars(error).get("orig") or error
    match type(said).__module__.partition(".")[0]:
        case "sqlite3":
            code = getattr(said, "sqlite_errorname", "")
        case "psycopg":
            broken = any(each.__name__ == "OperationalError" for each in type(said).__mro__)
            code = getattr(said, "sqlstate", "") or ("unreachable" if broken else "")
        case _:
            return ""
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""
