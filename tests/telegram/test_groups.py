"""Kith in a group: one harmless line with a way into private, and nothing of anybody."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from storage.opening import look_into_store
from tests.botapi import BotApi, Fault, Group, Person
from tests.databases import where
from tests.logged import Logged
from tests.telegram.conftest import Meets, Serving
from tests.telegram.faults import Refusing
from tests.telegram.talk import Talk, arrived
from tests.telegram.test_concern import nowhere

CHAT = -1_000_000_000_005
HEAVY = "I want to kill myself tonight"
LEADS = "There you can open a round"
NONE_OPEN = "No round is open right now"


@pytest.fixture
def ann(api: BotApi) -> Person:
    """Give Ann, who made the group."""
    return api.person(3, first_name="Ann")


@pytest.fixture
def circle(api: BotApi, ann: Person, jo: Talk) -> Group:
    """Give a group with topics that Ann made, and Jo in it."""
    return api.group(CHAT, title="Circle", members=[ann, jo.person], topics={5: "Evenings"})


def groups_in(database: str) -> list[str]:
    """Give the names of the groups that are kept."""
    store = look_into_store(where(database))
    try:
        with store.transaction() as tx:
            names = [row.person for row in tx.everyone("", 100)]
    finally:
        store.close()
    return [name for name in names if name.startswith("telegram-group:")]


def members_in(database: str) -> int:
    """Count who is known to be in some group."""
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        return len(connection.execute("SELECT person FROM members").fetchall())


def code_in(group: Group) -> str:
    """Give the code of the newest link that stands in the group."""
    links = [link for seen in group.history() for link in seen.links.values()]
    assert links[-1].startswith("https://t.me/kith_test_bot?start=")
    return links[-1].partition("=")[2]


async def test_a_command_is_answered_with_a_way_into_private(
    serving: Serving, jo: Talk, circle: Group
) -> None:
    """In its topic, with a link whose code tells nothing; who follows it begins in private."""
    async with serving():
        await circle.says(jo.person, "/reflect", topic=5)
        (line,) = await circle.sees()
        assert line.topic == 5
        code = code_in(circle)
        assert 10 <= len(code) <= 64
        said = await jo.says(f"/start {code}")
        assert "Kith" in said[0].text
        await circle.quiet()


async def test_only_who_asked_sees_the_answer_where_telegram_can(
    api: BotApi, serving: Serving, jo: Talk, circle: Group, ann: Person
) -> None:
    """A command given so is seen by nobody else, and neither is what Kith says to it."""
    async with serving():
        await arrived(api, "getUpdates")
        await circle.asks(jo.person, "/reflect")
        line = await circle.sees_alone(jo.person)
        assert list(line.links) == ["Begin in private"]
        assert circle.shown_to(ann) == []


async def test_whatever_is_written_to_kith_the_same_line_answers(
    serving: Serving, jo: Talk, circle: Group
) -> None:
    """It tells nothing of what was written, whether it was a greeting or a cry."""
    async with serving():
        lines = []
        for text in ("hello @kith_test_bot", f"@kith_test_bot {HEAVY}", "/fly away"):
            await circle.says(jo.person, text)
            lines += await circle.sees()
        assert len({(line.text, *line.links.items()) for line in lines}) == 1


async def test_heavy_words_in_a_group_bring_help_in_private_alone(  # noqa: PLR0917 - fixtures
    api: BotApi, serving: Serving, jo: Talk, circle: Group, tmp_path: Path, logged: Logged
) -> None:
    """Whoever is known finds help in their own chat; the group sees the line it always sees."""
    async with serving():
        await jo.says("/start")
        await circle.says(jo.person, f"/reflect {HEAVY}")
        (numbers,) = await jo.hears()
        assert "ring 999" in numbers.text
        (first,) = await circle.sees()
        await circle.says(jo.person, "/reflect")
        (second,) = await circle.sees()
        assert (first.text, first.links) == (second.text, second.links)
        assert "999" not in first.text
        nowhere("kill myself", api, tmp_path, logged)
    nowhere("kill myself", api, tmp_path, logged)


async def test_who_is_not_known_in_private_is_written_to_by_nobody(  # noqa: PLR0917 - fixtures
    api: BotApi, serving: Serving, jo: Talk, circle: Group, tmp_path: Path, logged: Logged
) -> None:
    """Heavy words of a stranger make no row, no message and no line in the log."""
    async with serving():
        await circle.says(jo.person, f"@kith_test_bot {HEAVY}")
        await circle.sees()
        await jo.is_left_alone()
        assert jo.row() == b""
    nowhere("kill myself", api, tmp_path, logged)
    assert {str(call["chat_id"]) for call in api.calls_of("sendMessage")} == {str(CHAT)}


async def test_a_half_said_in_a_group_is_no_half_of_anything(
    serving: Serving, jo: Talk, circle: Group
) -> None:
    """What somebody wrote in a group adds nothing to what they write in private."""
    async with serving():
        await jo.says("/start")
        await circle.says(jo.person, "@kith_test_bot I am thinking of ending")
        await circle.sees()
        said = await jo.says("my own life")
        assert "999" not in said[0].text


async def test_a_failing_database_says_nothing_in_public(  # noqa: PLR0917 - fixtures
    api: BotApi, serving: Serving, jo: Talk, circle: Group, tmp_path: Path, logged: Logged
) -> None:
    """What was asked for is answered once the database is back; no words are anywhere."""
    async with serving(Refusing):
        await circle.says(jo.person, f"/help {HEAVY}")
        (line,) = await circle.sees()
        assert "ring 999" in line.text
        await jo.is_left_alone()
    nowhere("kill myself", api, tmp_path, logged)


# Following a link


@pytest.mark.parametrize("behind", ["", "unknown-code", "two words", "a.b", "x" * 65, "né"])
async def test_a_link_that_is_not_known_is_a_plain_start(
    behind: str, serving: Serving, jo: Talk
) -> None:
    """Whatever stands behind /start, a stranger is welcomed, and asked what everybody is."""
    async with serving():
        await jo.says(f"/start {behind}".strip())
        assert "are you 18 or over" in jo.asked.text


@pytest.mark.parametrize("words", ["suicide", "kill-myself", "kill_myself_now"])
async def test_words_in_the_place_of_a_code_are_not_passed_over(
    words: str, serving: Serving, jo: Talk
) -> None:
    """Somebody who writes behind /start what is the matter is heard as anywhere else."""
    async with serving():
        said = await jo.says(f"/start {words}")
        heard = "ring 999" in said[0].text
        plainly = await jo.says(words.replace("_", " ").replace("-", " "))
        assert heard or "ring 999" not in plainly[0].text


# Who may open a round


async def test_who_runs_the_group_may_open_a_round(
    api: BotApi, serving: Serving, jo: Talk, circle: Group, ann: Person
) -> None:
    """An admin gets the way to lead, a member is told; neither needs the bot to be an admin."""
    async with serving():
        await circle.says(ann, "/round")
        await circle.says(jo.person, "/round@kith_test_bot")
        await circle.says_as_the_group("/round")
        leads, member, nobody = await circle.sees(3)
        assert LEADS in leads.text
        assert NONE_OPEN in member.text
        assert "I can't see who asks here" in nobody.text
        assert len(api.calls_of("getChatAdministrators")) == 2


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("fault", [Fault(status=502), Fault(retry_after=30), Fault(delay=30)])
async def test_where_telegram_does_not_say_who_runs_it_nobody_leads(  # noqa: PLR0917 - fixtures
    fault: Fault, api: BotApi, serving: Serving, jo: Talk, circle: Group, ann: Person
) -> None:
    """It is asked for three seconds at most, and nobody else waits meanwhile."""
    api.inject("getChatAdministrators", fault)
    began = time.monotonic()
    async with serving():
        await circle.says(ann, "/round")
        await jo.says("/start")
        assert time.monotonic() - began < 2.5
        (line,) = await circle.sees(timeout=8)
        assert NONE_OPEN in line.text
        assert time.monotonic() - began < 6


async def test_anyone_may_open_one_where_it_was_set_so(
    api: BotApi, serving: Serving, jo: Talk, circle: Group
) -> None:
    """Then Telegram is not asked; an admin who is nobody still leads nothing."""
    async with serving(KITH_ROUND_LEADERS="anyone"):
        await circle.says(jo.person, "/round")
        await circle.says_as_the_group("/round")
        leads, nobody = await circle.sees(2)
        assert LEADS in leads.text
        assert "I can't see who asks here" in nobody.text
        assert api.calls_of("getChatAdministrators") == []


async def test_where_anyone_may_open_one_whoever_did_leads_it(
    serving: Serving, meets: Meets, api: BotApi
) -> None:
    """Another member who asks for the round is offered to take part, and not to lead it."""
    ann, bo = meets(3, "Ann"), meets(4, "Bo")
    group = api.group(CHAT, title="Circle", members=[api.person(2), ann.person, bo.person])
    async with serving(KITH_ROUND_LEADERS="anyone"):
        for each in (ann, bo):
            await group.says(each.person, "/round")
            await group.sees()
            await each.says(f"/start {code_in(group)}")
            if each is ann:
                await each.taps("Open a round")
                await each.taps("A check-in")
                await group.sees()
        await ann.says("/round")
        assert ("Show what was shared",) in ann.asked.buttons
        await bo.says("/round")
        assert ("Show what was shared",) not in bo.asked.buttons


# The group itself


async def test_where_kith_is_taken_out_nothing_of_the_group_is_kept(
    serving: Serving, jo: Talk, circle: Group, ann: Person, database: str
) -> None:
    """Not even that there was one; its links lead nowhere from then on."""
    async with serving():
        await circle.says(jo.person, "/reflect")
        await circle.sees()
        code = code_in(circle)
        assert len(groups_in(database)) == 1
        await circle.makes_bot("kicked", by=ann)
        async with asyncio.timeout(5):
            while groups_in(database):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await jo.says(f"/start {code}")
        assert "are you 18 or over" in jo.asked.text


async def test_a_group_that_is_not_known_leaves_nothing_by_going(  # noqa: PLR0917 - fixtures
    api: BotApi, serving: Serving, jo: Talk, circle: Group, ann: Person, database: str
) -> None:
    """Being let in, somebody's leaving and being taken out make no row of anything."""
    async with serving():
        await circle.makes_bot("administrator", by=ann)
        await circle.leaves(jo.person)
        await circle.makes_bot("kicked", by=ann)
        await api.drained()
        await asyncio.sleep(0.1)
        assert groups_in(database) == []
        assert jo.row() == b""


