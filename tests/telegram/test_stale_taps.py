"""Taps on what is no longer asked: a kind word, and nothing changes."""

from tests.botapi import BotApi
from tests.conftest import StoppedClock
from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_WORDS, Talk

STALE = "That button is from earlier. The newest question is further down."


async def test_a_tap_on_an_old_question_is_answered_kindly(serving: Serving, jo: Talk) -> None:
    """Scrolling up and tapping changes no answer; a small note says why."""
    async with serving():
        first = await jo.says_all(("/start",))
        await jo.says_all(("Yes", "No, only me"))
        row, said = jo.row(), jo.said
        assert await jo.taps_late(first.message_id, "No") == STALE
        assert jo.row() == row
        assert jo.said == said


async def test_ten_taps_on_one_button_are_one_answer(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """A trembling finger answers once; every tap comes to rest."""
    async with serving():
        asked = await jo.says_all(("/start",))
        for _ in range(10):
            await jo.person.taps_old(asked.message_id, "Yes")
        answers = await api.until_called("answerCallbackQuery", 10)
        await jo.hears()
        assert sorted(call.get("text", "") for call in answers) == ["", *[STALE] * 9]
        assert jo.session().turn == 2
        assert [text for text in jo.said if "look at this phone" in text] == [jo.asked.text]
        assert jo.said[-1] == jo.asked.text


async def test_ten_ticks_on_one_button_are_one_tick(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """Where several can be picked, a burst of taps ticks once instead of ticking off and on."""
    async with serving():
        asked = await jo.says_all(
            (*TO_WORDS, "Choose from a list", "Being alone with things", "The short way")
        )
        for _ in range(10):
            await jo.person.taps_old(asked.message_id, "It wears me out")
        await api.until_called("answerCallbackQuery", 10)
        assert ("✓ It wears me out",) in (await jo.hears())[-1].buttons
        assert jo.session().draft == ("worn",)


async def test_an_answered_question_shows_only_what_was_picked(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """Looking back up the chat, a person sees what they picked, and can't pick again by mistake."""
    async with serving():
        asked = await jo.says_all(("/start", "Yes"))
        await jo.taps("Someone might")
        await api.until_called("editMessageReplyMarkup")
        standing = {seen.message_id: seen for seen in jo.person.history()}
        assert standing[asked.message_id].buttons == (("✓ Someone might",),)
        assert standing[asked.message_id].text == asked.text
        row = jo.row()
        assert await jo.taps_late(asked.message_id, "✓ Someone might") == STALE
        assert jo.row() == row


async def test_a_button_from_before_everything_was_forgotten_is_old(
    serving: Serving, jo: Talk, clock: StoppedClock
) -> None:
    """What was wiped can't come back through an old button, now or in a new reflection."""
    async with serving():
        first = await jo.says_all(("/start",))
        await jo.says_all(("Yes", "forget everything"))
        await jo.person.taps("Yes, forget everything for good")
        assert (await jo.reads()).text.startswith("Everything I had kept is gone.")
        assert await jo.taps_late(first.message_id, "Yes") == STALE
        assert jo.session().answers == {}
        clock.wait(minutes=1)
        await jo.says("hello again")
        assert await jo.taps_late(first.message_id, "No") == STALE
        assert jo.session().answers == {}


async def test_forgetting_takes_its_own_button_along(serving: Serving, jo: Talk) -> None:
    """Of the chat only the goodbye is left; a tap on a phone that still shows more is stale."""
    async with serving():
        asked = await jo.says_all(("/start", "Yes", "forget everything"))
        await jo.person.taps("Yes, forget everything for good")
        await jo.reads()
        await jo.settled()
        (goodbye,) = jo.person.history()
        assert goodbye.text.startswith("Everything I had kept is gone.")
        said = jo.said
        assert await jo.taps_late(asked.message_id, "Yes, forget everything for good") == STALE
        assert jo.session().place == ()
        assert jo.said == said


async def test_buttons_nobody_offered_change_nothing(serving: Serving, jo: Talk) -> None:
    """Whatever data arrives as a tap, it is an old button at worst."""
    async with serving():
        asked = await jo.says_all(("/start", "Yes"))
        row, said = jo.row(), jo.said
        revision = f"{jo.session().revision:x}"
        for data in ("", "|", "zz|0|", f"{revision}|99|choice", f"{revision}||", "-1|0|", "٣|٣|"):
            tap = await jo.person.taps_data(asked.message_id, data)
            assert await jo.answer_to(tap) == STALE
        assert jo.row() == row
        assert jo.said == said


async def test_help_on_an_old_message_still_helps(serving: Serving, jo: Talk) -> None:
    """However far up somebody taps Help now, they get the numbers."""
    async with serving():
        first = await jo.says_all(("/start",))
        await jo.says_all(("Yes", "No, only me"))
        await jo.person.taps_old(first.message_id, "Help now")
        (numbers,) = await jo.hears()
        assert "ring 999" in numbers.text
