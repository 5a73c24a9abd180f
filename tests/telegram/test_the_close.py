"""The end of a reflection on Telegram: a page as a file, one message in a week, one tap."""

from tests.botapi import Seen
from tests.conftest import StoppedClock
from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_WORDS, Talk

PAGE = "Yes, and a file to print"


async def comes_to(jo: Talk, step: str) -> None:
    """Leave out everything up to a question near the end."""
    await jo.says_all(TO_WORDS)
    while (place := jo.session().place) and place[-1].step != step:
        await jo.says("skip")


async def test_the_page_comes_as_a_file_without_a_sound(serving: Serving, jo: Talk) -> None:
    """It stands below its words, opens by itself, and its name tells nobody anything."""
    async with serving():
        await comes_to(jo, "letter")
        await jo.taps(PAGE)
        await jo.settled()
        files = [seen for seen in jo.person.history() if seen.document]
        assert [seen.document.name for seen in files if seen.document] == ["page.html"]
        made = files[0].document.content if files[0].document else b""
        assert made.startswith(b'<!DOCTYPE html>\n<html lang="en">')
        assert b"2 November 2026" in made
        (asked,) = jo.api.calls_of("sendDocument")
        assert asked["disable_notification"] in (True, "true", "True")


async def test_hiding_the_chat_takes_the_file_along(serving: Serving, jo: Talk) -> None:
    """What was sent as a file is cleared like every other message."""
    async with serving():
        await comes_to(jo, "letter")
        await jo.taps(PAGE)
        await jo.settled()
        await jo.person.says("/hide")
        while "cleared what I can" not in (await jo.reads()).text:
            pass
        await jo.settled()
        assert [seen for seen in jo.person.history() if seen.document] == []


async def finishes(jo: Talk) -> None:
    """Go to the end, with a yes to one message in a week."""
    await comes_to(jo, "follow")
    await jo.taps("Yes")


async def test_one_message_comes_and_one_tap_ends_it(
    serving: Serving, jo: Talk, clock: StoppedClock
) -> None:
    """After a week, also when Kith was not running meanwhile; then there is quiet."""
    async with serving():
        await finishes(jo)
    clock.wait(days=7, minutes=1)
    async with serving():
        (asked,) = await jo.hears()
        assert "Who did you see this week?" in asked.text
        assert [row[0] for row in asked.buttons[:3]] == [
            *("I saw someone", "Not yet", "It didn't work out")
        ]
        said: list[Seen] = await jo.taps("Not yet")
        assert "I'll stay quiet now." in said[0].text
    clock.wait(days=300)
    async with serving():
        await jo.is_left_alone()


async def test_whoever_blocked_hears_nothing_even_after_coming_back(
    serving: Serving, jo: Talk, clock: StoppedClock
) -> None:
    """A block takes the message off the list."""
    async with serving():
        await finishes(jo)
        await jo.person.blocks()
        await jo.api.drained()
        await jo.person.unblocks()
    clock.wait(days=8)
    async with serving():
        await jo.is_left_alone()
