"""People are kept apart, and a group learns nothing."""

import asyncio

from tests.botapi import BotApi
from tests.telegram.conftest import Meets, Serving
from tests.telegram.talk import TO_QUOTED, Talk


async def test_two_people_at_once_never_see_each_others_words(
    api: BotApi, serving: Serving, meets: Meets
) -> None:
    """What one person writes is only ever said back to that person."""
    people = {"quetzal": meets(7, "Jo"), "okapi": meets(8, "Al"), "narwhal": meets(9, "Di")}

    async def tells(canary: str, talk: Talk) -> None:
        await talk.says_all((*TO_QUOTED, f"My {canary} is worn out", "Kept going"))
        await talk.says_all((f"The {canary} song", f"A home for the {canary}", "/kept"))

    async with serving():
        await asyncio.gather(*(tells(canary, talk) for canary, talk in people.items()))
    for canary, talk in people.items():
        chat = str(talk.person.user["id"])
        sent = [call for call in api.calls if str(call.params.get("chat_id")) == chat]
        own, others = str(sent), set(people) - {canary}
        assert canary in own
        assert not any(other in own for other in others)
        assert not any(other in talk.row().decode() for other in others)


async def test_a_tap_with_another_persons_data_touches_only_ones_own(
    serving: Serving, meets: Meets
) -> None:
    """A button's data names no person: used elsewhere, it can't reach anybody's answers."""
    jo, al = meets(7, "Jo"), meets(8, "Al")
    async with serving():
        await jo.says_all(("/start", "Yes"))
        asked = await al.says_all(("/start", "Yes", "No, only me"))
        row = jo.row()
        await al.person.taps_data(asked.message_id, f"{al.session().revision:x}|0|choice")
        await al.hears()
        assert jo.row() == row


async def test_in_a_group_nothing_is_taken_in(api: BotApi, serving: Serving, jo: Talk) -> None:
    """What is said in a group changes nothing in private, and nothing of either is told there."""
    group = api.group(-100, title="Circle", members=[jo.person])
    async with serving():
        await jo.says_all(TO_QUOTED)
        row = jo.row()
        await group.says(jo.person, "/start")
        await group.says(jo.person, "My quetzal is worn out")
        await group.says(jo.person, "@kith_test_bot my quetzal is worn out")
        await group.says(jo.person, "/help@kith_test_bot")
        lines = await group.sees(2)
        await group.quiet()
        assert "quetzal" not in str(lines)
        assert "Jo" not in str([seen.text for seen in lines])
        assert jo.row() == row
        await group.makes_bot("kicked", jo.person)
        await api.drained()
        (quoted,) = await jo.says("It is hard")
        assert "quetzal" not in quoted.text