async def test_who_leaves_a_group_that_has_moved_has_left_it(
    api: BotApi, serving: Serving, ann: Person, database: str
) -> None:
    """Whoever led it leads it no more, by whatever number the group is known now."""
    group = api.group(-500, title="Friends", members=[ann])
    async with serving():
        await group.says(ann, "/round")
        await group.sees()
        assert members_in(database) == 1
        moved = await group.migrates(CHAT, by=ann)
        await moved.leaves(ann)
        async with asyncio.timeout(5):
            while members_in(database):  # noqa: ASYNC110
                await asyncio.sleep(0.02)


async def test_a_group_that_moves_is_the_same_group(
    api: BotApi, serving: Serving, jo: Talk, ann: Person, database: str
) -> None:
    """Its links go on leading where they did, and it is answered in its new chat."""
    group = api.group(-500, title="Friends", members=[ann, jo.person])
    async with serving():
        await group.says(jo.person, "/reflect")
        await group.sees()
        code = code_in(group)
        moved = await group.migrates(CHAT, by=ann)
        await moved.says(jo.person, "/reflect")
        await moved.sees()
        assert code_in(moved) == code
        assert len(groups_in(database)) == 1


async def test_one_person_in_two_groups_has_a_way_out_of_each(
    api: BotApi, serving: Serving, meets: Meets, jo: Talk, circle: Group
) -> None:
    """Each group has links of its own."""
    other = api.group(-77, title="Others", members=[meets(9, "Al").person, jo.person])
    async with serving():
        await circle.says(jo.person, "/reflect")
        await other.says(jo.person, "/reflect")
        await circle.sees()
        await other.sees()
        assert code_in(circle) != code_in(other)


async def test_a_round_stands_in_the_group_and_is_edited_there(
    serving: Serving, meets: Meets, api: BotApi
) -> None:
    """Opened in private by an admin; its question stands in the group, in the topic, once."""
    lead = meets(3, "Ann")
    group = api.group(CHAT, title="Circle", members=[lead.person], topics={5: "Evenings"})
    async with serving():
        await group.says(lead.person, "/round", topic=5)
        await group.sees()
        await lead.says(f"/start {code_in(group)}")
        await lead.taps("Open a round")
        await lead.taps("A check-in")
        (question,) = await group.sees()
        assert (question.topic, list(question.links)) == (5, ["Answer in private"])
        await lead.says("/round")
        await lead.taps("Show what was shared")
        (bare,) = await group.sees()
        assert bare.text == "What was shared"
        shown = await group.sees()
        assert "Ann" not in str(shown)
        await group.quiet()
