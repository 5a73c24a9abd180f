"""The one thread that writes: whatever waits when it is free goes into one transaction."""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, assert_never

from bot.arrivals import Arrival
from bot.logs.lines import log
from bot.metrics import Metrics
from bot.outage import Outage
from bot.turns import Turns
from storage.database import is_away
from storage.outbox import Parcel
from storage.showing import Sent, Shown
from storage.store import Transaction

MOST_AT_ONCE: Final = 64
Promise = Any
"""A future, of `concurrent.futures` or of `asyncio`: both are kept in the same way."""


@dataclass(frozen=True, slots=True)
class _Taking:
    arrivals: tuple[Arrival, ...]
    done: Promise


@dataclass(frozen=True, slots=True)
class _Sent:
    what: Sent
    done: Promise


@dataclass(frozen=True, slots=True)
class _Call:
    work: Callable[[Transaction], Any]
    done: Promise


@dataclass(frozen=True, slots=True)
class _Told:
    """What a commit has to tell: what it put into the outbox, and how each promise is kept."""

    parcels: list[Parcel] = field(default_factory=list)
    kept: list[tuple[Promise, Any]] = field(default_factory=list)


_Work = _Taking | _Sent | _Call
_STOP: Final = _Call(lambda _: None, None)


class Writer:
    """Takes work from any thread and commits it in batches; it never waits to fill one.

    What people sent and what went out to them share a transaction. A batch that fails is tried one
    by one, so that one arrival's trouble is its own. Work whose waiter has gone before its turn is
    left undone.

    What was handed over is promised by a `future`. A commit is told once, by `deliver`, to where
    the waiters are: first what it put into the outbox, to `posted`, then each promise is kept.
    """

    def __init__(
        self,
        turns: Turns,
        metrics: Metrics,
        posted: Callable[[list[Parcel]], None] = lambda _: None,
        future: Callable[[], Promise] = Future,
        deliver: Callable[[Callable[[], None]], object] = lambda tell: tell(),
    ) -> None:
        self._turns = turns
        self._metrics = metrics
        self._posted = posted
        self._future = future
        self._deliver = deliver
        self._outage = Outage()
        self._waiting: queue.SimpleQueue[_Work] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, *arrivals: Arrival) -> Promise:
        """Hand over what one person sent, in order: it is committed together, or not at all.

        Promises a list of outcomes.
        """
        return self._hand_over(_Taking(arrivals, self._future()))

    def sent(self, parcel: int, shown: tuple[Shown, ...] = ()) -> Promise:
        """Take out of the outbox what has gone out, together with whatever else waits.

        `shown` are the messages in the person's chat that it became.
        """
        return self._hand_over(_Sent(Sent(parcel, shown), self._future()))

    def call(self, work: Callable[[Transaction], Any]) -> Promise:
        """Do some work in a transaction of its own, in turn with everything else."""
        return self._hand_over(_Call(work, self._future()))

    def close(self) -> None:
        """Finish what is in hand and stop; what comes later is cancelled."""
        self._closed = True
        self._waiting.put(_STOP)
        self._thread.join()

    def _hand_over(self, work: _Work) -> Promise:
        if self._closed:
            work.done.cancel()
        else:
            self._waiting.put(work)
        return work.done

    def _run(self) -> None:
        following = self._waiting.get()
        while following is not _STOP:
            if isinstance(following, _Call):
                if not following.done.cancelled():
                    self._do(following)
                following = self._waiting.get()
            else:
                batch, ahead = self._batch(following)
                told = _Told()
                self._commit([each for each in batch if not each.done.cancelled()], told)
                self._tell(told)
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

    def _commit(self, batch: Sequence[_Taking | _Sent], told: _Told) -> None:
        if not batch:
            return
        arrivals = [one for each in batch if isinstance(each, _Taking) for one in each.arrivals]
        sent = [each.what for each in batch if isinstance(each, _Sent)]
        began = time.perf_counter()
        try:
            outcomes = self._turns.take(arrivals, sent)
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for it
            self._one_by_one(batch, error, told)
            return
        self._outage.committed()
        self._metrics.commits.observe(time.perf_counter() - began)
        self._metrics.turns.observe(len(arrivals))
        told.parcels.extend(parcel for outcome in outcomes for parcel in outcome.parcels)
        taken = iter(outcomes)
        for each in batch:
            match each:
                case _Taking(arrivals=mine):
                    told.kept.append((each.done, [next(taken) for _ in mine]))
                case _Sent():
                    told.kept.append((each.done, None))
                case _:
                    assert_never(each)

    def _one_by_one(self, batch: Sequence[_Taking | _Sent], error: Exception, told: _Told) -> None:
        """Try a failed batch singly; whoever fails keeps their later arrivals waiting too."""
        if len(batch) == 1:
            told.kept.append((batch[0].done, self._alone(batch[0], error, told)))
            return
        failed: set[str] = set()
        for place, each in enumerate(batch):
            people = {one.person for one in each.arrivals} if isinstance(each, _Taking) else set()
            if people & failed:
                told.kept.append((each.done, error))
                continue
            self._commit([each], told)
            if isinstance(found := told.kept[-1][1], Exception):
                failed |= people
                if is_away(found):
                    told.kept.extend((rest.done, found) for rest in batch[place + 1 :])
                    return

    def _alone(self, work: _Taking | _Sent, error: Exception, told: _Told) -> Any:
        """Commit as failed what can't be written by itself, so that it does not come for ever.

        Gives how its promise is kept: with the error only where the database is away.
        """
        if self._outage.failed(error) or isinstance(work, _Sent):
            return error
        log.error("turn-not-written", fault=error)
        try:
            outcomes = self._turns.fail(work.arrivals, type(error).__name__)
        except Exception as again:  # noqa: BLE001 - handed to whoever waits for it
            self._outage.failed(again)
            return again
        told.parcels.extend(parcel for outcome in outcomes for parcel in outcome.parcels)
        return outcomes

    def _do(self, call: _Call) -> None:
        try:
            with self._turns.store.transaction() as tx:
                result = call.work(tx)
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for it
            self._outage.failed(error)
            result = error
        self._tell(_Told(kept=[(call.done, result)]))

    def _tell(self, told: _Told) -> None:
        self._deliver(partial(_keep, self._posted, told))


def _keep(posted: Callable[[list[Parcel]], None], told: _Told) -> None:
    if told.parcels:
        posted(told.parcels)
    for done, result in told.kept:
        # where waiters live in another thread, one may go between being asked and being told
        with suppress(InvalidStateError):
            if done.cancelled():
                continue
            if isinstance(result, Exception):
                done.set_exception(result)
            else:
                done.set_result(result)
