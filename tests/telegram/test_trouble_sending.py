"""Trouble on the way out: nothing lost, the order kept, nobody else held up."""

import pytest

from tests.botapi import BotApi, Fault
from tests.telegram.conftest import Meets, Serving
from tests.telegram.talk import TO_QUOTED, Talk

HELLO, QUESTION = "Hello. I'm Kith, a program.", "First, are you 18 or over?"
PTB = "ignore::telegram.warnings.PTBDeprecationWarning"


def beginnings(jo: Talk) -> list[str]:
    """Give what was said so far, each by its first words."""
    known = (HELLO, QUESTION, "Might someone else")
    return [next((each for each in known if text.startswith(each)), text) for text in jo.said]


@pytest.mark.filterwarnings(PTB)
async def test_a_flood_limit_holds_up_one_chat_only(
    api: BotApi, serving: Serving, meets: Meets
) -> None:
    """While one chat has to wait, another is answered; then the first gets all, in order."""
    jo, al = meets(7, "Jo"), meets(8, "Al")
    api.inject("sendMessage", Fault(retry_after=2))
    async with serving():
        await jo.person.says("/start")
        await api.until_called("sendMessage")
        await al.says_all(("/start", "Yes"))
        assert jo.said == []
        await jo.hears()
        assert beginnings(jo) == [HELLO, QUESTION]


@pytest.mark.filterwarnings(PTB)
async def test_a_flood_limit_in_the_middle_of_a_long_text_repeats_nothing(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """A text in several pieces goes on with the piece that was refused."""
    async with serving():
        await jo.says_all((*TO_QUOTED, "word " * 799))
        api.inject("sendMessage", Fault())
        api.inject("sendMessage", Fault(retry_after=1))
        said = await jo.says("/kept")
        assert len({seen.text for seen in said}) == len(said)


async def test_a_server_error_and_a_cut_line_lose_nothing(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """What could not be sent is sent a little later, once, in order."""
    for fault in (Fault(status=502), Fault(), Fault(cut="before"), Fault()):
        api.inject("sendMessage", fault)
    async with serving():
        await jo.says("/start")
        assert beginnings(jo) == [HELLO, QUESTION]
        await jo.taps("Yes")
        assert beginnings(jo) == [HELLO, QUESTION, "Might someone else"]


async def test_a_lost_answer_doubles_one_message_at_most(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """Either copy of a question can be tapped, and together they answer once."""
    api.inject("sendMessage", Fault())
    api.inject("sendMessage", Fault(cut="after"))
    async with serving():
        first = (await jo.says("/start"))[-1]
        copy = (await jo.hears())[-1]
        assert beginnings(jo) == [HELLO, QUESTION, QUESTION]
        assert (first.text, first.buttons) == (copy.text, copy.buttons)
        await jo.person.taps_old(first.message_id, "Yes")
        await jo.hears()
        row = jo.row()
        stale = await jo.taps_late(copy.message_id, "No")
        assert stale
        assert stale.startswith("That button is from earlier.")
        assert jo.row() == row
        assert beginnings(jo) == [HELLO, QUESTION, QUESTION, "Might someone else"]


async def test_a_lost_answer_to_an_edit_changes_nothing(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """An edit that took effect unheard is not sent as a new message."""
    api.inject("editMessageText", Fault(cut="after"))
    async with serving():
        await jo.says_all(("/start", "Yes"))
        (back,) = await jo.taps("Back")
        await api.until_called("editMessageText", 2)
        assert [text for text in jo.said if text.startswith(QUESTION)] == [
            QUESTION,
            back.text,
        ]


async def test_a_text_telegram_refuses_does_not_stop_the_rest(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """One message that can't be sent at all is left out; what comes after it arrives."""
    api.inject("sendMessage", Fault(status=400))
    async with serving():
        await jo.says("/start")
        assert beginnings(jo) == [QUESTION]


async def test_a_slow_answer_to_a_tap_holds_up_nobody(
    api: BotApi, serving: Serving, meets: Meets
) -> None:
    """While Telegram is slow to let one person's button rest, another person is answered."""
    jo, al = meets(7, "Jo"), meets(8, "Al")
    async with serving():
        await jo.says("/start")
        api.inject("answerCallbackQuery", Fault(delay=2))
        await jo.taps("Yes")
        await al.says("/start")
        assert api.calls_of("editMessageReplyMarkup") == [], "the slow answer is still awaited"


@pytest.mark.filterwarnings(PTB)
@pytest.mark.parametrize("fault", [Fault(retry_after=1), Fault(status=502), Fault(cut="after")])
async def test_trouble_asking_for_updates_passes(
    fault: Fault, api: BotApi, serving: Serving, jo: Talk
) -> None:
    """A stumbling Telegram is asked again, and whoever wrote meanwhile is answered once."""
    api.inject("getUpdates", fault)
    async with serving():
        await jo.says("/start")
        await jo.says("Yes")
        assert beginnings(jo) == [HELLO, QUESTION, "Might someone else"]


@pytest.mark.filterwarnings(PTB)
@pytest.mark.parametrize("method", ["getMe", "setMyCommands"])
async def test_a_flood_limit_at_the_start_is_waited_for(
    method: str, api: BotApi, serving: Serving, jo: Talk
) -> None:
    """A Kith that was restarted often serves people a little later, instead of not at all."""
    api.inject(method, Fault(retry_after=1))
    async with serving():
        await jo.says("/start")
        assert beginnings(jo) == [HELLO, QUESTION]


async def test_an_update_that_cannot_be_read_stops_nobody(
    serving: Serving, jo: Talk, meets: Meets, capfd: pytest.CaptureFixture[str]
) -> None:
    """One malformed update is passed over, its words in no log; everybody else is answered."""
    al = meets(8, "Al")
    broken = {"id": "1", "question": "a canary in the mine", "options": []}
    jo.person._utter(jo.person.user, {"poll": broken})
    async with serving():
        await al.says("/start")
        assert beginnings(al) == [HELLO, QUESTION]
    assert "canary" not in capfd.readouterr().err
