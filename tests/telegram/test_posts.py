"""What stands in a group by Kith: in its topic, with its links, edited for as long as it stands."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from telegram import BotCommand, BotCommandScopeAllGroupChats
from telegram.ext import ExtBot

from bot.channels.telegram.only_for import handle
from bot.channels.telegram.sending import Sender
from bot.engine.effects import Enclosure, Link, Say
from bot.library import Library
from bot.metrics import Metrics
from bot.parcels import Outgoing, pack, pack_outgoing
from bot.turns import Turns
from bot.writer import Writer
from storage.store import Stored
from tests.botapi import BotApi, Fault, Group, Person
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.logged import Logged
from tests.pictures.maps import WORDS, around
from tests.rows import keep, post

CHAT = -1_000_000_000_005
CIRCLE = "telegram-group:circle"
WAY_IN = (Link("Go on in private", "c0de_-c0de"),)
LONG = "one " * 800
HOLDS = {"title": "Who is around us", "around": around("inner", "outer"), "words": WORDS}
MAP = Enclosure("map", HOLDS)


class Office:
    """A sender for one group, with its writer, on a database of its own."""

    def __init__(self, api: BotApi, folder: Path, library: Library, clock: StoppedClock) -> None:
        self.store = opened_store(f"sqlite:///{folder}/kith.db")
        self.turns = Turns(self.store, library, clock, "me")
        loop = asyncio.get_running_loop()
        self.writer = Writer(
            self.turns, Metrics(), lambda _: None, loop.create_future, loop.call_soon_threadsafe
        )
        self.bot = ExtBot("42:TEST", f"{api.url}/bot", f"{api.url}/file/bot")
        self.sender = Sender(self.bot, self.turns, self.writer, Metrics())
        with self.store.transaction() as tx:
            keep(tx, Stored(CIRCLE, b"", b""))

    def puts(self, *says: Say, thread: int = 0, chat: int = CHAT) -> None:
        """Let these go out to the group, in one transaction."""
        address = pack({"channel": "telegram", "chat": chat, "thread": thread})
        with self.store.transaction() as tx:
            bodies = [pack_outgoing(Outgoing(say)) for say in says]
            post(tx, CIRCLE, address, bodies, self.turns.lease())

    async def sends(self, *says: Say, thread: int = 0, chat: int = CHAT) -> None:
        """Let these go out, and wait until they have."""
        self.puts(*says, thread=thread, chat=chat)
        self.sender.look(CIRCLE)
        await self.sender.finish(10)
        assert self.waiting() == 0

    def waiting(self) -> int:
        with self.store.transaction() as tx:
            return len(tx.waiting(CIRCLE))

    def tagged(self, tag: str) -> dict[str, tuple[int, ...]]:
        with self.store.transaction() as tx:
            return tx.posts.tagged(CIRCLE, tag)


@pytest.fixture
async def office(
    api: BotApi, tmp_path: Path, library: Library, clock: StoppedClock
) -> AsyncIterator[Office]:
    office = Office(api, tmp_path, library, clock)
    async with office.bot:
        yield office
        office.sender.stop()
    office.writer.close()
    office.store.close()


@pytest.fixture
def ann(api: BotApi) -> Person:
    return api.person(7, first_name="Ann")


@pytest.fixture
def bea(api: BotApi) -> Person:
    return api.person(8, first_name="Bea")


@pytest.fixture
def circle(api: BotApi, ann: Person, bea: Person) -> Group:
    return api.group(CHAT, title="Circle", members=[ann, bea], topics={5: "Evenings"})


def standing(group: Group) -> list[str]:
    return [seen.text for seen in group.history()]


async def test_a_link_leads_into_the_private_chat(office: Office, circle: Group) -> None:
    """Each link is a button that opens the chat with this bot, by its code."""
    await office.sends(Say("A line.", links=(*WAY_IN, Link("Help", "other"))))
    (seen,) = circle.history()
    assert seen.links == {
        "Go on in private": "https://t.me/kith_test_bot?start=c0de_-c0de",
        "Help": "https://t.me/kith_test_bot?start=other",
    }
    assert seen.buttons == ()


async def test_a_post_is_edited_where_it_stands(office: Office, circle: Group) -> None:
    """The newest text stands in the place of the first, its link too; nothing new comes below."""
    await office.sends(Say("1 of 3", tag="board", links=WAY_IN), Say("something else"))
    await office.sends(Say("2 of 3", tag="board", replace=True))
    await office.sends(Say("2 of 3", tag="board", replace=True))
    assert standing(circle) == ["2 of 3", "something else"]
    assert [seen.links != {} for seen in circle.told()] == [True, False, False]
    assert office.tagged("board") == {"": (1,)}


async def test_a_post_that_does_not_stand_there_is_not_sent_in_place(
    office: Office, circle: Group, logged: Logged
) -> None:
    """Not where it never was, and not where somebody has taken it away."""
    await office.sends(Say("nothing to edit", tag="other", replace=True))
    assert standing(circle) == []
    await office.sends(Say("one", tag="board"))
    await office.bot.delete_message(CHAT, 1)
    await office.sends(Say("two", tag="board", replace=True))
    assert standing(circle) == []
    assert len(logged.lines("post-not-edited")) == 1


async def test_a_post_stays_known_for_longer_than_it_can_be_deleted(
    office: Office, circle: Group, clock: StoppedClock
) -> None:
    """Days later what was taken back still goes from where it was shown."""
    await office.sends(Say("shared", tag="board"), Say("a line"))
    circle.lets_pass(72)
    clock.wait(days=3)
    with office.store.transaction() as tx:
        office.turns.prune(tx)
    await office.sends(Say("taken back", tag="board", replace=True))
    assert standing(circle) == ["taken back", "a line"]


async def test_a_long_post_grows_and_shrinks_piece_by_piece(office: Office, circle: Group) -> None:
    """Each piece stands in its place; what there is no more of goes."""
    await office.sends(Say(f"{LONG}\n\n{'two ' * 100}", tag="board"))
    assert len(standing(circle)) == 2
    assert office.tagged("board") == {"": (1,), "1": (2,)}
    await office.sends(Say("short", tag="board", replace=True))
    assert standing(circle) == ["short"]
    assert office.tagged("board") == {"": (1,)}
    await office.sends(Say(f"{LONG}\n\n{'two ' * 100}", tag="board", replace=True))
    assert [text[:3] for text in standing(circle)] == ["one", "two"]
    assert office.tagged("board") == {"": (1,), "1": (3,)}


async def test_what_can_not_be_deleted_any_more_is_emptied(office: Office, circle: Group) -> None:
    """A piece that is too old to go has nothing left of what it said."""
    await office.sends(Say(f"{LONG}\n\n{'two ' * 100}", tag="board"))
    circle.lets_pass(72)
    await office.sends(Say("short", tag="board", replace=True))
    assert standing(circle) == ["short", "…"]


async def test_a_picture_of_a_post_changes_and_goes_with_it(office: Office, circle: Group) -> None:
    """No picture keeps what the text says no longer."""
    await office.sends(Say("all of us", tag="we", enclosed=MAP))
    text, picture = circle.history()
    assert picture.photo
    fewer = Enclosure("map", {**HOLDS, "around": around("inner")})
    await office.sends(Say("some of us", tag="we", enclosed=fewer, replace=True))
    changed, other = circle.history()
    assert (changed.text, changed.message_id) == ("some of us", text.message_id)
    assert other.photo
    assert other.message_id == picture.message_id
    assert other.photo.file_id != picture.photo.file_id
    await office.sends(Say("nobody", tag="we", replace=True))
    assert standing(circle) == ["nobody"]


async def test_what_waits_for_one_post_is_gathered(
    api: BotApi, office: Office, circle: Group
) -> None:
    """A group takes few messages a minute: of many edits it sees the last, none that is outdated.

    What is sent first is sent as it is: it holds nobody's words.
    """
    edits = [Say(f"{number} of 9", tag="board", replace=True) for number in range(2, 10)]
    await office.sends(Say("1 of 9", tag="board"), Say("between"), *edits)
    assert [seen.text for seen in circle.told()] == ["1 of 9", "between", "9 of 9"]
    assert standing(circle) == ["9 of 9", "between"]
    await office.sends(*(Say(str(number), tag="board", replace=True) for number in range(9)))
    assert standing(circle) == ["8", "between"]
    assert len(api.calls_of("editMessageText")) == 2


async def test_a_line_that_several_wait_for_is_said_once(office: Office, circle: Group) -> None:
    """Whoever wrote much to Kith holds up nothing that the group is to read."""
    line = Say("A line.", links=WAY_IN)
    many = [replace(line, only_for=str(who)) for who in range(50)]
    await office.sends(Say("before"), *many, Say("Another.", links=WAY_IN), Say("after"))
    assert standing(circle) == ["before", "A line.", "Another.", "after"]
    office.puts(line)
    await office.sends(line, thread=5)
    assert [seen.topic for seen in circle.history()][-2:] == [None, 5]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_what_failed_is_tried_again_in_its_place(
    api: BotApi, office: Office, circle: Group
) -> None:
    """Trouble in the middle of a post loses none of it, and doubles none."""
    await office.sends(Say("one", tag="board"))
    api.inject("editMessageText", Fault(cut="after"))
    api.inject("editMessageText", Fault(retry_after=1))
    await office.sends(Say("two", tag="board", replace=True), Say("three"))
    assert standing(circle) == ["two", "three"]


# In which topic, and in which group


async def test_a_message_goes_to_its_topic(office: Office, circle: Group) -> None:
    """Texts and pictures stand where the group talks of it; an edit stays where it is."""
    await office.sends(Say("a line", tag="board", enclosed=MAP), thread=5)
    await office.sends(Say("another", tag="board", enclosed=MAP, replace=True), thread=5)
    assert [seen.topic for seen in circle.history()] == [5, 5]
    assert circle.history()[0].text == "another"


async def test_where_its_topic_is_gone_it_goes_to_the_group(office: Office, circle: Group) -> None:
    """An answer is not lost with the topic in which it was asked for."""
    circle.drops_topic(5)
    await office.sends(Say("a line"), Say("two"), thread=5)
    assert [(seen.text, seen.topic) for seen in circle.history()] == [
        ("a line", None),
        ("two", None),
    ]


async def test_a_group_that_has_moved_is_followed(api: BotApi, office: Office, ann: Person) -> None:
    """What was on its way arrives in the new chat, and the move is told where it was not known."""
    group = api.group(-500, title="Friends", members=[ann])
    before = office.turns.store.name("telegram-group", "-500")
    moved = await group.migrates(CHAT, by=ann)
    await office.sends(Say("an answer"), Say("another"), chat=-500)
    assert [seen.text for seen in await moved.sees(2)] == ["an answer", "another"]
    chats = [call["chat_id"] for call in api.calls_of("sendMessage")]
    assert chats == ["-500", str(CHAT), str(CHAT)]
    with office.store.transaction() as tx:
        assert tx.seen([f"telegram:moved:{before.rpartition(':')[2]}"])


async def test_a_post_of_a_group_that_has_moved_is_left_to_the_new_board(
    api: BotApi, office: Office, ann: Person
) -> None:
    """The board is made anew in the new chat; numbers of the old one mean something else there."""
    group = api.group(-500, title="Friends", members=[ann])
    await office.sends(Say("one", tag="board"), chat=-500)
    moved = await group.migrates(CHAT, by=ann)
    await office.sends(
        Say("two", tag="board", replace=True), Say("new", tag="other"), Say("bye"), chat=-500
    )
    assert standing(moved) == ["", "bye"]
    assert office.tagged("other") == {}


# What one member alone sees


async def asks(office: Office, circle: Group, person: Person) -> int:
    """Let somebody give a command that nobody else sees."""
    unseen = BotCommand("reflect", "In private", api_kwargs={"is_ephemeral": True})
    await office.bot.set_my_commands([unseen], scope=BotCommandScopeAllGroupChats())
    return await circle.asks(person, "/reflect")


async def test_what_is_for_one_alone_is_seen_by_nobody_else(
    office: Office, circle: Group, ann: Person, bea: Person
) -> None:
    """With its link, and without a number by which it could be taken for something else."""
    number = await asks(office, circle, bea)
    await office.sends(Say("Only for you.", only_for=handle(8, number), links=WAY_IN))
    (seen,) = circle.told_alone(bea)
    assert (seen.text, len(seen.links)) == ("Only for you.", 1)
    assert circle.shown_to(ann) == []
    with office.store.transaction() as tx:
        assert tx.shown(CIRCLE, 0.0) == []


@pytest.mark.parametrize("why", ["an old server", "too late", "asked in the open"])
async def test_where_that_can_not_be_everybody_sees_the_harmless_line(
    why: str, api: BotApi, office: Office, circle: Group, bea: Person
) -> None:
    """Whoever asked is answered all the same, once, with a line that tells nothing of them."""
    number: int | None = await asks(office, circle, bea)
    match why:
        case "an old server":
            api.asides = False
        case "too late":
            circle.lets_pass(hours=1)
        case _:
            number = None
    await office.sends(Say("A line.", only_for=handle(8, number), links=WAY_IN))
    (seen,) = circle.history()
    assert (seen.text, len(seen.links)) == ("A line.", 1)
    assert circle.told_alone(bea) == []
    (*_, call) = api.calls_of("sendMessage")
    assert "8" not in str({**call, "chat_id": ""})
    assert len(api.calls_of("sendMessage")) == (1 if why == "asked in the open" else 2)


async def test_names_of_groups_are_swept_like_those_of_people(
    office: Office, circle: Group
) -> None:
    """What another process left behind in a group's name goes out as well."""
    office.puts(Say("left behind"))
    with office.store.transaction() as tx:
        tx.release("me")
    sweeping = asyncio.ensure_future(office.sender.sweep())
    (seen,) = await circle.sees()
    sweeping.cancel()
    assert seen.text == "left behind"
    await office.sender.finish(5)
