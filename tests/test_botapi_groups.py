"""A group on the Bot API server: who is told what, and what each of its members sees."""

import pytest
import pytest_asyncio
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, InputMediaPhoto, Update
from telegram.error import BadRequest

from tests.botapi import BotApi, Group, Person
from tests.test_botapi import SUPERGROUP, ann, bea, bot, circle, server, updates

__all__ = ["ann", "bea", "bot", "circle", "server"]
JPEG = b"\xff\xd8\xff\xe0 a picture"


@pytest_asyncio.fixture
async def quiet(bot: Bot) -> Bot:
    """Give a bot that has published one command that nobody else sees, and one that all do."""
    aside = BotCommand("reflect", "In private", api_kwargs={"is_ephemeral": True})
    scope = BotCommandScopeAllGroupChats()
    await bot.set_my_commands([aside, BotCommand("round", "All of us")], scope=scope)
    return bot


async def texts(bot: Bot) -> list[str | None]:
    found = await updates(bot)
    return [
        message.text for one in found if (message := one.message or one.edited_message) is not None
    ]


async def test_in_privacy_mode_the_bot_is_told_little(
    bot: Bot, ann: Person, bea: Person, circle: Group
) -> None:
    """Commands that can be its own, replies to it, its name, and what the service says: no more."""
    said = await bot.send_message(SUPERGROUP, "welcome")
    other = await circle.says(bea, "I had a bad night")
    for text in ("and so did I", "/round", "/round@kith_test_bot", "/round@other_bot", "a/b"):
        await circle.says(ann, text)
    await circle.says(ann, "thank you", answers=said.message_id)
    await circle.says(ann, "so sorry", answers=other)
    await circle.says(ann, "😀 ask @Kith_Test_Bot about it")
    await circle.says(ann, "ask @kith_test_bot_too or @bea_with_a_name")
    await circle.edits(bea, other, "I had a bad week")
    heard = ["/round", "/round@kith_test_bot", "thank you", "😀 ask @Kith_Test_Bot about it"]
    assert await texts(bot) == heard
    assert len(circle.history()) == 11


async def test_without_privacy_mode_or_as_an_admin_it_is_told_all(
    server: BotApi, bot: Bot, ann: Person, circle: Group
) -> None:
    """A bot that runs the group, or whose owner turned the mode off, hears everything."""
    await circle.says(ann, "one")
    server.reads_groups = True
    await circle.says(ann, "two")
    server.reads_groups = False
    await circle.makes_bot("administrator", by=ann)
    await circle.says(ann, "three")
    assert await texts(bot) == ["two", "three"]


async def test_who_comes_and_who_goes_is_told(
    bot: Bot, server: BotApi, ann: Person, bea: Person, circle: Group
) -> None:
    """Service messages reach the bot, and its members are those who are there."""
    cyn = server.person(9, first_name="Cyn")
    await circle.joins(cyn)
    await circle.leaves(bea)
    await circle.leaves(cyn, by=ann)
    came, left, out = (one.message for one in await updates(bot))
    assert came
    assert [each.id for each in came.new_chat_members] == [9]
    assert left
    assert left.left_chat_member
    assert left.left_chat_member.id == 8
    assert out
    assert out.left_chat_member
    assert (out.left_chat_member.id, out.from_user and out.from_user.id) == (9, 7)
    assert (await bot.get_chat_member(SUPERGROUP, 8)).status == "left"
    assert (await bot.get_chat_member(SUPERGROUP, 9)).status == "kicked"


async def test_who_runs_the_group_can_be_asked(bot: Bot, bea: Person, circle: Group) -> None:
    """A member may be given more to say, and a private chat is run by nobody."""
    circle.promotes(bea)
    admins = await bot.get_chat_administrators(SUPERGROUP)
    assert [(one.user.id, one.status) for one in admins] == [(7, "creator"), (8, "administrator")]
    with pytest.raises(BadRequest, match="no administrators"):
        await bot.get_chat_administrators(8)


async def test_an_admin_may_stay_anonymous(bot: Bot, circle: Group) -> None:
    """What comes in the name of the group, or of a channel, tells of no person."""
    await circle.says_as_the_group("/round")
    await circle.brings_from_channel("News of the week")
    hidden, news = (one.message for one in await updates(bot))
    assert hidden
    assert hidden.sender_chat
    assert (hidden.sender_chat.id, hidden.from_user and hidden.from_user.is_bot) == (
        SUPERGROUP,
        True,
    )
    assert news
    assert news.is_automatic_forward


async def test_a_message_in_a_topic_answers_the_one_that_made_it(
    bot: Bot, ann: Person, circle: Group
) -> None:
    """So it looks like a reply, though nobody replied; a topic that is gone takes no message."""
    await circle.says(ann, "/round", topic=5)
    (one,) = await updates(bot)
    assert one.message
    assert (one.message.message_thread_id, one.message.is_topic_message) == (5, True)
    assert one.message.reply_to_message
    assert one.message.reply_to_message.forum_topic_created
    circle.drops_topic(5)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(SUPERGROUP, "hello", message_thread_id=5)


# What one member sees alone


def alone(who: int, answers: int) -> dict[str, object]:
    return {
        "ephemeral_message_parameters": {"receiver_user_id": who},
        "reply_parameters": {"ephemeral_message_id": answers},
    }


async def asked(bot: Bot) -> Update:
    (one,) = await updates(bot)
    return one


