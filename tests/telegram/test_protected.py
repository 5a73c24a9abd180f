"""What a reflection gives back can't be passed on; what is meant to be passed on can."""

from tests.botapi import BotApi
from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_PLACE, TO_QUOTED, Talk


def protected(api: BotApi, words: str) -> list[bool]:
    """Say of each message that holds these words whether Telegram lets nobody forward it."""
    calls = [call for call in api.calls_of("sendMessage") if words in str(call["text"])]
    return [str(call.get("protect_content", "")).lower() == "true" for call in calls]


async def test_own_words_that_come_back_are_protected(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """Whoever has the phone in hand for a moment can't forward them."""
    async with serving():
        await jo.says_all((*TO_QUOTED, "I dread Mondays"))
        assert protected(api, "I dread Mondays") == [True]
        assert protected(api, "Hello. I'm Kith") == [False]


async def test_the_three_side_by_side_are_protected_and_numbers_are_not(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """Help, and what follows the weighing, is there to be passed on."""
    async with serving():
        await jo.says_all(TO_PLACE)
        await jo.says("/help")
        assert set(protected(api, "Around it:")) == {True}
        assert set(protected(api, "116 123")) == {False}
        assert protected(api, jo.api.calls_of("sendMessage")[-1]["text"]) == [False]
