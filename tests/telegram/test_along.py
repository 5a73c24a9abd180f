"""A picture or a page goes along with a text, and never stands in its way."""

import time
from collections.abc import Callable

import pytest

from bot.engine.effects import Enclosure, Option, Say
from bot.parcels import Outgoing, pack, pack_outgoing
from bot.pictures.map import draw_map
from storage.outbox import Letter
from tests.botapi import BotApi, Fault
from tests.databases import opened_store
from tests.logged import Logged
from tests.pictures.maps import WORDS, around
from tests.pictures.pixels import size_of
from tests.telegram.conftest import Serving
from tests.telegram.talk import Talk

HOLDS = {"title": "Who is around me", "around": around("inner", "outer"), "words": WORDS}
TEXT = "This is who is around you."
AFTER = "And this comes after."
SAY = Say(TEXT, (Option("on", "Go on"),), protect=True, enclosed=Enclosure("map", HOLDS))
UNDRAWABLE = Say(TEXT, enclosed=Enclosure("map", {"around": [{"name": "Rosemary"}, "Rosemary"]}))
Waits = Callable[..., None]


@pytest.fixture
def waits(jo: Talk) -> Waits:
    """Put something into Jo's outbox, as a turn would."""

    def put(*says: Say) -> None:
        address = pack({"channel": "telegram", "chat": jo.person.user["id"]})
        store = opened_store(jo.database)
        letters = [Letter(jo.key, address, pack_outgoing(Outgoing(say))) for say in says]
        with store.transaction() as tx:
            tx.post(letters, time.time())
        store.close()

    return put


async def test_a_map_comes_below_its_text(
    api: BotApi, serving: Serving, jo: Talk, waits: Waits
) -> None:
    """The text first, with its buttons; then the picture, unheard, kept from being passed on."""
    waits(SAY)
    async with serving():
        await api.until_called("sendPhoto")
        await jo.settled()
        *_, text, picture = jo.person.history()
        assert (text.text, text.buttons) == (TEXT, (("Go on",),))
        assert picture.text == ""
        assert picture.photo.content == draw_map(HOLDS)
        assert size_of(picture.photo.content) == (1080, 1350)
        (call,) = api.calls_of("sendPhoto")
        assert str(call["protect_content"]).lower() == "true"
        assert str(call["disable_notification"]).lower() == "true"
        assert "has_spoiler" not in call


async def test_hiding_takes_the_picture_too(
    api: BotApi, serving: Serving, jo: Talk, waits: Waits
) -> None:
    """The numbers of text and picture are both kept."""
    async with serving():
        await jo.says("/start")
        waits(SAY)
        await api.until_called("sendPhoto")
        await jo.settled()
        gone = {seen.message_id for seen in jo.person.history()[-2:]}
        await jo.person.says("/hide")
        await api.until_called("deleteMessages")
        await jo.settled()
        assert not gone & {seen.message_id for seen in jo.person.history()}


@pytest.mark.parametrize("say", [SAY, UNDRAWABLE])
async def test_a_picture_that_fails_holds_nothing_up(  # noqa: PLR0917 - fixtures
    api: BotApi,
    serving: Serving,
    jo: Talk,
    waits: Waits,
    logged: Logged,
    say: Say,
) -> None:
    """Refused or not to be drawn: the text has gone once, what follows goes, the log tells little."""
    api.inject("sendPhoto", Fault(status=400))
    waits(say, Say(AFTER))
    async with serving():
        await jo.settled()
        assert [text for text in jo.said if text in {TEXT, AFTER}] == [TEXT, AFTER]
        assert not [seen for seen in jo.person.history() if seen.photo]
    assert len(logged.lines("not-enclosed", "message-refused")) == 1
    assert "Rosemary" not in logged.text
    assert "Sam" not in logged.text


async def test_trouble_on_the_way_is_tried_again(
    api: BotApi, serving: Serving, jo: Talk, waits: Waits
) -> None:
    """After a cut line or a flood limit the picture goes out once, and the text is not repeated."""
    api.inject("sendPhoto", Fault(retry_after=1))
    api.inject("sendPhoto", Fault(cut="before"))
    waits(SAY, Say(AFTER))
    async with serving():
        await api.until_called("sendPhoto", 3, seconds=15)
        await jo.settled()
        assert [text for text in jo.said if text in {TEXT, AFTER}] == [TEXT, AFTER]
        assert len([seen for seen in jo.person.history() if seen.photo]) == 1


async def test_trouble_that_lasts_is_given_up(
    api: BotApi, serving: Serving, jo: Talk, waits: Waits
) -> None:
    """A line that takes texts but no pictures does not silence Kith."""
    api.inject("sendPhoto", Fault(cut="before"), times=9)
    waits(SAY, Say(AFTER))
    async with serving():
        await api.until_called("sendPhoto", 3, seconds=15)
        await jo.settled()
        assert jo.said[-2:] == [TEXT, AFTER]
        assert len(api.calls_of("sendPhoto")) == 3
