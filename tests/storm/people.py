"""Everybody of a storm: each answers what they are asked, and taps what was doubled once more."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from tests.botapi import Person
from tests.storm.walker import GUARDED, Photo, Tap, Write, deed
from tests.storm.watched import Put, Watched

FIRST = 1000


@dataclass(slots=True)
class Gate:
    """Lets people act only so often as they may, so that a run lasts as long as its kills."""

    open: bool = True
    passes: int = 0
    passed: int = 0
    moved: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def through(self) -> None:
        """Wait until one may act."""
        async with self.moved:
            await self.moved.wait_for(lambda: self.open or self.passes > 0)
            self.passes -= 1
            self.passed += 1

    async def let(self, more: int) -> None:
        """Let so many more act; none that were not used stay."""
        async with self.moved:
            self.passes = more
            self.moved.notify_all()

    async def stand_open(self) -> None:
        """Let everybody act from here on."""
        async with self.moved:
            self.open = True
            self.moved.notify_all()


@dataclass(slots=True)
class Rough:
    """How roughly a run treats what people send: shares of updates, and seconds."""

    repeated: float = 0.0
    repeated_late: float = 0.0
    longest_way: float = 0.0


ROUGH = Rough(repeated=0.1, repeated_late=0.1, longest_way=0.05)
LATE = 0.5


class Walker:
    """One person, who reads what comes and acts at each new question."""

    def __init__(self, api: Watched, number: int, seed: int, gate: Gate, rough: Rough) -> None:
        self.api = api
        self.chat = FIRST + number
        self.seed = f"{seed}/{number}"
        self.gate = gate
        self.rough = rough
        self.chance = Random(f"weather/{self.seed}")
        self.person: Person = api.person(self.chat, first_name=f"P{number}")
        self.done = 0
        self.stale = 0
        self.late: set[asyncio.Task[None]] = set()

    async def walk(self) -> None:
        """Talk until the dialogue has ended."""
        await self.gate.through()
        await self._sends(Write("/start"))
        answered, read, last = 0, 0, None
        while True:
            puts = self.api.puts[self.chat]
            while read < len(puts):
                put, read = puts[read], read + 1
                if put.revision > answered:
                    await self.gate.through()
                    put = _newest(puts, put)
                    todo = deed(self.seed, self.done, put)
                    if todo is None:
                        return
                    self.done += 1
                    await self._sends(todo, put)
                    answered, last = put.revision, todo
                elif put.buttons and put.revision == answered and _guarded(last):
                    self.stale += 1
                    await self._sends(last, put)
            self.api.stirred[self.chat].clear()
            if read == len(puts):
                await self.api.stirred[self.chat].wait()

    async def _sends(self, todo: Tap | Write | Photo, put: Put | None = None) -> None:
        """Send it, some way away; at times the same update arrives twice, then or later."""
        await asyncio.sleep(self.chance.uniform(0, self.rough.longest_way))
        match todo:
            case Write(text):
                await self.person.says(text)
            case Photo():
                await self.person.sends_photo()
            case Tap(button, twice):
                assert put is not None
                for _ in range(1 + twice):
                    await self.person.taps_data(put.message_id, button.data)
        roll = self.chance.random()
        if roll < self.rough.repeated:
            self.api.repeat()
        elif roll < self.rough.repeated + self.rough.repeated_late:
            again = asyncio.ensure_future(self._repeats_late(self.api.issued()))
            self.late.add(again)

    async def _repeats_late(self, update_id: int) -> None:
        await asyncio.sleep(self.chance.uniform(0, LATE))
        self.api.repeat(update_id)


def _newest(puts: list[Put], put: Put) -> Put:
    """Give the newest copy of a question; a person taps what stands furthest down."""
    return [each for each in puts if each.revision == put.revision][-1]


def _guarded(last: Tap | Write | Photo | None) -> bool:
    """Say whether this was a tap on what may be tapped only once."""
    return isinstance(last, Tap) and (last.button.name.isdecimal() or last.button.name in GUARDED)