async def test_a_command_and_its_answer_can_be_for_one_member_alone(
    quiet: Bot, ann: Person, bea: Person, circle: Group
) -> None:
    """Only who asked sees either; everybody else sees the group as if nothing had been said."""
    await quiet.send_message(SUPERGROUP, "welcome")
    number = await circle.asks(bea, "/reflect@kith_test_bot")
    one = await asked(quiet)
    assert one.message
    assert (one.message.message_id, one.message.api_kwargs["ephemeral_message_id"]) == (0, number)
    await quiet.send_message(SUPERGROUP, "for you", api_kwargs=alone(8, number))
    await quiet.send_message(SUPERGROUP, "for all")
    shown = [seen.text for seen in circle.shown_to(bea)]
    assert shown == ["welcome", "/reflect@kith_test_bot", "for you", "for all"]
    assert [seen.text for seen in circle.shown_to(ann)] == ["welcome", "for all"]
    assert [seen.text for seen in circle.history()] == ["welcome", "for all"]
    assert [seen.text for seen in circle.told()] == ["welcome", "for all"]
    assert [seen.text for seen in await circle.sees(2)] == ["welcome", "for all"]
    assert (await circle.sees_alone(bea)).text == "for you"
    assert circle.told_alone(ann) == []


async def test_a_command_that_is_not_published_so_is_seen_by_all(
    quiet: Bot, server: BotApi, bea: Person, circle: Group
) -> None:
    """So it is with an app or a server that does not know it any better."""
    await circle.asks(bea, "/round")
    server.asides = False
    await circle.asks(bea, "/reflect", topic=5)
    first, second = (one.message for one in await updates(quiet))
    assert first
    assert first.message_id
    assert second
    assert (second.message_id > 0, second.message_thread_id) == (True, 5)
    assert [seen.text for seen in circle.history()] == ["/round", "/reflect"]


async def test_of_its_topic_an_ephemeral_command_says_nothing_itself(
    quiet: Bot, bea: Person, circle: Group
) -> None:
    """Only what it answers, the message that made the topic, tells where it was given."""
    await circle.asks(bea, "/reflect", topic=5)
    one = await asked(quiet)
    assert one.message
    assert one.message.message_thread_id is None
    assert one.message.reply_to_message
    assert one.message.reply_to_message.message_thread_id == 5


async def test_only_who_just_asked_can_be_answered_alone(
    quiet: Bot, server: BotApi, ann: Person, bea: Person, circle: Group
) -> None:
    """Not somebody else, not after a while, and not where the server has never heard of it."""
    number = await circle.asks(bea, "/reflect")
    with pytest.raises(BadRequest, match="Not enough rights"):
        await quiet.send_message(SUPERGROUP, "psst", api_kwargs=alone(7, number))
    with pytest.raises(BadRequest, match="Receiver user not found"):
        await quiet.send_message(SUPERGROUP, "psst", api_kwargs=alone(999, number))
    server.asides = False
    with pytest.raises(BadRequest, match="Message identifier is not specified"):
        await quiet.send_message(SUPERGROUP, "psst", api_kwargs=alone(8, number))
    server.asides = True
    circle.lets_pass(hours=1)
    with pytest.raises(BadRequest, match="Not enough rights"):
        await quiet.send_message(SUPERGROUP, "psst", api_kwargs=alone(8, number))
    await circle.makes_bot("administrator", by=ann)
    await quiet.send_message(SUPERGROUP, "as an admin", api_kwargs=alone(8, number))
    assert [seen.text for seen in circle.told_alone(bea)] == ["as an admin"]


# What stands there, and what stood before


async def test_every_version_of_what_was_said_is_told(bot: Bot, ann: Person, circle: Group) -> None:
    """What stands there now is one thing, and all that ever stood there another."""
    post = await bot.send_message(SUPERGROUP, "one")
    await circle.says(ann, "well")
    await bot.edit_message_text("two", SUPERGROUP, post.message_id)
    assert [(seen.text, seen.edited) for seen in circle.told()] == [("one", False), ("two", True)]
    assert [seen.text for seen in circle.shown_to(ann)] == ["two", "well"]
    await bot.delete_message(SUPERGROUP, post.message_id)
    assert [seen.text for seen in circle.shown_to(ann)] == ["well"]
    assert [seen.text for seen in circle.told()] == ["one", "two"]


async def test_a_bot_that_is_no_admin_deletes_only_its_own(
    bot: Bot, ann: Person, circle: Group
) -> None:
    """What members wrote stays."""
    theirs = await circle.says(ann, "/round")
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(SUPERGROUP, theirs)


async def test_a_picture_can_be_put_in_the_place_of_another(bot: Bot, circle: Group) -> None:
    """The new one stands there under the old number; a text has no picture to take the place of."""
    first = await bot.send_photo(SUPERGROUP, JPEG)
    other = InputMediaPhoto(JPEG + b", another")
    await bot.edit_message_media(other, SUPERGROUP, first.message_id)
    (seen,) = circle.history()
    assert seen.photo
    assert (seen.message_id, seen.photo.content) == (first.message_id, JPEG + b", another")
    text = await bot.send_message(SUPERGROUP, "no picture")
    with pytest.raises(BadRequest, match="no media"):
        await bot.edit_message_media(other, SUPERGROUP, text.message_id)


async def test_a_link_that_leads_nowhere_is_refused(bot: Bot, circle: Group) -> None:
    """A button with an address needs one that can be opened."""
    broken = {"inline_keyboard": [[{"text": "Go", "url": "kith"}]]}
    with pytest.raises(BadRequest, match="is invalid"):
        await bot.send_message(SUPERGROUP, "go", api_kwargs={"reply_markup": broken})
    assert circle.history() == []
