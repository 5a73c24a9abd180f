"""An installation whose operator has confirmed the help numbers, as Telegram needs it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.confirming import confirm
from tests.conftest import ROOT
from tests.databases import opened_store


def confirmed(database: str, folder: Path = ROOT / "dialogues", days_ago: int = 0) -> None:
    """Confirm the numbers in this folder for the installation with this database."""
    store = opened_store(database)
    confirm(store, folder, "Sam", datetime.now(UTC) - timedelta(days=days_ago))
    store.close()
