"""A conversation as one person has it on Telegram: what they do, and what they then read."""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from bot.engine.session import Session
from bot.parcels import unpack_session
from storage.opening import look_into_store
from storage.store import Store
from tests.botapi import BotApi, Person, Seen
from tests.databases import where

TO_CHOICE = ("/start", "Yes")
TO_WORDS = (*TO_CHOICE, "No, only me", "Yes, go on")
TO_SEVERAL = (*TO_WORDS, "Choose from a list", "Being alone with things", "The short way")
TO_PERSON = (*TO_SEVERAL, "It wears me out", "Nothing yet", "One person")
TO_STONES = (
    *(*TO_SEVERAL, "I feel alone with it", "Nothing yet", "Nobody, and that is the point"),
    *("Since a move or a change", "Being of use to someone", "Where I live", "None of these"),
    *("I don't know", "Hard to say"),
)
TO_PLACE = (*TO_STONES, "Not sure", "No names", "Nobody right now")
TO_QUOTED = (
    *(*TO_WORDS, "Choose from a list", "Work, or a group I'm in", "My work", "The full way"),
)
"""The question whose answer is quoted back at once: how has this been for you?"""


class Talk:
    """One person and Kith. Each thing the person does gives what Kith says to it.

    Kith's turn is over with the first message that has buttons to go on with; that a question
    already answered comes to rest (one button, what was picked) is left out.
    """

    def __init__(self, api: BotApi, person: Person, database: str) -> None:
        self.api = api
        self.person = person
        self.database = database
        self.open: Seen | None = None

    async def says(self, words: str) -> list[Seen]:
        """Write something."""
        await self.person.says(words)
        return await self.hears()

    async def says_all(self, lines: Iterable[str]) -> Seen:
        """Write one line after the other; give the question that is open then."""
        for line in lines:
            await self.says(line)
        return self.asked

    async def taps(self, label: str) -> list[Seen]:
        """Tap a button of the open question."""
        await self.person.taps_old(self.asked.message_id, label)
        return await self.hears()

    async def hears(self) -> list[Seen]:
        """Read until there is something to go on with."""
        heard = [await self.reads()]
        while not heard[-1].buttons:
            heard.append(await self.reads())
        self.open = heard[-1]
        return heard

    async def reads(self) -> Seen:
        """Read the next message, old or new."""
        (seen,) = await self.person.sees()
        while at_rest(seen) or seen.contact:
            (seen,) = await self.person.sees()
        return seen

    async def settled(self) -> None:
        """Wait until nothing waits in the outbox any more."""
        async with asyncio.timeout(5):
            while self.waiting():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def cards(self) -> list[tuple[str, str]]:
        """Give the cards that stand in the chat, once nothing waits any more."""
        await self.settled()
        cards = [seen.contact for seen in self.person.history() if seen.contact and seen.by_bot]
        return [(card["first_name"], card["phone_number"]) for card in cards]

    async def is_left_alone(self, seconds: float = 0.2) -> None:
        """Fail if Kith says anything more; a button may still come to rest, and cards may come."""
        await asyncio.sleep(seconds)
        unread = [seen for seen in self.person._unread() if not seen.contact]
        assert all(map(at_rest, unread)), unread

    @property
    def asked(self) -> Seen:
        """The question that is open."""
        assert self.open is not None, "nothing has been asked yet"
        return self.open

    async def taps_late(self, message_id: int, label: str) -> str | None:
        """Tap what an old message had; give the words with which the tap is answered."""
        return await self.answer_to(await self.person.taps_old(message_id, label))

    async def answer_to(self, tap: str) -> str | None:
        """Wait until a tap is answered; give the words of the answer."""
        answers: list[dict[str, object]] = []
        while tap not in [str(answer["callback_query_id"]) for answer in answers]:
            answers = await self.api.until_called("answerCallbackQuery", len(answers) + 1)
        (text,) = [a.get("text") for a in answers if str(a["callback_query_id"]) == tap]
        return text if text is None else str(text)

    @property
    def said(self) -> list[str]:
        """All that Kith has said and that still stands, oldest first."""
        return [seen.text for seen in self.person.history() if seen.by_bot]

    @property
    def key(self) -> str:
        """The name under which this person's rows stand."""
        with self._looking() as store:
            return self._name_in(store)

    def row(self) -> bytes:
        """Give what is kept of the session, opened; empty where nothing is."""
        with self._looking() as store, store.transaction() as tx:
            found = tx.sessions([self._name_in(store)])
        return found[self._name_in(store)].body if found else b""

    def session(self) -> Session:
        """Give the session as it is stored."""
        return unpack_session(self.row())

    def waiting(self) -> int:
        """Count how many messages wait in the outbox for this person."""
        return len(self._reads("SELECT id FROM outbox WHERE person = ?"))

    @contextmanager
    def _looking(self) -> Iterator[Store]:
        # Read beside Kith, as an operator could: opening it anew would migrate it every time.
        store = look_into_store(where(self.database))
        try:
            yield store
        finally:
            store.close()

    def _name_in(self, store: Store) -> str:
        return store.name("telegram", str(self.person.user["id"]))

    def _reads(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database.removeprefix("sqlite:///"))) as connection:
            return connection.execute(query, [self.key]).fetchall()


def at_rest(seen: Seen) -> bool:
    """Say whether this only shows what was picked at a question that is answered."""
    labels = [label for row in seen.buttons for label in row]
    return seen.edited and len(labels) == 1 and labels[0].startswith("✓ ")


async def arrived(api: BotApi, method: str, n: int = 1) -> None:
    """Wait until the server has received `n` calls of a method, answered or not."""
    async with asyncio.timeout(5):
        while len(api.calls_of(method)) < n:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
