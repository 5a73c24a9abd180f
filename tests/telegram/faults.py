"""Use cases that fail at the seam to the database, as a full disk or a lost server would."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import NoReturn

from sqlalchemy.exc import OperationalError

from bot.arrivals import Arrival, Outcome
from bot.library import Library
from bot.safety.families import Families
from bot.turns import Turns
from storage.showing import Sent
from storage.store import Store, Transaction


def away() -> OperationalError:
    """Give what SQLAlchemy raises when the database is away."""
    return OperationalError("INSERT INTO ledger", {}, Exception("disk I/O error"))


class Refusing(Turns):
    """Refuses the first time anything arrives; then all is well."""

    refusals = 1

    def take(self, arrivals: Sequence[Arrival], sent: Sequence[Sent] = ()) -> list[Outcome]:
        """Take arrivals in, but not the first time."""
        if self.refusals and arrivals:
            self.refusals -= 1
            raise away()
        return super().take(arrivals, sent)


class RefusingTwice(Refusing):
    """Refuses a batch, and then the first of its arrivals when they are tried one by one."""

    refusals = 2


class RefusingWhileScreening(Refusing):
    """Refuses the first arrival by itself, because the next one takes a moment to be screened."""

    def screened(self, arrival: Arrival) -> Arrival:
        """Look at a text for a moment."""
        time.sleep(0.1)
        return super().screened(arrival)


class RefusingOne(Turns):
    """Refuses whatever comes from person 8, once each time it is tried in the first batch."""

    refusals = 2

    def take(self, arrivals: Sequence[Arrival], sent: Sequence[Sent] = ()) -> list[Outcome]:
        """Take arrivals in, but not yet those of person 8."""
        if self.refusals and any(
            each.person == self.store.name("telegram", "8") for each in arrivals
        ):
            self.refusals -= 1
            raise away()
        return super().take(arrivals, sent)


class ClockRefused(Turns):
    """Refuses the first time it is asked what is due."""

    refusals = 1

    def due_in(self, tx: Transaction) -> list[Arrival]:
        """Give what is due, but not the first time."""
        if self.refusals:
            self.refusals -= 1
            raise away()
        return super().due_in(tx)


class Absent(Store):
    """A database that is away for the next few transactions."""

    absences = 0

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open a transaction, or fail as long as the database is away."""
        if self.absences:
            self.absences -= 1
            raise away()
        return super().transaction()


class OutboxRefused(Turns):
    """The database is away once, right after the first turn was kept."""

    def __init__(
        self, store: Store, library: Library, clock: Callable[[], datetime], holder: str
    ) -> None:
        super().__init__(Absent(store.engine, store.keys), library, clock, holder)
        self.kept = 0

    def take(self, arrivals: Sequence[Arrival], sent: Sequence[Sent] = ()) -> list[Outcome]:
        """Take arrivals in; after the first the database is away once."""
        outcomes = super().take(arrivals, sent)
        self.kept += 1
        if self.kept == 1 and isinstance(self.store, Absent):
            self.store.absences = 1
        return outcomes


class Slow(Turns):
    """Takes a moment for each turn; `began` says that one is under way."""

    began = threading.Event()

    def take(self, arrivals: Sequence[Arrival], sent: Sequence[Sent] = ()) -> list[Outcome]:
        """Take arrivals in, slowly."""
        self.began.set()
        time.sleep(0.2)
        return super().take(arrivals, sent)


class Away(Turns):
    """The database is away until it is said to be back."""

    gone = True

    def __init__(
        self, store: Store, library: Library, clock: Callable[[], datetime], holder: str
    ) -> None:
        super().__init__(Gone(store.engine, store.keys), library, clock, holder)


class Gone(Store):
    """A database that is away as long as `Away` says so, once it was opened."""

    asked = 0

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open a transaction, or fail while the database is away."""
        self.asked += 1
        if Away.gone and self.asked > 1:
            raise away()
        return super().transaction()


class Deaf(Turns):
    """Every rule that reads a text fails."""

    def __init__(
        self, store: Store, library: Library, clock: Callable[[], datetime], holder: str
    ) -> None:
        deaf = Families((Failing(),))  # type: ignore[arg-type]
        super().__init__(store, replace(library, families=deaf), clock, holder)


class Failing:
    """A rule that fails whatever it reads."""

    def fires(self, _: object) -> NoReturn:
        """Fail."""
        raise RuntimeError("a rule that is broken")
