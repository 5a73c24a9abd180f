"""The one thing that every command may be told about the database."""


class DatabaseUnusable(Exception):
    """The database can't be opened or written; says which and what would help."""
