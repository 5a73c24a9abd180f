"""What comes out of a group: what was asked for, and never a word of what was said."""

from collections.abc import AsyncIterator
from dataclasses import fields

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, Update, User

from bot.arrivals import Arrival
from bot.channels.telegram.from_groups import Hearing, arrivals_of
from bot.channels.telegram.only_for import for_one, who
from bot.engine.events import (
    ConcernRaised,
    GroupAsked,
    GroupGone,
    GroupLeft,
    GroupMoved,
    GroupWritten,
)
from bot.parcels import pack
from tests.botapi import BotApi, Group, Person

SUPERGROUP = -1_000_000_000_005
CHAT = {"id": SUPERGROUP, "type": "supergroup", "title": "Circle"}
HEAVY = "I want to die"


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with Bot("42:TEST", f"{api.url}/bot", f"{api.url}/file/bot") as bot:
        unseen = BotCommand("reflect", "In private", api_kwargs={"is_ephemeral": True})
        await bot.set_my_commands([unseen], scope=BotCommandScopeAllGroupChats())
        yield bot


@pytest.fixture
def ann(api: BotApi) -> Person:
    return api.person(7, first_name="Ann")


@pytest.fixture
def bea(api: BotApi) -> Person:
    return api.person(8, first_name="Bea")


@pytest.fixture
def circle(api: BotApi, ann: Person, bea: Person) -> Group:
    return api.group(SUPERGROUP, title="Circle", members=[ann, bea], topics={5: "Evenings"})


def hearing(us: User) -> Hearing:
    """Read as Kith does; what raises a concern is told by a word."""

    def raised(words: str) -> ConcernRaised | None:
        return ConcernRaised("suicide", "explicit", "self") if "want to die" in words else None

    return Hearing(us, lambda channel, chat: f"{channel}:{chat}", raised)


async def heard(bot: Bot) -> list[Arrival]:
    """Give what everything that waits means."""
    updates = await bot.get_updates(timeout=0)
    return [one for update in updates for one in arrivals_of(update, hearing(bot.bot))]


GROUP = f"telegram-group:{SUPERGROUP}"
NOWHERE = {"channel": "telegram", "chat": SUPERGROUP, "thread": 0}


async def test_a_command_is_asked_by_somebody_in_a_topic(
    bot: Bot, ann: Person, bea: Person, circle: Group
) -> None:
    """Four commands are known, however they are written, and where and by whom is told."""
    await circle.says(ann, "/round")
    await circle.says(bea, "/Places@Kith_Test_Bot", topic=5)
    first, second = await heard(bot)
    assert first == Arrival(
        GROUP, NOWHERE, GroupAsked("round", "7", "telegram:7", "Circle"), "telegram:1"
    )
    assert second.address == {**NOWHERE, "thread": 5}
    assert second.event == GroupAsked("places", "8", "telegram:8", "Circle", 5)


async def test_a_command_seen_by_nobody_else_can_be_answered_so(
    bot: Bot, bea: Person, circle: Group
) -> None:
    """The number to answer it by goes along with who asked, in the topic where they are."""
    number = await circle.asks(bea, "/reflect", topic=5)
    (one,) = await heard(bot)
    assert isinstance(one.event, GroupAsked)
    assert (one.event.name, one.event.member, one.event.thread) == ("reflect", "telegram:8", 5)
    assert for_one(one.event.by) == {
        "ephemeral_message_parameters": {"receiver_user_id": 8},
        "reply_parameters": {"ephemeral_message_id": number},
    }
    assert for_one("8") is None


async def test_of_what_is_written_to_kith_no_word_comes_in(
    bot: Bot, ann: Person, circle: Group
) -> None:
    """An answer, a name, another command: that something was written, and nothing of what."""
    said = await bot.send_message(SUPERGROUP, "hello")
    await circle.says(ann, "my quetzal is worn out", answers=said.message_id)
    await circle.says(ann, "my quetzal, @kith_test_bot, is worn out")
    await circle.says(ann, "/relfect my quetzal")
    await circle.sends_photo(ann, "@kith_test_bot my quetzal")
    found = await heard(bot)
    assert [one.event for one in found] == [GroupWritten("7", "Circle")] * 4
    assert "quetzal" not in str(found)


async def test_what_is_not_for_kith_is_not_read(
    api: BotApi, bot: Bot, ann: Person, circle: Group
) -> None:
    """Even where it is told everything, Kith reads nothing that people say to each other."""
    api.reads_groups = True
    other = await circle.says(ann, HEAVY)
    await circle.says(ann, HEAVY, answers=other)
    await circle.says(ann, HEAVY, topic=5)
    await circle.says(ann, f"/note@other_bot {HEAVY}")
    await circle.says(ann, f"ask @kith_test_bot_too, {HEAVY}")
    await circle.says(ann, "/settings")
    await circle.edits(ann, other, f"{HEAVY}!")
    await circle.brings_from_channel(f"{HEAVY} @kith_test_bot")
    await circle.joins(api.person(9))
    assert await heard(bot) == []


