"""Commands: published with what they do, known to the engine, and help among them everywhere."""

import json

import pytest

from bot.engine.freedoms import known
from bot.groups.asked import PURPOSES
from tests.botapi import BotApi
from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_SEVERAL, TO_WORDS, Talk, arrived

PRIVATE = {"type": "all_private_chats"}


async def test_commands_are_published_for_private_chats(api: BotApi, serving: Serving) -> None:
    """The menu of the app shows every command with a few words, in chats with one person only."""
    async with serving():
        await arrived(api, "getUpdates")
    call, _ = api.calls_of("setMyCommands")
    assert call["scope"] == PRIVATE
    published = {each["command"]: each["description"] for each in call["commands"]}
    assert {"start", "help", "back", "skip", "pause", "stop", "person", "kept"} <= set(published)
    assert {"change", "forget", "menu"} <= set(published)
    assert all(text.strip() for text in published.values())
    assert all(known(name) for name in published)


async def test_commands_of_groups_are_published_so_that_nobody_else_sees_them(
    api: BotApi, serving: Serving
) -> None:
    """Four, in all groups; who gives one of them gives it unseen where Telegram can."""
    async with serving():
        await arrived(api, "getUpdates")
    _, call = api.calls_of("setMyCommands")
    assert call["scope"] == {"type": "all_group_chats"}
    assert [each["command"] for each in call["commands"]] == [*PURPOSES]
    assert all(each["description"].strip() for each in call["commands"])
    assert all(each["is_ephemeral"] for each in call["commands"])


async def test_every_published_command_is_answered(api: BotApi, serving: Serving, jo: Talk) -> None:
    """No command of the menu leads nowhere, in the middle of a reflection."""
    async with serving():
        await jo.says_all(TO_SEVERAL)
        call, _ = api.calls_of("setMyCommands")
        for command in (each["command"] for each in call["commands"]):
            if command == "hide":  # its line has no button to go on with
                await jo.person.says("/hide")
                assert "I have cleared" in (await jo.reads()).text
                continue
            said = await jo.says(f"/{command}")
            assert said[-1].text
            assert "I don't know that command" not in json.dumps([seen.text for seen in said])
            await jo.says("/resume")


async def test_an_unknown_command_is_answered_kindly(serving: Serving, jo: Talk) -> None:
    """A command that isn't there changes nothing, and the way to what there is stands with it."""
    async with serving():
        asked = await jo.says_all(TO_WORDS)
        answers = jo.session().answers
        for words in ("/fly", "/start_me_up", "/Help_me", "/helpp"):
            (kind,) = await jo.says(words)
            assert kind.text.startswith("I don't know that command.")
            assert kind.text.endswith(asked.text)
        assert jo.session().answers == answers


async def test_an_unknown_command_before_the_first_word_recalls_nothing(
    serving: Serving, jo: Talk
) -> None:
    """A stranger who mistypes a command is not told that they are in the middle of something."""
    async with serving():
        said = await jo.says("/fly")
        assert "I don't know that command." in said[0].text
        assert "in the middle" not in said[-1].text


@pytest.mark.parametrize(
    "before",
    [
        (),
        TO_WORDS,
        (*TO_WORDS, "stop"),
        (*TO_WORDS, "pause"),
        (*TO_WORDS, "/menu"),
        (*TO_WORDS, "/forget"),
        ("/start", "Yes", "change"),
    ],
    ids=["before start", "the middle", "stopped", "paused", "menu", "asked to forget", "changing"],
)
async def test_help_is_there_wherever_somebody_is(
    before: tuple[str, ...], serving: Serving, jo: Talk
) -> None:
    """999 and the lines are one word away, at every point, however it is written."""
    async with serving():
        for line in before:
            await jo.says(line)
        for words in ("/help", "/help@kith_test_bot now", "HELP", "sos"):
            (numbers,) = await jo.says(words)
            assert "ring 999" in numbers.text
            assert "116 123" in numbers.text


async def test_help_is_there_after_everything_was_forgotten(serving: Serving, jo: Talk) -> None:
    """Forgetting takes answers away, never the way to help; and help begins nothing."""
    async with serving():
        await jo.says_all((*TO_WORDS, "forget everything"))
        await jo.person.says("Yes, forget everything for good")
        await jo.reads()
        (numbers,) = await jo.says("/help")
        assert "ring 999" in numbers.text
        assert jo.session().place == ()


async def test_help_is_there_at_the_end(serving: Serving, jo: Talk) -> None:
    """After the last word of a reflection help is still one word away."""
    async with serving():
        await jo.says("/start")
        await jo.person.says("No")
        ended = await jo.reads()
        assert "I'm made for people who are 18 or over" in ended.text
        (numbers,) = await jo.says("/help")
        assert "ring 999" in numbers.text


async def test_start_in_the_middle_offers_to_go_on(serving: Serving, jo: Talk) -> None:
    """Pressing Start again wipes nothing: going on is the first thing offered."""
    async with serving():
        asked = await jo.says_all(TO_WORDS)
        answers = jo.session().answers
        await jo.says("/start")
        assert jo.asked.buttons[0] == ("Go on where I was",)
        await jo.taps("Go on where I was")
        assert jo.asked.text == asked.text
        assert jo.session().answers == answers
