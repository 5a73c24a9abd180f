"""Whatever carries words is read for danger: the words bring help, and go nowhere themselves."""

import time
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.botapi.wire import Json
from tests.logged import Logged
from tests.telegram.conftest import Serving
from tests.telegram.talk import TO_CHOICE, TO_WORDS, Talk
from tests.telegram.test_concern import WORDS, nowhere
from tests.telegram.test_unreadable import POLL, sends

FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 3}
CLIP = {**FILE, "width": 1, "height": 1, "duration": 1}
LOCATION = {"latitude": 52.5, "longitude": 13.4}
CHECKLIST = {"title": "Today", "tasks": [{"id": 1, "text": "tea"}]}
SAM = {"id": 99, "is_bot": False, "first_name": "Sam"}
AL = {"id": 8, "type": "private", "first_name": "Al"}
ORIGIN = {"type": "user", "sender_user": SAM, "date": 1}
CARRIERS: dict[str, Json] = {
    "a photo": {"photo": [{**FILE, "width": 1, "height": 1}], "caption": WORDS},
    "a video": {"video": CLIP, "caption": WORDS},
    "a document": {"document": FILE, "caption": WORDS},
    "a voice note": {"voice": {**FILE, "duration": 1}, "caption": WORDS},
    "a piece of music": {"audio": {**FILE, "duration": 1}, "caption": WORDS},
    "a moving picture": {"animation": CLIP, "document": FILE, "caption": WORDS},
    "the title of a piece of music": {"audio": {**FILE, "duration": 1, "title": WORDS}},
    "the name of a document": {"document": {**FILE, "file_name": f"{WORDS}.txt"}},
    "the name of a video": {"video": {**CLIP, "file_name": f"{WORDS}.mp4"}},
    "the name on a card": {"contact": {"phone_number": "1", "first_name": WORDS}},
    "the last name on a card": {
        "contact": {"phone_number": "1", "first_name": "A", "last_name": WORDS}
    },
    "the name of a place": {"venue": {"location": LOCATION, "title": WORDS, "address": "x"}},
    "the address of a place": {"venue": {"location": LOCATION, "title": "x", "address": WORDS}},
    "the question of a poll": {"poll": POLL | {"question": WORDS}},
    "an answer of a poll": {
        "poll": POLL | {"options": [{"text": WORDS, "voter_count": 0, "persistent_id": "1"}]}
    },
    "the title of a list": {"checklist": CHECKLIST | {"title": WORDS}},
    "a line of a list": {"checklist": CHECKLIST | {"tasks": [{"id": 1, "text": WORDS}]}},
    "a forwarded text": {"text": WORDS, "forward_origin": ORIGIN},
    "a forwarded photo": {
        "photo": [{**FILE, "width": 1, "height": 1}],
        "caption": WORDS,
        "forward_origin": ORIGIN,
    },
    "a quotation from elsewhere": {
        "text": "this",
        "external_reply": {"origin": ORIGIN},
        "quote": {"text": WORDS, "position": 0},
    },
    "an answer to a text of one's own": {
        "text": WORDS,
        "reply_to_message": {"message_id": 1, "date": 1, "chat": AL, "from": SAM, "text": "hm"},
    },
}


@pytest.mark.parametrize("carrier", CARRIERS)
async def test_words_are_noticed_wherever_they_stand(  # noqa: PLR0917 - fixtures
    carrier: str,
    api: BotApi,
    serving: Serving,
    jo: Talk,
    tmp_path: Path,
    logged: Logged,
) -> None:
    """Numbers at once; the answers stay as they were; the words are in no file and no log."""
    async with serving():
        await jo.says_all(TO_WORDS)
        answers, place = jo.session().answers, jo.session().place
        await sends(jo.person, **CARRIERS[carrier])
        assert "ring 999" in (await jo.hears())[-1].text
        assert (jo.session().answers, jo.session().place) == (answers, place)
        nowhere("kill myself", api, tmp_path, logged)
    nowhere("kill myself", api, tmp_path, logged)


@pytest.mark.parametrize("way", [TO_CHOICE, TO_WORDS], ids=["buttons", "words"])
async def test_words_that_come_in_by_an_edit_are_noticed(
    way: tuple[str, ...],
    *,
    api: BotApi,
    serving: Serving,
    jo: Talk,
    tmp_path: Path,
    logged: Logged,
) -> None:
    """In a text, and in the caption of a picture: whoever says it only when editing is heard."""
    async with serving():
        await jo.says_all(way)
        said = await jo.person.says("hm")
        await jo.hears()
        await jo.person.edits(said, WORDS)
        assert "ring 999" in (await jo.hears())[-1].text
        await jo.taps("That is not what I meant")
        photo = {"photo": [{**FILE, "width": 1, "height": 1}], "caption": WORDS}
        head = {"message_id": 900, "date": int(time.time()), "edit_date": int(time.time())}
        chat = {"id": 7, "type": "private"}
        jo.person._tell("edited_message", {**head, "chat": chat, "from": jo.person.user, **photo})
        assert "ring 999" in (await jo.hears())[-1].text
    nowhere("kill myself", api, tmp_path, logged)


async def test_a_quotation_of_kith_raises_nothing(serving: Serving, jo: Talk) -> None:
    """Who answers to Kith's own plain question is not taken to have said its words."""
    bot = {"id": 42, "is_bot": True, "first_name": "Kith"}
    asked = {"message_id": 1, "date": 1, "chat": AL, "from": bot, "text": "Are you thinking ..."}
    async with serving():
        await jo.says_all(TO_WORDS)
        quote = {"text": WORDS, "position": 0}
        await sends(jo.person, text="That it stops", reply_to_message=asked, quote=quote)
        assert "ring 999" not in (await jo.hears())[-1].text
        assert "That it stops" in jo.row().decode()


async def test_a_quotation_is_no_answer(serving: Serving, jo: Talk) -> None:
    """What somebody quotes from elsewhere is read for danger and then kept nowhere."""
    async with serving():
        await jo.says_all(TO_WORDS)
        quote = {"text": "see you on Sunday", "position": 0}
        await sends(jo.person, text="My sister", external_reply={"origin": ORIGIN}, quote=quote)
        await jo.hears()
        assert "My sister" in jo.row().decode()
        assert "Sunday" not in jo.row().decode()


async def test_what_is_not_for_kith_is_not_answered_in_a_group(
    api: BotApi, serving: Serving, jo: Talk, tmp_path: Path, logged: Logged
) -> None:
    """Words in a group, a new member, a name: nothing is said there, and nothing is kept."""
    group = api.group(-9, title="Us", members=[jo.person])
    async with serving():
        await group.says(jo.person, WORDS)
        group._utter(jo.person.user, {"new_chat_members": [{**SAM, "first_name": WORDS}]})
        await api.drained()
        await group.quiet()
        await jo.says("/start")
        nowhere("kill myself", api, tmp_path, logged)
