"""Eight people, whoever leads, two groups on one bot: the group sees exactly what was released.

With `KITH_TEST_ROUNDS` so many rounds are gone through in each place, with other moments to die.
"""

import asyncio
import os
import re
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from random import Random

import pytest

from tests.botapi import BotApi, Group
from tests.telegram.rounds import Place, Voice, polling, standing, waited, webhooks

ROUNDS = int(os.environ.get("KITH_TEST_ROUNDS", "1"))
HERE, THERE = -1_000_000_000_041, -77
MARK = re.compile(r"mark\d\dx")
NEXT = ("Second of three", "Last one", "That was all from me")
HOW = {"n": "named", "u": "unnamed", "k": "keep"}
CHOICES = {1: "uuu", 2: "uuu", 3: "uuu", 4: "uuu", 5: "unu", 6: "nnk", 7: "knk", 8: "nku"}
"""What becomes of each answer: named, unnamed, kept. The eighth comes after the first was shown."""
LATE, LEAVER, CHANGES, FORGETS, EARLY = 8, 7, 6, 5, 1
"""Two take back what they shared: the sixth after it was shown, the first before."""


def mark(who: int, prompt: int) -> str:
    """Give the words that stand in an answer and nowhere else."""
    return f"mark{who}{prompt}x"


class Evening:
    """One group with its people on one evening, and the other group that shares the bot."""

    def __init__(self, place: Place, seed: int) -> None:
        api = place.api
        self.place = place
        self.luck = Random(seed)
        self.lead = Voice(api, 100, "Lee")
        self.other_lead = Voice(api, 101, "Olu")
        self.people = {n: Voice(api, n, f"P{n}") for n in CHOICES}
        voices = [each.person for each in self.people.values()]
        self.here = api.group(HERE, title="Tuesday", members=[self.lead.person, *voices])
        self.there = api.group(THERE, title="Others", members=[self.other_lead.person])
        self.alone = Voice(api, 102, "Ali")

    async def opens(self, lead: Voice, group: Group) -> None:
        """Let whoever made a group open the round about what helped."""
        await group.says(lead.person, "/round")
        await waited(lambda: bool(group.history()[-1].links), lambda: standing(group))
        link = next(iter(group.history()[-1].links.values()))
        await lead.says(f"/start {link.partition('=')[2]}", "You see what the group sees")
        await lead.person.taps("Open a round")
        await lead.reads("Which round would you like")
        await lead.person.taps("What helped this week")
        await waited(lambda: "Question 1 of 3" in standing(group), lambda: standing(group))

    async def come(self, *numbers: int) -> None:
        """Let people come in all at once."""
        await asyncio.gather(*(self.people[n].comes(self.here, f"Name{n}") for n in numbers))

    async def answer(self, prompt: int, *numbers: int) -> None:
        """Let people answer a prompt, all at once, in some order."""

        async def one(who: int) -> None:
            await asyncio.sleep(self.luck.random() / 20)
            how = HOW[CHOICES[who][prompt]]
            await self.people[who].answers(f"it was {mark(who, prompt)}", how, NEXT[prompt])

        await asyncio.gather(*(one(who) for who in numbers))

    async def dies(self, which: int) -> None:
        """Let a process die at a moment that nobody chose."""
        await asyncio.sleep(self.luck.random() / 5)
        await self.place.is_killed(which)

    async def shows(self, *, taps: int = 1) -> None:
        """Let what was shared of a prompt be shown."""
        await self.lead.leads("Show what was shared", "What was shared stands", taps=taps)

    async def moves_on(self) -> None:
        """Let the next prompt stand in the group."""
        await self.lead.leads("Next question", "The next question stands")

    def stands(self) -> set[str]:
        """Give every mark that stands in the group now."""
        return set(MARK.findall(standing(self.here)))

    async def until(self, marks: set[str]) -> None:
        """Wait until exactly these marks stand in the group."""
        await waited(lambda: self.stands() == marks, lambda: f"{marks} is {standing(self.here)}")


