"""A post that Telegram took although its answer was lost comes twice; both copies are edited."""

from tests.botapi import BotApi, Fault
from tests.telegram.conftest import Serving
from tests.telegram.rounds import Voice, code_of, standing, waited

WORDS = "jos own words"


async def test_what_is_taken_back_goes_from_both_copies(api: BotApi, serving: Serving) -> None:
    """Whoever is forgotten stands in no copy of what was shown."""
    ann, jo = Voice(api, 3, "Ann"), Voice(api, 7, "Jo")
    group = api.group(-1_000_000_000_005, title="Circle", members=[ann.person, jo.person])
    async with serving():
        await group.says(ann.person, "/round")
        await waited(lambda: bool(group.history()[-1].links), lambda: standing(group))
        await ann.says(f"/start {code_of(group)}", "You see what the group sees")
        await ann.person.taps("Open a round")
        await ann.reads("Which round would you like")
        await ann.person.taps("What helped this week")
        await waited(lambda: "Question 1 of 3" in standing(group), lambda: standing(group))
        await jo.comes(group, "Jo")
        await jo.answers(WORDS, "named", "Second of three")
        await ann.says("/round", "You see what the group sees")
        api.inject("sendMessage", Fault(cut="after"), times=3)  # the panel is sent by it as well
        await ann.person.taps("Show what was shared")
        await waited(lambda: WORDS in standing(group), lambda: standing(group))
        await jo.says("/forget", "What is to go?")
        await jo.says("Yes, forget everything for good", "is gone")
        await waited(lambda: WORDS not in standing(group), lambda: standing(group))
