"""Where everything lies that is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """The address of the database, and the master key: set, or in a file (empty: beside)."""

    database: str
    master_key: str = ""
    key_file: str = ""
