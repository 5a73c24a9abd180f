"""Numbers that can be tapped to ring them, below the text that names them."""

from tests.botapi import BotApi, Fault
from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_WORDS, Talk

WORDS = "I want to kill myself tonight"
CARDS = [("Emergency services, 999", "999"), ("Samaritans, 116 123", "116123")]


async def test_a_concern_brings_cards_below_the_text(serving: Serving, jo: Talk) -> None:
    """The text comes first and alone makes a sound; its buttons go on working."""
    async with serving():
        await jo.says_all(TO_WORDS)
        (numbers,) = await jo.says(WORDS)
        assert "116 123" in numbers.text
        assert await jo.cards() == CARDS
        *_, first, second = jo.person.history()
        assert numbers.message_id < first.message_id < second.message_id
        for call in jo.api.calls_of("sendContact"):
            assert str(call["disable_notification"]).lower() == "true"
            assert f"TEL:{call['phone_number']}\n" in call["vcard"]
        await jo.taps("I have seen this")
        assert jo.asked.text == "Is it safe enough for you to go on now?"


async def test_help_brings_cards(serving: Serving, jo: Talk) -> None:
    """Also before anything has begun."""
    async with serving():
        await jo.says("/help")
        assert await jo.cards() == CARDS


async def test_abuse_brings_no_card_on_a_phone_that_others_see(serving: Serving, jo: Talk) -> None:
    """Nothing in the list of chats names a line for abuse."""
    async with serving():
        await jo.says_all(("/start", "Yes", "Someone might"))
        (numbers,) = await jo.says("my husband hits me")
        assert "0808 2000 247" in numbers.text
        assert await jo.cards() == []


async def test_a_card_that_telegram_refuses_holds_nothing_up(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """The line is in the text already; what comes after goes out."""
    async with serving():
        api.inject("sendContact", Fault(status=400))
        await jo.says(WORDS)
        assert await jo.cards() == CARDS[1:]
        await jo.taps("I have seen this")


async def test_trouble_with_a_card_does_not_send_the_text_again(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """After a cut line or a flood limit it goes on with the card where it stopped."""
    async with serving():
        api.inject("sendContact", Fault(retry_after=1))
        api.inject("sendContact", Fault(cut="before"))
        await jo.says(WORDS)
        assert await jo.cards() == CARDS
        assert len([text for text in jo.said if "116 123" in text]) == 1
