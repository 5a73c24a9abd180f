"""A person on Telegram, and what they see."""

from tests.botapi import BotApi
from tests.telegram.conftest import Serving


async def test_the_first_word_brings_the_hello_and_the_first_question(
    api: BotApi, serving: Serving
) -> None:
    """Whoever presses Start is greeted and asked one thing, with help in sight."""
    person = api.person(7, first_name="Jo")
    async with serving():
        await person.says("/start")
        hello, question = await person.sees(2)
        assert hello.text.startswith("Hello. I'm Kith")
        assert question.buttons[0] == ("Yes",)
        assert ("Help now", "More") in question.buttons
