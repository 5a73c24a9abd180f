"""/language in Telegram: a command like the others, with buttons in each language's own name."""

import pytest

from bot.library import Library
from tests.botapi import BotApi
from tests.languages.madeup import ACCENTED, accented, library_in
from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_WORDS, Talk, arrived


@pytest.fixture(scope="session")
def two_languages(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_in(tmp_path_factory.mktemp("telegram"), ACCENTED, accented)


class TestOne:
    """With the dialogues as they are shipped."""

    async def test_the_command_is_published_and_honest(
        self, api: BotApi, serving: Serving, jo: Talk
    ) -> None:
        """It stands in the menu of the app, says that there is one language, and leads back."""
        async with serving():
            await arrived(api, "getUpdates")
            call, in_groups = api.calls_of("setMyCommands")
            assert "language" not in {each["command"] for each in in_groups["commands"]}
            assert "language" in {each["command"] for each in call["commands"]}
            asked = await jo.says_all(TO_WORDS)
            said = await jo.says("/language")
            assert "only this language so far" in said[-1].text
            back = await jo.taps("Back to where I was")
            assert back[-1].text == asked.text


class TestTwo:
    """With a language that is ready."""

    @pytest.fixture
    def library(self, two_languages: Library) -> Library:
        return two_languages

    async def test_a_person_changes_the_language_by_tapping(
        self, serving: Serving, jo: Talk
    ) -> None:
        """The question comes again in the other language; nothing that was answered is lost."""
        async with serving():
            await jo.says_all(TO_WORDS)
            before = jo.session()
            await jo.says("/language")
            said = await jo.taps("[eo]")
            after = jo.session()
            assert (after.place, after.answers) == (before.place, before.answers)
            assert after.language == ACCENTED
            assert said[-1].text.startswith("[")
            help_ = await jo.says("/help")
            assert accented("I am a program.")[1:8] in help_[-1].text
            assert "999" in help_[-1].text
