"""Who has confirmed which state of the help numbers, and when."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from storage.tables import confirmations

LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody confirmed the help numbers of this digest; `at` is in seconds since 1970."""

    digest: str
    who: str
    at: float


def confirm_in(connection: Connection, confirmation: Confirmation) -> None:
    """Keep a confirmation; an earlier one of the same state goes."""
    same = confirmations.c.digest == confirmation.digest
    connection.execute(delete(confirmations).where(same))
    row = {"who": confirmation.who[:LONGEST_NAME], "at": confirmation.at}
    connection.execute(insert(confirmations).values(digest=confirmation.digest, **row))


def confirmations_in(connection: Connection) -> tuple[Confirmation, ...]:
    """Give all confirmations, the newest first."""
    query = select(confirmations).order_by(confirmations.c.at.desc())
    return tuple(Confirmation(*row) for row in connection.execute(query))
