"""The one thread that writes: whatever waits when it is free goes into one transaction."""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar, assert_never

from bot.metrics import Metrics
from bot.outage import Outage
from bot.turns import Arrival, Outcome, Turns
from storage.store import Parcel, Transaction

MOST_AT_ONCE: Final = 64
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Taking:
    arrivals: tuple[Arrival, ...]
    done: Future[list[Outcome]] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Sent:
    parcel: int
    done: Future[None] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Call:
    work: Callable[[Transaction], Any]
    done: Future[Any] = field(default_factory=Future)


_Work = _Taking | _Sent | _Call
_STOP: Final = _Call(lambda _: None)


class Writer:
    """Takes work from any thread and commits it in batches; it never waits to fill one.

    What people sent and what went out to them share a transaction. A batch that fails is tried one
    by one, so that one arrival's trouble is its own. Work whose waiter has gone before its turn is
    left undone. `posted` is told in the writing thread what a commit put into the outbox, before
    anybody who waits for that commit.
    """

    def __init__(
        self,
        turns: Turns,
        metrics: Metrics,
        posted: Callable[[list[Parcel]], None] = lambda _: None,
    ) -> None:
        self._turns = turns
        self._metrics = metrics
        self._outage = Outage()
        self._posted = posted
        self._waiting: queue.SimpleQueue[_Work] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, *arrivals: Arrival) -> Future[list[Outcome]]:
        """Hand over what one person sent, in order: it is committed together, or not at all."""
        taking = _Taking(arrivals)
        self._hand_over(taking)
        return taking.done

    def sent(self, parcel: int) -> Future[None]:
        """Take out of the outbox what has gone out, together with whatever else waits."""
        sent = _Sent(parcel)
        self._hand_over(sent)
        return sent.done

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

    def _hand_over(self, work: _Work) -> None:
        if self._closed:
            work.done.cancel()
        else:
            self._waiting.put(work)

    def _run(self) -> None:
        following = self._waiting.get()
        while following is not _STOP:
            if isinstance(following, _Call):
                if following.done.set_running_or_notify_cancel():
                    self._do(following)
                following = self._waiting.get()
            else:
                batch, ahead = self._batch(following)
                self._commit([each for each in batch if each.done.set_running_or_notify_cancel()])
                following = ahead or self._waiting.get()

    def _batch(self, first: _Taking | _Sent) -> tuple[list[_Taking | _Sent], _Call | None]:
        """Gather what waits already, up to the first call."""
        batch = [first]
        while len(batch) < MOST_AT_ONCE and not self._waiting.empty():
            following = self._waiting.get()
            if isinstance(following, _Call):
                return batch, following
            batch.append(following)
        return batch, None

    def _commit(self, batch: Sequence[_Taking | _Sent]) -> None:
        if not batch:
            return
        arrivals = [one for each in batch if isinstance(each, _Taking) for one in each.arrivals]
        sent = [each.parcel for each in batch if isinstance(each, _Sent)]
        began = time.perf_counter()
        try:
            taken = self._turns.take(arrivals, sent)
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for it
            self._one_by_one(batch, error)
            return
        self._outage.committed()
        self._metrics.commits.observe(time.perf_counter() - began)
        self._metrics.turns.observe(len(arrivals))
        if parcels := [parcel for outcome in taken for parcel in outcome.parcels]:
            self._posted(parcels)
        outcomes = iter(taken)
        for each in batch:
            match each:
                case _Taking():
                    each.done.set_result([next(outcomes) for _ in each.arrivals])
                case _Sent():
                    each.done.set_result(None)
                case _:
                    assert_never(each)

    def _one_by_one(self, batch: Sequence[_Taking | _Sent], error: Exception) -> None:
        """Try a failed batch singly; whoever fails keeps their later arrivals waiting too."""
        if len(batch) == 1:
            self._outage.failed(error)
            batch[0].done.set_exception(error)
            return
        failed: set[str] = set()
        for each in batch:
            people = {one.person for one in each.arrivals} if isinstance(each, _Taking) else set()
            if people & failed:
                each.done.set_exception(error)
                continue
            self._commit([each])
            if each.done.exception():
                failed |= people

    def _do(self, call: _Call) -> None:
        try:
            with self._turns.store.transaction() as tx:
                result = call.work(tx)
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for it
            self._outage.failed(error)
            call.done.set_exception(error)
        else:
            call.done.set_result(result)
