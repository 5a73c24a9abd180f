"""Everybody of a run: they talk at the same time on every channel, and later they are forgotten."""

import asyncio
import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from bot.library import Library
from bot.turns import Turns
from tests.canary.installation import PATIENCE, Chat, Installation
from tests.canary.marks import Told, chat_of
from tests.canary.person import ANYWHERE, AT_A_TERMINAL, IN_JSON, ON_TELEGRAM, Person, kinds_of
from tests.canary.talking import AtATerminal, InJson, OnTelegram
from tests.databases import opened_store
from tests.storm.watched import Watched

PEOPLE: Final = int(os.environ.get("KITH_TEST_PEOPLE_MARKED", "30"))
FEW: Final = PEOPLE <= 30
SECONDS: Final = 9.0 if FEW else 600.0
"""So long people on Telegram talk; Kith gives one chat one message a second in the long run."""
EXTRAS: Final = 7 if FEW else 30
VICTIM: Final = 9_000
"""Whose row is spoilt for a while."""
LONG_AFTER: Final = timedelta(days=400)


@dataclass(slots=True)
class Everybody:
    """The people of a run: most on Telegram, some behind another program, some at a terminal."""

    api: Watched
    place: Installation
    on_telegram: list[OnTelegram]
    in_json: list[Person]
    typing: list[Person]
    victim: OnTelegram

    @classmethod
    def of(cls, library: Library, api: Watched, place: Installation, many: int) -> "Everybody":
        """Give so many people, and one more whose row will be spoilt."""
        json, typing = max(1, many // 15), max(1, many // 30)
        numbers = [range(json), range(json, json + typing), range(json + typing, many)]
        ways = [(*ANYWHERE, *IN_JSON), AT_A_TERMINAL, (*ANYWHERE, *ON_TELEGRAM)]
        chat, typed, away = (
            people_of(library, each, way) for each, way in zip(numbers, ways, strict=True)
        )
        victim = OnTelegram(api, Person(Told(VICTIM), kinds_of(library), Random(0), []))
        return cls(api, place, [OnTelegram(api, each) for each in away], chat, typed, victim)

    @property
    def people(self) -> list[tuple[str, Told]]:
        """Give everybody with their channel."""
        others = [("terminal", each.told) for each in (*self.in_json, *self.typing)]
        return [("telegram", each.person.told) for each in self.on_telegram] + others

    async def talk(self, until: float) -> None:
        """Let everybody talk, to the end or until then."""
        others = [asyncio.to_thread(self._in_json, each) for each in self.in_json]
        others += [asyncio.to_thread(self._at_a_terminal, each) for each in self.typing]
        await asyncio.gather(*(each.talks(until) for each in self.on_telegram), *others)

    def _in_json(self, person: Person) -> None:
        with self._chat(person, "--json") as chat:
            InJson(chat, person).talks()

    def _at_a_terminal(self, person: Person) -> None:
        with self._chat(person) as chat:
            AtATerminal(chat, person).talks()

    def _chat(self, person: Person, *words: str) -> AbstractContextManager[Chat]:
        return self.place.chat(*words, "--as", str(chat_of(person.told.whose)))

    async def settled(self) -> None:
        """Wait until every update was taken and nothing waits to go out."""
        async with asyncio.timeout(PATIENCE):
            while self.api.undelivered() or self.place.count("outbox"):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.1)

    async def are_forgotten(self, library: Library) -> None:
        """Forget a third by themselves, a third by the operator, and the rest by their time."""
        for number, one in enumerate(self.on_telegram):
            if number % 3 == 0:
                await one.forgets()
            elif number % 3 == 1:
                await asyncio.to_thread(self._by_operator, f"telegram:{one.chat}")
        await asyncio.to_thread(self._by_operator, f"telegram:{self.victim.chat}")
        for number, person in enumerate((*self.in_json, *self.typing)):
            if number % 3 == 0:
                lines = '{"command": "forget"}\n{"choose": "forget all"}\n'
                name = str(chat_of(person.told.whose))
                said = await asyncio.to_thread(
                    self.place.said, "chat", "--json", "--as", name, lines=lines
                )
                assert said.returncode == 0, said.stderr
            elif number % 3 == 1:
                await asyncio.to_thread(self._by_operator, f"terminal:{chat_of(person.told.whose)}")
        await self.settled()
        await asyncio.to_thread(by_their_time, self.place.url, library)

    def _by_operator(self, whom: str) -> None:
        said = self.place.said("forget", whom)
        assert said.returncode == 0, said.stderr


def by_their_time(url: str, library: Library) -> None:
    """Let more than a year pass, day for day as far as anything is due."""
    now = datetime.now(UTC)
    with closing(opened_store(url)) as store:
        turns = Turns(store, library, lambda: now)
        end = now + LONG_AFTER
        while now < end:
            now += timedelta(days=5)
            while due := turns.due():
                turns.take(due)


def people_of(library: Library, whose: Iterable[int], extras: tuple[str, ...]) -> list[Person]:
    """Give people who tell much, each with some of the extras in an order of their own."""
    kinds = kinds_of(library)
    found = []
    for number in whose:
        chance = Random(f"canary/{number}")
        mixed = chance.sample(extras, len(extras))[: EXTRAS + number % 3]
        # what wipes something comes behind what makes it
        mixed.sort(key=lambda each: each.startswith("wipe"))
        found.append(Person(Told(number), kinds, chance, mixed))
    return found