@pytest.mark.parametrize(
    "text", [f"/reflect {HEAVY}", f"/round\n{HEAVY}", f"@kith_test_bot {HEAVY}"]
)
async def test_heavy_words_come_to_whoever_wrote_them_alone(
    text: str, bot: Bot, bea: Person, circle: Group
) -> None:
    """The group is answered as always; the concern goes to the private chat that is there."""
    await circle.says(bea, text)
    public, private = await heard(bot)
    assert public.person == GROUP
    assert private == Arrival(
        "telegram:8",
        {},
        ConcernRaised("suicide", "explicit", "self"),
        "telegram:1:alone",
        only_known=True,
    )
    assert "die" not in str([public, private])


async def test_heavy_words_that_were_written_later_are_not_passed_over(
    bot: Bot, bea: Person, circle: Group
) -> None:
    """An edited message is answered by nobody, but what it now says is."""
    number = await circle.says(bea, "@kith_test_bot hello")
    await circle.edits(bea, number, f"@kith_test_bot {HEAVY}")
    first, second = await heard(bot)
    assert first.event == GroupWritten("8", "Circle")
    assert (second.person, second.only_known) == ("telegram:8", True)
    assert second.event == ConcernRaised("suicide", "explicit", "self")


async def test_who_can_not_be_told_apart_is_nobody(bot: Bot, circle: Group) -> None:
    """An admin who stays anonymous asks as nobody, and a bot says nothing."""
    await circle.says_as_the_group("/round")
    await circle.says_as_the_group(f"@kith_test_bot {HEAVY}")
    circle._hear({"id": 77, "is_bot": True, "first_name": "Other"}, {"text": "@kith_test_bot"})
    asked, written = await heard(bot)
    assert asked.event == GroupAsked("round", "", "", "Circle")
    assert written.event == GroupWritten("", "Circle")


async def test_who_goes_and_where_the_group_goes_is_told(
    api: BotApi, bot: Bot, ann: Person, bea: Person
) -> None:
    """Somebody left, the group has another number (told once), and Kith is out."""
    group = api.group(-500, title="Friends", members=[ann, bea])
    await group.leaves(bea)
    moved = await group.migrates(SUPERGROUP, by=ann)
    await moved.makes_bot("kicked", by=ann)
    left, there, here, out = await heard(bot)
    assert (left.person, left.event) == ("telegram:8", GroupLeft("telegram-group:-500"))
    assert left.only_known
    assert there == here
    assert (there.person, there.address) == ("telegram-group:-500", NOWHERE)
    assert there.event == GroupMoved(GROUP, NOWHERE)
    assert (out.person, out.event, out.only_known) == (GROUP, GroupGone(), True)


async def test_nothing_that_comes_out_of_a_group_has_a_number_to_delete(
    bot: Bot, ann: Person, circle: Group
) -> None:
    """What members wrote is theirs: Kith knows none of it by its number."""
    await circle.says(ann, "/round")
    (one,) = await heard(bot)
    assert (one.message, one.origin, one.code, one.footer) == (None, None, "", False)
    assert {each.name for each in fields(one.event)} == {
        *("name", "by", "member", "title", "thread", "leads", "anyone")
    }


def message(**bent: object) -> dict[str, object]:
    """Give a message in a group, some of it as no type allows."""
    ann = {"id": 7, "is_bot": False, "first_name": "Ann"}
    plain = {"message_id": 1, "date": 0, "chat": CHAT, "from": ann, "text": "/round"}
    return plain | {"from" if name == "who" else name: value for name, value in bent.items()}


@pytest.mark.parametrize(
    "bent",
    [
        {"chat": CHAT | {"id": "text"}},
        {"chat": CHAT | {"title": 5}},
        {"chat": CHAT | {"title": "half \ud83d"}},
        {"who": {"id": "x", "is_bot": False, "first_name": "Ann"}},
        {"who": {"id": None, "is_bot": None, "first_name": None}},
        {"text": 7},
        {"text": "/round " + "x" * 70_000},
        {"text": "\ud83d @kith_test_bot"},
        {"ephemeral_message_id": "7"},
        {"message_thread_id": "x", "is_topic_message": True},
        {"migrate_to_chat_id": "x"},
        {"left_chat_member": {"id": "x", "is_bot": False, "first_name": "Bo"}},
        {"sender_chat": {"id": 1, "type": "odd"}},
        {"reply_to_message": {"message_id": 0, "date": 0, "chat": CHAT}},
    ],
)
async def test_what_no_type_allows_is_refused_or_harmless(
    bot: Bot, bent: dict[str, object]
) -> None:
    """Nothing comes in that could not be written down, or that nobody could be answered by."""
    data = {"update_id": 1, "message": message(**bent)}
    try:
        update = Update.de_json(data, bot)
        found = arrivals_of(update, hearing(bot.bot))
    except (TypeError, ValueError, AttributeError, KeyError):
        return
    for one in found:
        pack({"told": str(one)})
        assert not isinstance(one.event, GroupAsked | GroupWritten) or one.event.title.encode()
        if isinstance(one.event, GroupAsked) and one.event.by:
            assert who(one.event.by) == 7
            assert one.address["thread"] == 0
