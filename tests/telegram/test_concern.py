"""A text that sounds as if somebody may not be safe: help at once, and the words go nowhere."""

from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.logged import Logged
from tests.telegram.conftest import Serving
from tests.telegram.faults import Refusing
from tests.telegram.talk import (
    TO_CHOICE,
    TO_PERSON,
    TO_PLACE,
    TO_SEVERAL,
    TO_STONES,
    TO_WORDS,
    Talk,
)

WORDS = "I want to kill myself tonight"
PLACES = {
    "yes or no": ("/start",),
    "a choice": TO_CHOICE,
    "words": TO_WORDS,
    "several": TO_SEVERAL,
    "a person": TO_PERSON,
    "stones": TO_STONES,
    "a place": TO_PLACE,
}


def nowhere(words: str, api: BotApi, folder: Path, logged: Logged) -> None:
    """Assert that no file, no message of Kith's and no log line holds the words."""
    for file in folder.glob("kith.db*"):
        assert words.lower().encode() not in file.read_bytes().lower()
    assert words.lower() not in str([call.params for call in api.calls]).lower()
    assert words.lower() not in logged.text.lower()


@pytest.mark.parametrize("place", PLACES)
async def test_help_comes_first_and_the_question_waits(
    place: str,
    *,
    api: BotApi,
    serving: Serving,
    jo: Talk,
    tmp_path: Path,
    logged: Logged,
) -> None:
    """Numbers at once, then one plain question, then the same question; the words are nowhere."""
    async with serving():
        asked = await jo.says_all(PLACES[place])
        answers = jo.session().answers
        (numbers,) = await jo.says(WORDS)
        assert "ring 999" in numbers.text
        assert "116 123" in numbers.text
        await jo.taps("I have seen this")
        assert jo.asked.text == "Is it safe enough for you to go on now?"
        (again,) = await jo.taps("Yes, go on")
        assert again.text == asked.text.split("Hello. I'm Kith")[-1] or again.text == asked.text
        assert again.buttons == asked.buttons
        assert jo.session().answers == answers
        nowhere("kill myself", api, tmp_path, logged)
    nowhere("kill myself", api, tmp_path, logged)


async def test_the_very_first_words_may_be_the_heavy_ones(
    api: BotApi, serving: Serving, jo: Talk, tmp_path: Path, logged: Logged
) -> None:
    """Nobody has to get past a hello or an age question to be heard in danger."""
    async with serving():
        (numbers,) = await jo.says(WORDS)
        assert "ring 999" in numbers.text
        await jo.taps("I have seen this")
        await jo.taps("Yes, go on")
        assert "are you 18 or over" in jo.asked.text
    nowhere("kill myself", api, tmp_path, logged)


async def test_on_a_screen_beside_the_questions_it_is_noticed_too(
    api: BotApi, serving: Serving, jo: Talk, tmp_path: Path, logged: Logged
) -> None:
    """In the menu, while paused and after the end, heavy words still bring help."""
    async with serving():
        for before in ("/menu", "/pause", "/kept", "/stop", "/start"):
            await jo.says_all(("/start", before))
            (numbers,) = await jo.says(WORDS)
            assert "ring 999" in numbers.text
    nowhere("kill myself", api, tmp_path, logged)


async def test_a_failing_database_puts_no_words_in_the_log(
    api: BotApi, serving: Serving, jo: Talk, tmp_path: Path, logged: Logged
) -> None:
    """Trouble on Kith's side never writes down what somebody said."""
    async with serving(Refusing):
        numbers, *_ = await jo.says(WORDS)
        assert "ring 999" in numbers.text
    nowhere("kill myself", api, tmp_path, logged)
