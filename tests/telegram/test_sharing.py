"""A draft can be passed on by the person: they choose the chat, and Telegram puts it there."""

from urllib.parse import parse_qs, urlsplit

from bot.channels.telegram.writing import written
from bot.engine.effects import Say
from bot.parcels import Outgoing
from tests.botapi import BotApi
from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_STONES, Talk
from tests.telegram.test_hide import hides

LABEL = "Choose whom to send it to"
TO_DRAFT = (
    *(*TO_STONES, "Not sure", "Anna", "Listening", "Yes", "Not right now", "No"),
    *("1", "This week", "I'd see then"),
)
"""As far as the question whether a message is to be drafted."""


async def test_a_draft_comes_with_a_button_that_puts_it_into_a_chat(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """The link holds the draft and nothing else, and no address that would get a preview."""
    async with serving():
        await jo.says_all(TO_DRAFT)
        assert "draft" in jo.asked.text
        draft = next(seen for seen in await jo.says("Yes") if seen.links)
        assert draft.text.startswith("Hi Anna")
        link = urlsplit(draft.links[LABEL])
        assert (link.scheme, link.netloc, link.path) == ("https", "t.me", "/share/url")
        assert parse_qs(link.query) == {"url": [draft.text]}
        assert "+" not in link.query
        (call,) = [call for call in api.calls_of("sendMessage") if call["text"] == draft.text]
        assert "protect_content" not in call


async def test_nothing_is_sent_to_anybody_else(api: BotApi, serving: Serving, jo: Talk) -> None:
    """The draft stands in this chat alone until the person sends it."""
    async with serving():
        await jo.says_all((*TO_DRAFT, "Yes"))
        await jo.settled()
        assert {str(call["chat_id"]) for call in api.calls_of("sendMessage")} == {"7"}


async def test_hide_takes_the_draft_away_too(serving: Serving, jo: Talk) -> None:
    """Nothing of it is left in the chat."""
    async with serving():
        await jo.says_all((*TO_DRAFT, "Yes"))
        line = await hides(jo)
        assert jo.person.history() == [line]


def test_names_in_any_script_fit_into_the_link() -> None:
    """A name is written so that every client reads it again."""
    text = "Hi عمر & Zoë, fancy a walk? #1 + tea"
    (message,) = written(Outgoing(Say(text, share=LABEL)))
    assert message.keyboard
    link = message.keyboard["inline_keyboard"][0][0]["url"]
    assert link.isascii()
    assert parse_qs(urlsplit(link).query) == {"url": [text]}


def test_a_text_too_long_for_a_link_has_no_button() -> None:
    """It can still be copied; a message that Telegram would refuse is worth less."""
    (message,) = written(Outgoing(Say("long " * 500, share=LABEL)))
    assert message.keyboard is None
