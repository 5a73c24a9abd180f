"""Each thing a person does is taken once, whatever is repeated, restarted or refused."""

import asyncio

import pytest

from bot.arrivals import Arrival
from bot.engine.effects import Say
from bot.engine.events import TextReceived
from bot.library import Library
from bot.parcels import Outgoing, pack, pack_outgoing
from bot.transcripts import read_transcript
from bot.turns import Turns
from tests.botapi import BotApi, Fault
from tests.conftest import ROOT, StoppedClock
from tests.databases import opened_store
from tests.rows import post
from tests.telegram.conftest import Meets, Serving
from tests.telegram.faults import (
    ClockRefused,
    OutboxRefused,
    Refusing,
    RefusingOne,
    RefusingTwice,
    RefusingWhileScreening,
    Slow,
)
from tests.telegram.talk import Talk, arrived

TRANSCRIPTS = ROOT / "dialogues" / "transcripts"

ADULT, PHONE = "First, are you 18 or over?", "Might someone else look at this phone or screen?"


def questions(jo: Talk) -> list[str]:
    """Give what was asked so far, in order, without the hello."""
    return [text for text in jo.said if not text.startswith("Hello. I'm Kith")]


async def test_an_update_delivered_twice_is_taken_once(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """A repeat, together with the first or long after, is answered by nothing."""
    await jo.person.says("/start")
    api.repeat()
    async with serving():
        await jo.hears()
        await jo.person.says("Yes")
        await jo.hears()
        api.repeat()
        await api.drained()
        await jo.says("No, only me")
        assert questions(jo)[:2] == [ADULT, PHONE]
        assert len(questions(jo)) == 3
        assert jo.session().turn == 3


async def test_updates_that_come_again_after_a_restart_are_taken_once(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """Killed before Telegram knew that updates were taken, Kith knows them again."""
    async with serving():
        await arrived(api, "getUpdates")
        api.inject("getUpdates", Fault(status=502), times=50)
        await jo.says("/start")
    api.faults.clear()
    async with serving():
        await api.drained()
        await jo.says("Yes")
        assert questions(jo) == [ADULT, PHONE]
        assert jo.session().turn == 2


async def test_a_tap_that_comes_again_after_a_restart_is_taken_once(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """A tap that is delivered again does not answer the question after it."""
    async with serving():
        await jo.says("/start")
        await jo.taps("Yes")
    api.repeat()
    async with serving():
        await api.drained()
        await jo.says("No, only me")
        assert jo.session().answers["phone"].value == "private"
        assert questions(jo)[:2] == [ADULT, PHONE]


async def test_a_restart_in_the_middle_goes_on_where_it_was(serving: Serving, jo: Talk) -> None:
    """Kith can be stopped and started between any two messages, and old buttons still count."""
    for step, label in enumerate(("/start", "Yes", "No, only me", "Yes, go on")):
        async with serving():
            await (jo.taps(label) if step else jo.says(label))
    assert jo.asked.text.startswith("What brings you here?")
    assert len(questions(jo)) == 4


async def test_what_was_not_sent_goes_out_after_a_restart(
    serving: Serving, jo: Talk, library: Library, clock: StoppedClock, database: str
) -> None:
    """Killed between keeping a turn and sending it, Kith sends it when it is back."""
    store = opened_store(database)
    taken = Arrival(jo.key, {"channel": "telegram", "chat": 7}, TextReceived("hi"), "telegram:900")
    Turns(store, library, clock).take([taken])
    store.close()
    async with serving():
        await jo.hears()
        assert questions(jo) == [ADULT]
        await jo.taps("Yes")
        assert questions(jo) == [ADULT, PHONE]


async def test_a_long_outbox_of_one_person_hides_nobody_elses(
    serving: Serving, jo: Talk, meets: Meets, database: str
) -> None:
    """However much waits for somebody who can't be reached, the next person's message goes out."""
    al = meets(8, "Al")
    store = opened_store(database)
    with store.transaction() as tx:
        body = pack_outgoing(Outgoing(Say("left over")))
        post(tx, jo.key, pack({"channel": "telegram", "chat": 7}), [body] * 500)
        post(tx, al.key, pack({"channel": "telegram", "chat": 8}), [body])
    store.close()
    await jo.person.blocks()
    async with serving():
        assert (await al.reads()).text == "left over"


async def test_a_refused_turn_is_not_acknowledged_and_taken_when_it_comes_again(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """A database that is away for a moment loses nothing: the update waits with Telegram."""
    await jo.person.says("/start")
    async with serving(Refusing):
        await jo.hears()
        assert [call.get("offset") for call in api.calls_of("getUpdates")[:2]] == [None, None]
        await api.drained()
        assert questions(jo) == [ADULT]
        await jo.says("Yes")
        assert questions(jo) == [ADULT, PHONE]


async def test_a_refusal_for_one_person_repeats_nothing_for_another(
    api: BotApi, serving: Serving, meets: Meets
) -> None:
    """What was taken in the same batch is not taken a second time when all of it comes again."""
    jo, al = meets(7, "Jo"), meets(8, "Al")
    await jo.person.says("/start")
    await al.person.says("/start")
    async with serving(RefusingOne):
        await jo.hears()
        await al.hears()
        await api.drained()
        await jo.says("Yes")
        assert questions(jo) == [ADULT, PHONE]
        assert questions(al) == [ADULT]


@pytest.mark.parametrize("refusing", [RefusingTwice, RefusingWhileScreening])
async def test_a_refusal_does_not_turn_the_order_round(
    refusing: type[Turns], serving: Serving, jo: Talk
) -> None:
    """What somebody said first is taken first, even where only that was refused."""
    await jo.person.says("/start")
    await jo.person.says("Yes")
    async with serving(refusing):
        await jo.hears()
        await jo.hears()
        assert questions(jo) == [ADULT, PHONE]


async def test_a_refusal_while_looking_at_the_clock_stops_nothing(
    serving: Serving, jo: Talk
) -> None:
    """A database that is away when Kith looks what is due does not end the program."""
    async with serving(ClockRefused):
        await jo.says("/start")
        assert questions(jo) == [ADULT]


async def test_a_refusal_while_sending_only_delays(serving: Serving, jo: Talk) -> None:
    """A database that is away when a message was just sent keeps back none of those after it."""
    async with serving(OutboxRefused):
        await jo.person.says("/start")
        seen = [await jo.reads()]
        while not seen[-1].buttons:
            seen.append(await jo.reads())
        assert seen[-1].text == ADULT


async def test_stopped_in_the_middle_of_a_turn_it_is_whole(serving: Serving, jo: Talk) -> None:
    """A stop while a turn is being written leaves no trouble, and its answer goes out once."""
    Slow.began.clear()
    async with serving(Slow):
        await jo.person.says("/start")
        await asyncio.to_thread(Slow.began.wait, 5)
    async with serving():
        await jo.hears()
        await jo.says("Yes")
        assert questions(jo) == [ADULT, PHONE]


async def test_the_one_message_asked_for_later_comes_once(
    serving: Serving, jo: Talk, clock: StoppedClock
) -> None:
    """What was asked for in a week arrives in a week, once, however often Kith was restarted."""
    written = (TRANSCRIPTS / "bullied-at-work-it-is-happening.txt").read_text(encoding="utf-8")
    async with serving():
        for words in ("/start", *read_transcript(written).said):
            await jo.says(words)
    clock.wait(days=6)
    async with serving():
        await jo.says("What have you kept?")
    clock.wait(days=2)
    async with serving():
        assert (await jo.reads()).text.startswith("Hello. You asked me to write once.")
    async with serving():
        await jo.says("Not yet")
    assert len([text for text in jo.said if "Who did you see this week?" in text]) == 1