async def lived(evening: Evening) -> None:
    """Go through a whole evening, and look at the group after each thing that happens in it."""
    await evening.opens(evening.lead, evening.here)
    await evening.opens(evening.other_lead, evening.there)
    seven = [n for n in CHOICES if n != LATE]
    await evening.come(*seven)
    await asyncio.gather(evening.answer(0, 1, 2, 3), evening.alone.comes(evening.there, "Ali"))
    await asyncio.gather(evening.answer(0, 4, 5, 6, 7), evening.dies(0))
    assert evening.stands() == set()

    await evening.lead.says("/round", "You see what the group sees")
    await evening.dies(1)
    await evening.shows(taps=2)
    first = {mark(n, 0) for n in range(1, 7)}
    await evening.until(first)
    await evening.come(LATE)
    await evening.answer(0, LATE)
    await evening.until(first | {mark(LATE, 0)})

    await asyncio.gather(evening.answer(1, *CHOICES), evening.dies(0))
    assert evening.stands() == first | {mark(LATE, 0)}
    await evening.moves_on()
    await evening.shows()
    second = {mark(n, 1) for n in (5, 6, 7)}
    await evening.until(first | second | {mark(LATE, 0)})

    changes, early = evening.people[CHANGES], evening.people[EARLY]
    await changes.says("/back", "like to do with it")
    await changes.says("keep", NEXT[1])
    second -= {mark(CHANGES, 1)}
    await evening.answer(2, 1, 2, 3, 4, 5, LATE)
    await early.says("/change", "Which answer would you like to change")
    await early.person.taps(f"it was {mark(EARLY, 2)}")
    await waited(lambda: NEXT[1] in early.newest_question(), lambda: str(early))
    await early.says("/skip", NEXT[2])
    await evening.here.leaves(evening.people[LEAVER].person)
    second -= {mark(LEAVER, 1)}
    await evening.until(first | second | {mark(LATE, 0)})
    await evening.moves_on()
    await evening.dies(1)
    await evening.shows()
    third = {mark(n, 2) for n in (2, 3, 4, 5, LATE)}
    await evening.until(first | second | third | {mark(LATE, 0)})

    await evening.people[FORGETS].says("/forget", "What is to go?")
    await evening.people[FORGETS].says("Yes, forget everything for good", "is gone")
    left = {mark(LATE, 0), mark(CHANGES, 0)}
    await evening.until(left)
    await evening.lead.leads("Close the round", "The round is closed")
    await waited(
        lambda: "for anybody here to borrow" in standing(evening.here),
        lambda: standing(evening.here),
    )
    await evening.until(left)


def looked_at(evening: Evening, api: BotApi) -> None:
    """Look at every single message that Kith ever sent, to a group or to anybody."""
    released = {mark(n, 0) for n in (1, 2, 3, 4, 5, 6, LATE)}
    released |= {mark(n, 1) for n in (5, 6, 7)} | {mark(n, 2) for n in (2, 3, 4, 5, LATE)}
    by_name = {5: [1], 6: [0, 1], 7: [1], 8: [0]}
    told = [seen.text for seen in evening.here.told()]
    assert {each for text in told for each in MARK.findall(text)} == released
    lines = {line for text in told for line in text.split("\n") if MARK.search(line)}
    names = {f"Name{who}: it was {mark(who, at)}" for who, some in by_name.items() for at in some}
    assert {line for line in lines if "Name" in line} == names
    assert {line for line in lines if "Name" not in line} == {
        f"- it was {each}" for each in released if not any(each in line for line in names)
    }
    others = [seen.text for seen in evening.there.told()]
    assert not [text for text in others if "mark" in text or "Name" in text or "Tuesday" in text]
    for call in api.calls:
        if not call.method.startswith(("send", "edit")):
            continue
        chat, words = int(call.params["chat_id"]), str(call.params)
        if chat > 0:
            assert all(each[4] == str(chat) for each in MARK.findall(words)), (chat, words)
        elif chat != HERE:
            assert chat == THERE
            assert not MARK.search(words)
    for texts in ([*told], [*others]):
        assert not [text for text in texts if re.search(r"18 or over|You said|Only you see", text)]


@pytest.mark.timeout(0 if ROUNDS > 1 else 120)
@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_a_whole_round_where_kith_polls(tmp_path: Path, seed: int) -> None:
    """On SQLite, with one process that is killed four times."""
    await _gone_through(polling(tmp_path, f"sqlite:///{tmp_path}/kith.db"), seed)


@pytest.mark.timeout(0 if ROUNDS > 1 else 120)
@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_a_whole_round_with_two_workers(tmp_path: Path, postgres_url: str, seed: int) -> None:
    """On PostgreSQL, with two workers on a rough road, each of them killed twice."""
    await _gone_through(webhooks(tmp_path, postgres_url), seed)


async def _gone_through(place: AbstractAsyncContextManager[Place], seed: int) -> None:
    async with place as there:
        evening = Evening(there, seed)
        await lived(evening)
        looked_at(evening, there.api)
