"""Somebody blocks Kith: nothing is kept for them, nothing is tried for ever."""

import pytest

from tests.botapi import BotApi, Fault
from tests.telegram.conftest import Meets, Serving
from tests.telegram.talk import Talk


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_what_was_on_its_way_to_somebody_who_blocks_is_dropped(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """Being told of the block empties the outbox of that person at once."""
    api.inject("sendMessage", Fault(retry_after=1), times=2)
    async with serving():
        await jo.person.says("/start")
        await api.until_called("sendMessage")
        await jo.person.blocks()
        await api.drained()
        assert jo.waiting() == 0
    assert jo.said == []


async def test_a_refusal_while_sending_ends_the_trying(
    api: BotApi, serving: Serving, jo: Talk, meets: Meets
) -> None:
    """A 403 is taken for an answer: nothing waits afterwards and it is not tried again."""
    other = meets(8, "Al")
    api.inject("sendMessage", Fault(status=403))
    async with serving():
        await jo.person.says("/start")
        await api.until_called("sendMessage")
        await other.says_all(("/start", "Yes", "No, only me"))
        assert jo.waiting() == 0
        assert [str(call["chat_id"]) for call in api.calls_of("sendMessage")].count("7") == 1


async def test_whoever_unblocks_and_writes_again_is_answered(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """Coming back after a block is like coming back after a while: the place is kept."""
    async with serving():
        asked = await jo.says_all(("/start", "Yes"))
        await jo.person.blocks()
        await api.drained()
        await jo.person.unblocks()
        await jo.says("/start")
        assert jo.asked.buttons[0] == ("Go on where I was",)
        await jo.taps("Go on where I was")
        assert jo.asked.text == asked.text


async def test_a_block_before_any_word_is_harmless(
    api: BotApi, serving: Serving, jo: Talk, meets: Meets
) -> None:
    """Who blocks without ever having written leaves nothing behind."""
    async with serving():
        await jo.person.blocks()
        await meets(8, "Al").says("/start")
        await api.drained()
        assert jo.row() == b""
