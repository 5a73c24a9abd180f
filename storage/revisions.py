"""Which revisions of the tables this program knows."""

from pathlib import Path
from typing import Final

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def known_revisions() -> tuple[str, ...]:
    """Give the revisions that this program knows, the newest first: files are named after them."""
    steps = (MIGRATIONS / "versions").glob("[0-9]*.py")
    return tuple(sorted((step.name.partition("_")[0] for step in steps), reverse=True))
