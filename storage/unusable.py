"""What every command may be told about the database and its keys."""


class DatabaseUnusable(Exception):
    """The database can't be opened or written; says which and what would help."""


class KeysUnusable(Exception):
    """The keys that open what people wrote can't be used; says why, and the remedy after an arrow.

    Nothing was changed.
    """
