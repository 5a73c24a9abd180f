"""From every place in the shipped dialogues, on Telegram: help in one message."""

from collections.abc import Mapping

from bot.engine.session import Session
from tests.botapi import BotApi
from tests.databases import opened_store
from tests.safety.places import WORDS, put
from tests.telegram.conftest import Serving


async def test_the_same_holds_on_telegram(
    places: Mapping[str, Session], api: BotApi, serving: Serving, database: str
):
    """Somebody at every place at once: each reads the numbers, and each can go on from there."""
    store = opened_store(database)
    people = {}
    for number, (name, session) in enumerate(places.items(), 1000):
        people[name] = api.person(number)
        put(store, "telegram", number, session)
    store.close()
    async with serving():
        for person in people.values():
            await person.says(WORDS)
        for name, person in people.items():
            seen = [await person.sees(timeout=60)]
            while not seen[-1][0].buttons:
                seen.append(await person.sees(timeout=60))
            text = "\n".join(each[0].text for each in seen)
            assert "116 123" in text, name
            assert "999" in text, name
            assert "I have seen this" in str(seen[-1][0].buttons), name
