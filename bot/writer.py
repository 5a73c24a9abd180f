"""The one thread that writes: whatever waits when it is free goes into one transaction."""

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from bot.turns import Arrival, Outcome, Turns
from storage.store import Transaction

MOST_AT_ONCE: Final = 64
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Call:
    work: Callable[[Transaction], Any]
    done: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Taking:
    arrivals: tuple[Arrival, ...]
    done: Future[list[Outcome]] = field(default_factory=Future)


_STOP: Final = _Call(lambda _: None)


class Writer:
    """Takes work from any thread and commits it in batches; it never waits to fill one.

    A batch that fails is tried one by one, so that one arrival's trouble is its own. Work whose
    waiter has gone before its turn is left undone.
    """

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._waiting: queue.SimpleQueue[_Call | _Taking] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, *arrivals: Arrival) -> Future[list[Outcome]]:
        """Hand over what one person sent, in order: it is committed together, or not at all."""
        taking = _Taking(arrivals)
        self._hand_over(taking)
        return taking.done

    def call(self, work: Callable[[Transaction], T]) -> Future[T]:
        """Do some work in a transaction of its own, in turn with everything else."""
        call = _Call(work)
        self._hand_over(call)
        return call.done

    def close(self) -> None:
        """Finish what is in hand and stop; what comes later is cancelled."""
        self._closed = True
        self._waiting.put(_STOP)
        self._thread.join()

    def _hand_over(self, work: "_Call | _Taking") -> None:
        if self._closed:
            work.done.cancel()
        else:
            self._waiting.put(work)

    def _run(self) -> None:
        following = self._waiting.get()
        while following is not _STOP:
            if isinstance(following, _Taking):
                batch, ahead = self._batch(following)
                self._commit([each for each in batch if each.done.set_running_or_notify_cancel()])
                following = ahead or self._waiting.get()
            else:
                if following.done.set_running_or_notify_cancel():
                    self._do(following)
                following = self._waiting.get()

    def _batch(self, first: _Taking) -> tuple[list[_Taking], "_Call | None"]:
        """Gather the arrivals that wait already, up to the first that is none."""
        batch = [first]
        while len(batch) < MOST_AT_ONCE and not self._waiting.empty():
            following = self._waiting.get()
            if not isinstance(following, _Taking):
                return batch, following
            batch.append(following)
        return batch, None

    def _commit(self, batch: Sequence[_Taking]) -> None:
        if not batch:
            return
        try:
            outcomes = iter(
                self._turns.take([each for taking in batch for each in taking.arrivals])
            )
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for it
            self._one_by_one(batch, error)
            return
        for taking in batch:
            taking.done.set_result([next(outcomes) for _ in taking.arrivals])

    def _one_by_one(self, batch: Sequence[_Taking], error: Exception) -> None:
        """Try a failed batch singly; whoever fails keeps their later arrivals waiting too."""
        if len(batch) == 1:
            batch[0].done.set_exception(error)
            return
        failed: set[str] = set()
        for taking in batch:
            people = {arrival.person for arrival in taking.arrivals}
            if people & failed:
                taking.done.set_exception(error)
                continue
            self._commit([taking])
            if taking.done.exception():
                failed |= people

    def _do(self, call: _Call) -> None:
        try:
            with self._turns.store.transaction() as tx:
                result = call.work(tx)
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for it
            call.done.set_exception(error)
        else:
            call.done.set_result(result)
