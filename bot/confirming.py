"""Whether an operator has confirmed the help numbers, and keeping that they have."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding
from bot.doctor.numbers import number_findings
from bot.files import release_of
from storage.confirming import Confirmation
from storage.store import Store

NUMBERS: Final = "safety/numbers.yaml"


def digest_of_numbers(folder: Path) -> str:
    """Know one state of the file with the help numbers from another; empty where there is none."""
    return release_of(folder, [NUMBERS]) if (folder / NUMBERS).is_file() else ""


def confirm(store: Store, folder: Path, who: str, now: datetime) -> None:
    """Keep that somebody has confirmed the help numbers as they stand in this folder."""
    with store.transaction() as tx:
        tx.confirm(Confirmation(digest_of_numbers(folder), who, now.timestamp()))


def numbers_trouble(store: Store, folder: Path, clock: Callable[[], datetime]) -> Finding | None:
    """Say what is wrong with how the help numbers are confirmed in this installation, if anything.

    Raises what the database raises.
    """
    with store.transaction() as tx:
        confirmed = tx.confirmations()
    digest, file = digest_of_numbers(folder), f"{folder.name}/{NUMBERS}"
    return next(number_findings(confirmed, digest, file, clock().date()), None)
