"""The page for whoever leads a group, on Telegram: its first steps need nothing that it leaves out."""

import pytest

from tests.botapi import BotApi, Group
from tests.telegram.conftest import Meets, Serving
from tests.telegram.talk import Talk
from tests.test_for_groups import ROUND, SET_UP, acts, steps

AGREES = ("Yes", "No, only me", "Yes, go on")


@pytest.fixture
def ann(meets: Meets) -> Talk:
    """Give Ann, who made the group."""
    return meets(8, "Ann")


@pytest.fixture
def circle(api: BotApi, ann: Talk, jo: Talk) -> Group:
    """Give a group that Ann made, with Jo in it."""
    return api.group(-1_000_000_000_007, title="Circle", members=[ann.person, jo.person])


async def does(who: Talk, circle: Group, told: str, where: str) -> None:
    """Do what a step of the page says, as one person in that group."""
    for kind, what in acts(told):
        match kind:
            case "command" if where == "in the group":
                await circle.says(who.person, f"/{what}")
                await circle.sees()
            case "command":
                await who.says(f"/{what}")
            case "link":
                links = [link for seen in circle.history() for link in seen.links.values()]
                await who.says(f"/start {links[-1].partition('=')[2]}")
            case "button":
                await who.taps(what)
            case _:
                await who.says("Jo and nobody else")


async def test_a_group_begins_with_the_steps_of_the_page(
    api: BotApi, serving: Serving, ann: Talk, jo: Talk, circle: Group
) -> None:
    """No admin rights, privacy mode on: one command, one button, and the group reads a question."""
    assert not api.reads_groups
    await circle.makes_bot("member", ann.person)
    joins = steps(ROUND)[0]
    async with serving():
        for _, where, told in steps(SET_UP):
            await does(ann, circle, told, where)
        opened = (await circle.sees())[-1]
        assert "Question 1 of 3" in opened.text
        follow, *rest = acts(joins[2])
        assert follow[0] == "link"
        (link,) = opened.links.values()
        await jo.says(f"/start {link.partition('=')[2]}")
        await jo.says_all(AGREES)
        assert [kind for kind, _ in rest] == ["button", "name", "answer"]
        await jo.taps(rest[0][1])
        await jo.says("Jo")
        (asked,) = await jo.says("A long week")
        assert "A long week" in asked.text
        assert "long week" not in str(circle.history())
