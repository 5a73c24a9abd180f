"""Which revisions of the tables this program knows."""

from functools import cache
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory

MIGRATIONS: Final = Path(__file__).parent / "migrations"


@cache
def known_revisions() -> tuple[str, ...]:
    """Give the revisions that this program knows, the newest first."""
    return tuple(step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions())
