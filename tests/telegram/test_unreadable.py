"""What Kith can't read, and messages changed afterwards: honest words, and the way to help."""

from collections.abc import Awaitable, Callable

from tests.botapi import BotApi, Fault, Person
from tests.telegram.conftest import Meets, Serving
from tests.telegram.talk import TO_WORDS, Talk

KINDS: dict[str, tuple[Callable[[Person], Awaitable[int]], str]] = {
    "photo": (Person.sends_photo, "I can't see photos."),
    "photo with words": (lambda who: who.sends_photo("my allotment"), "I can't see photos."),
    "voice note": (Person.sends_voice, "I can't listen to voice notes."),
    "video note": (lambda who: sends(who, video_note=NOTE), "I can't listen to voice notes."),
    "video": (lambda who: sends(who, video=CLIP), "I can only read words."),
    "document": (lambda who: sends(who, document=FILE), "I can only read words."),
    "place": (lambda who: sends(who, venue=VENUE, location=LOCATION), "I can only read words."),
    "sticker": (Person.sends_sticker, "I can't read stickers."),
    "contact": (Person.sends_contact, "I can only read words."),
    "location": (Person.sends_location, "I can only read words."),
    "poll": (lambda who: sends(who, poll=POLL), "I can only read words."),
    "dice": (lambda who: sends(who, dice={"emoji": "🎲", "value": 3}), "I can only read words."),
}
FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 3}
CLIP = {**FILE, "width": 1, "height": 1, "duration": 1}
NOTE = {**FILE, "length": 1, "duration": 1}
LOCATION = {"latitude": 52.5, "longitude": 13.4}
VENUE = {"location": LOCATION, "title": "The Mill", "address": "Mill Lane"}
POLL = {
    "id": "1",
    "question": "Tea?",
    "options": [{"text": "Yes", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}


async def sends(who: Person, **content: object) -> int:
    """Send a kind of message that people of the test server have no words for."""
    return who._utter(who.user, content)


async def test_what_cannot_be_read_is_said_so_with_the_way_to_help(
    serving: Serving, jo: Talk
) -> None:
    """Nobody thinks they were heard when they weren't; the question is asked again."""
    async with serving():
        asked = await jo.says_all(TO_WORDS)
        answers, place = jo.session().answers, jo.session().place
        for kind, (send, words) in KINDS.items():
            await send(jo.person)
            (honest,) = await jo.hears()
            assert honest.text.startswith(words), kind
            assert "If you are not safe, tap Help now." in honest.text
            assert honest.text.endswith(asked.text)
            assert ("Help now", "More") in honest.buttons
        assert (jo.session().answers, jo.session().place) == (answers, place)
        assert "allotment" not in jo.row().decode()


async def test_a_kind_of_message_that_is_not_known_is_answered_too(
    serving: Serving, jo: Talk
) -> None:
    """Whatever Telegram lets people send, they are told that it can't be read here."""
    async with serving():
        await jo.says_all(TO_WORDS)
        await sends(jo.person, story={"id": 1, "chat": {"id": 7, "type": "private"}})
        (honest,) = await jo.hears()
        assert honest.text.startswith("I can only read words.")


async def test_before_the_first_word_nothing_is_pretended(serving: Serving, meets: Meets) -> None:
    """Who begins with a picture is not told that they are in the middle of something."""
    async with serving():
        for number, kind in enumerate(("photo", "voice note", "sticker", "contact"), 20):
            send, words = KINDS[kind]
            talk = meets(number)
            await send(talk.person)
            said = "\n".join(seen.text for seen in await talk.hears())
            assert words in said
            assert "Help now" in said
            assert "in the middle" not in said
            assert "kept" not in said


async def test_after_forgetting_a_photo_recalls_nothing(serving: Serving, jo: Talk) -> None:
    """Who has wiped everything and sends a photo is not told that their place is kept."""
    async with serving():
        await jo.says_all((*TO_WORDS, "forget everything"))
        await jo.person.taps("Yes, forget everything for good")
        await jo.reads()
        await jo.person.sends_photo()
        said = "\n".join(seen.text for seen in await jo.hears())
        assert "I can't see photos." in said
        assert "in the middle" not in said


async def test_an_edited_message_is_seen_and_not_taken_again(serving: Serving, jo: Talk) -> None:
    """An answer is never changed behind somebody's back; the way to change it is named."""
    async with serving():
        await jo.says_all(TO_WORDS)
        said = await jo.person.says("My boss picks on me")
        asked = (await jo.hears())[-1]
        answers, turn = jo.session().answers, jo.session().turn
        await jo.person.edits(said, "Nobody picks on me")
        (kind,) = await jo.hears()
        assert kind.text.startswith("I saw that you edited a message.")
        assert 'type "change"' in kind.text
        assert kind.text.endswith(asked.text.split("\n\n")[-1])
        assert (jo.session().answers, jo.session().turn) == (answers, turn)
        await jo.taps("Being alone with things")
        assert jo.session().answers["kind"].value == "alone"


async def test_a_message_edited_before_anything_began_recalls_nothing(
    api: BotApi, serving: Serving, jo: Talk
) -> None:
    """After a wipe an edited message, too old to be deleted, recalls nothing that was kept."""
    api.inject("deleteMessages", Fault(status=400), times=9)
    api.inject("deleteMessage", Fault(status=400), times=99)
    async with serving():
        await jo.says_all(TO_WORDS)
        said = await jo.person.says("My boss picks on me")
        await jo.hears()
        await jo.says("forget everything")
        await jo.person.taps("Yes, forget everything for good")
        await jo.reads()
        await jo.person.edits(said, "Nobody picks on me")
        assert "in the middle" not in (await jo.hears())[-1].text
