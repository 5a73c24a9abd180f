"""An installation whose operator has confirmed the help numbers, as Telegram needs it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.confirming import confirm
from storage.database import open_database
from storage.store import Store
from tests.conftest import ROOT


def confirmed(database: str, folder: Path = ROOT / "dialogues", days_ago: int = 0) -> None:
    """Confirm the numbers in this folder for the installation with this database."""
    store = Store(open_database(database))
    confirm(store, folder, "Sam", datetime.now(UTC) - timedelta(days=days_ago))
    store.close()
