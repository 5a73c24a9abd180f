"""Somebody who has to clear the chat: both sides' messages go, the place in the questions stays."""

import pytest

from bot.turns import Turns
from tests.botapi import BotApi, Fault, Seen
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.telegram.conftest import Meets, Serving
from tests.telegram.talk import TO_PERSON, TO_WORDS, Talk

LINE = "I have cleared what I can here."


async def hides(jo: Talk, words: str = "/hide") -> Seen:
    """Type it, and give the line that comes once the chat is cleared."""
    await jo.person.says(words)
    while not (line := await jo.reads()).text.startswith(LINE):
        pass
    await jo.settled()
    assert jo.person.history()[-1] == line
    assert line.buttons == ()
    return line


async def test_both_sides_are_cleared_and_the_place_is_kept(serving: Serving, jo: Talk) -> None:
    """One short line is left, which names nothing; the next message brings the question again."""
    async with serving():
        asked = await jo.says_all(TO_PERSON)
        answers, place = jo.session().answers, jo.session().place
        line = await hides(jo)
        assert jo.person.history() == [line]
        assert "older than two days stay until you delete the chat" in line.text
        assert (jo.session().answers, jo.session().place) == (answers, place)
        again = await jo.says("hello")
        assert again[-1].text == asked.text
        assert again[-1].buttons == asked.buttons
        assert (jo.session().answers, jo.session().place) == (answers, place)


@pytest.mark.parametrize("words", ["/hide", "hide", "Hide this chat"])
@pytest.mark.parametrize("before", [(), ("/start",), ("/start", "/menu"), ("/start", "/stop")])
async def test_it_works_from_everywhere(
    words: str, before: tuple[str, ...], serving: Serving, jo: Talk
) -> None:
    """Also before anything has begun, on a screen, and when everything is stopped."""
    async with serving():
        if before:
            await jo.says_all(before)
        line = await hides(jo, words)
        assert jo.person.history() == [line]
        assert (await jo.says("hello"))[-1].buttons


async def test_a_concern_about_abuse_offers_it(serving: Serving, jo: Talk) -> None:
    """One tap clears the chat, numbers and all; then the question is asked again."""
    async with serving():
        asked = await jo.says_all(TO_WORDS)
        await jo.says("my husband hits me")
        await jo.person.taps_old(jo.asked.message_id, "Hide this chat")
        assert (await jo.reads()).text.startswith(LINE)
        assert len(jo.person.history()) == 1
        assert (await jo.says("hello"))[-1].text == asked.text


async def test_after_a_heavy_word_it_is_asked_whether_it_is_safe_enough(
    serving: Serving, jo: Talk
) -> None:
    """Clearing the chat does not skip what comes before going on."""
    async with serving():
        await jo.says_all(TO_WORDS)
        await jo.says("I want to kill myself tonight")
        await hides(jo)
        (safe,) = await jo.says("hello")
        assert safe.text == "Is it safe enough for you to go on now?"


async def test_a_long_chat_is_cleared_too(api: BotApi, serving: Serving, jo: Talk) -> None:
    """Telegram deletes a hundred at once; as often as needed."""
    async with serving():
        await jo.says_all(TO_WORDS)
        for _ in range(60):
            await jo.says("/menu")
        assert len(jo.person.history()) > 120
        await hides(jo)
        calls = [call["message_ids"] for call in api.calls_of("deleteMessages")]
        assert [len(numbers) for numbers in calls][:-1] == [100] * (len(calls) - 1)
        assert len(calls) > 1


async def test_what_is_too_old_stays_and_holds_nothing_up(
    serving: Serving, jo: Talk, clock: StoppedClock
) -> None:
    """After two days Telegram keeps a message; it is not even asked for those."""
    async with serving():
        await jo.says("/start")
        await jo.settled()
        old = [seen.message_id for seen in jo.person.history()]
        clock.wait(hours=49)
        jo.person.lets_pass(49)
        await jo.says("Yes")
        await hides(jo)
        left = [seen.message_id for seen in jo.person.history()]
        assert left[:-1] == old
        (call,) = jo.api.calls_of("deleteMessages")
        assert not set(call["message_ids"]) & set(old)


async def test_one_that_can_not_be_deleted_keeps_no_other(serving: Serving, jo: Talk) -> None:
    """Where Telegram refuses all for the sake of one, they are deleted one by one."""
    async with serving():
        await jo.says("/start")
        old = [seen.message_id for seen in jo.person.history()]
        jo.person.lets_pass(49)
        await jo.says("Yes")
        await hides(jo)
        assert [seen.message_id for seen in jo.person.history()][:-1] == old


async def test_it_survives_a_crash(api: BotApi, serving: Serving, jo: Talk) -> None:
    """A process that dies before Telegram has deleted anything leaves it to the next one."""
    async with serving():
        await jo.says_all(TO_WORDS)
        api.inject("deleteMessages", Fault(cut="before"), times=50)
        await jo.person.says("/hide")
        await api.until_called("deleteMessages")
    assert len(jo.person.history()) > 1
    assert jo.waiting() == 1
    api.faults.clear()
    async with serving():
        await jo.settled()
        (line,) = jo.person.history()
        assert line.text.startswith(LINE)


async def test_cards_and_photos_go_as_well(serving: Serving, jo: Talk) -> None:
    """Whatever kind of message it was, by whichever side."""
    async with serving():
        await jo.says("/help")
        await jo.cards()
        await jo.person.sends_photo()
        await jo.hears()
        line = await hides(jo)
        assert jo.person.history() == [line]


async def test_who_was_forgotten_leaves_no_number_behind(serving: Serving, jo: Talk) -> None:
    """Nothing says that somebody once was here, not even the farewell."""
    async with serving():
        await jo.says_all((*TO_WORDS, "forget everything"))
        assert jo._reads("SELECT number FROM messages WHERE person = ?")
        await jo.person.taps("Yes, forget everything for good")
        await jo.reads()
        await jo.settled()
        assert jo._reads("SELECT number FROM messages WHERE person = ?") == []


async def test_numbers_are_kept_for_two_days(
    serving: Serving, jo: Talk, clock: StoppedClock, library, database: str
) -> None:
    """What can't be deleted any more is not known any more."""
    async with serving():
        await jo.says("/start")
    store = opened_store(database)
    turns = Turns(store, library, clock)
    clock.wait(hours=47)
    with store.transaction() as tx:
        turns.prune(tx)
        assert len(tx.shown(jo.key, 0.0)) == 3
    clock.wait(hours=2)
    with store.transaction() as tx:
        turns.prune(tx)
        assert tx.shown(jo.key, 0.0) == []
    store.close()


async def test_each_person_clears_only_their_own_chat(serving: Serving, meets: Meets) -> None:
    """Nobody else's messages are touched."""
    jo, al = meets(7), meets(8, "Al")
    async with serving():
        await jo.says("/start")
        await al.says("/start")
        before = al.person.history()
        await hides(jo)
        assert al.person.history() == before
