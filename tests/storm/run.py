"""A whole run: many people, processes that are killed, and what is there at the end."""

import asyncio
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import create_engine, select

from bot.engine.session import Session
from bot.parcels import unpack_session
from storage.tables import ledger, outbox
from tests.databases import opened_store
from tests.storm.doubles import Kill
from tests.storm.lives import Life, Worker
from tests.storm.people import FIRST, ROUGH, Gate, Rough, Walker
from tests.storm.watched import Put, Watched

AT_STARTING = 0.2
SETTLES = 60.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is there after a run, by chat; what happened on the way."""

    sessions: dict[int, Session]
    puts: dict[int, list[Put]]
    acts: int
    failed: list[str]
    events: int
    kills: list[Kill] = field(default_factory=list)
    stale: int = 0
    log: str = ""


@dataclass(slots=True)
class Storm:
    """One run in one place: a database, the processes on it, and the people."""

    api: Watched
    database: str
    workers: list[Worker]
    log: Path
    people: int
    seed: int
    lives: list[Life] = field(default_factory=list)
    kills: list[tuple[Life, set[str]]] = field(default_factory=list)

    async def calm(self) -> Outcome:
        """Let everybody talk undisturbed."""
        return await self._run(Gate(), Rough(), 0, 0)

    async def rough(self, kills: int, acts: int) -> Outcome:
        """Let everybody talk while processes are killed; `acts` is how much people will do."""
        return await self._run(Gate(open=False), ROUGH, kills, acts)

    async def _run(self, gate: Gate, rough: Rough, kills: int, acts: int) -> Outcome:
        self.lives = [await worker.start() for worker in self.workers]
        walkers = [Walker(self.api, n, self.seed, gate, rough) for n in range(self.people)]
        walks = [asyncio.ensure_future(walker.walk()) for walker in walkers]
        try:
            await self._kill_and_start(kills, acts, gate)
            await gate.stand_open()
            _, hanging = await asyncio.wait(walks, timeout=SETTLES)
            assert not hanging, self._told_of(
                [w for w, t in zip(walkers, walks, strict=True) if not t.done()]
            )
            await asyncio.gather(*walks, *(late for walker in walkers for late in walker.late))
            await self._settled()
        finally:
            for walk in walks:
                walk.cancel()
            for life in self.lives:
                await life.kill()
        stale = sum(walker.stale for walker in walkers)
        return self._outcome(gate.passed, stale)

    async def _kill_and_start(self, kills: int, acts: int, gate: Gate) -> None:
        """Kill and start again, each time after a share of what people do, at a random moment."""
        chance = Random(f"kills/{self.seed}")
        for number in range(kills):
            share = max(1, -(-(acts - gate.passed) // (kills - number)))
            await gate.let(share + share // 2)
            place = chance.randrange(len(self.workers))
            if chance.random() < AT_STARTING:
                await asyncio.sleep(chance.uniform(0, 0.3))
            else:
                await self._until_sent(chance.randint(0, share))
                await asyncio.sleep(chance.uniform(0, 0.03))
            await self.lives[place].kill()
            self.kills.append((self.lives[place], self._unmarked()))
            self.lives[place] = await self.workers[place].start()

    async def _until_sent(self, more: int) -> None:
        """Wait until so many more messages were sent; not for ever, for some may not come now."""
        wanted = self.api.count + more
        for _ in range(300):
            if self.api.count >= wanted:
                return
            await asyncio.sleep(0.005)

    def _unmarked(self) -> set[str]:
        """Give the people for whom something waits in the outbox."""
        engine = create_engine(self.database)
        try:
            with engine.connect() as connection:
                people = connection.scalars(select(outbox.c.person)).all()
        finally:
            engine.dispose()
        return set(people)

    async def _settled(self) -> None:
        """Wait until every update was taken and every message marked."""
        async with asyncio.timeout(SETTLES):
            while self.api.undelivered() or self._unmarked():  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.05)

    def _told_of(self, hanging: list[Walker]) -> str:
        """Tell where people hang, for whoever has to find out why."""
        told = [f"{w.chat} after {w.done}: {self.api.puts[w.chat][-2:]}" for w in hanging[:3]]
        log = self.log.read_text(encoding="utf-8")[-2000:] if self.log.exists() else ""
        return f"{len(hanging)} people wait for ever: {told}\n{sorted(self._unmarked())}\n{log}"

    def _outcome(self, acts: int, stale: int) -> Outcome:
        store = opened_store(self.database)
        chats = range(FIRST, FIRST + self.people)
        with closing(store), store.transaction() as tx:
            names = {chat: store.name("telegram", str(chat)) for chat in chats}
            rows = tx.sessions(names.values())
            events = tx._connection.execute(select(ledger.c.event, ledger.c.failed)).all()
        sessions = {chat: unpack_session(rows[names[chat]].body) for chat in chats}
        return Outcome(
            sessions,
            dict(self.api.puts),
            acts,
            [event.failed for event in events if event.failed],
            len([event for event in events if event.event.startswith("telegram:")]),
            [
                Kill(life, frozenset(c for c in chats if names[c] in left))
                for life, left in self.kills
            ],
            stale,
            self.log.read_text(encoding="utf-8") if self.log.exists() else "",
        )
