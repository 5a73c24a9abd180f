"""The canary run: many people tell much, everything goes wrong, and nothing of it lies open.

`KITH_TEST_PEOPLE_MARKED` says how many people there are; `make soak` sets 300.
"""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest

from bot.library import Library
from tests.canary import faults
from tests.canary.installation import PATIENCE, Installation, ended
from tests.canary.marks import Told, chat_of
from tests.canary.person import ANYWHERE, AT_A_TERMINAL, IN_JSON, ON_TELEGRAM, Person, kinds_of
from tests.canary.promised import broken_promises
from tests.canary.search import Find, Search
from tests.canary.talking import AtATerminal, InJson, OnTelegram
from tests.numbers import confirmed
from tests.storm.places import TOKEN
from tests.storm.watched import Watched

PEOPLE = int(os.environ.get("KITH_TEST_PEOPLE_MARKED", "30"))
FEW = PEOPLE <= 30
SECONDS = 13.0 if FEW else 600.0
"""So long people on Telegram talk; Kith gives one chat one message a second in the long run."""
EXTRAS = 7 if FEW else 30
VICTIM = 9_000


def people_of(library: Library, whose: Iterable[int], extras: tuple[str, ...]) -> list[Person]:
    """Give people who tell much, each with some of the extras in an order of their own."""
    kinds = kinds_of(library)
    found = []
    for number in whose:
        chance = Random(f"canary/{number}")
        mixed = chance.sample(extras, len(extras))
        # what wipes something comes behind what makes it
        mixed = sorted(mixed[: EXTRAS + number % 3], key=lambda each: each.startswith("wipe"))
        found.append(Person(Told(number), kinds, chance, mixed))
    return found


@pytest.mark.timeout(120 if FEW else 0)
async def test_nothing_that_was_told_lies_open_anywhere(library: Library, tmp_path: Path):
    """Every byte of every file is searched, while Kith runs, after a kill, a crash and the end.

    Then, with the key, exactly what was promised is read.
    """
    folder = tmp_path / "run"
    folder.mkdir()
    file = folder / "kith.db"
    url = f"sqlite:///{file}"
    chats = [*range(PEOPLE // 10)]
    typing = [*range(len(chats), len(chats) + max(1, PEOPLE // 15))]
    apart = {*chats, *typing}
    many = people_of(
        library, (n for n in range(PEOPLE) if n not in apart), (*ANYWHERE, *ON_TELEGRAM)
    )
    in_json = people_of(library, chats, (*ANYWHERE, *IN_JSON))
    typed = people_of(library, typing, AT_A_TERMINAL)
    confirmed(url)
    async with await Watched.start(TOKEN) as api:
        place = Installation(folder, url, {"KITH_TELEGRAM_API_URL": api.url})
        process = await place.start("telegram")
        victim = OnTelegram(api, Person(Told(VICTIM), kinds_of(library), Random(0), []))
        await victim.talks(time.monotonic() + 3.0)
        try:
            until = time.monotonic() + SECONDS
            on_telegram = [OnTelegram(api, person) for person in many]
            walks = [asyncio.ensure_future(each.talks(until)) for each in on_telegram]
            others = [asyncio.to_thread(_in_json, place, each) for each in in_json]
            others += [asyncio.to_thread(_at_a_terminal, place, each) for each in typed]
            wrong = asyncio.ensure_future(
                faults.all_of_them(place, api, process, file, _says(victim))
            )
            await asyncio.gather(*others)
            process = await wrong
            await asyncio.gather(*walks)
            await on_telegram[0].account.blocks()
            await _settled(place, api)
            faults.copied(folder, "copy-at-the-end")
        finally:
            if process.returncode is None:
                assert await ended(process, signal.SIGTERM) == 0
        assert place.kith("backup", "at-the-end.db").returncode == 0
        assert place.kith("doctor", "--json").returncode < 2
    people = [("telegram", each.told) for each in many]
    people += [("terminal", each.told) for each in (*in_json, *typed)]
    told = Counter(channel for channel, each in people for _ in each.kept)
    assert min(told.values()) > 10, f"too little was told: {told}"
    found = Search([*range(PEOPLE), VICTIM]).folder(folder)
    assert not broken_promises(url, people)
    assert not found, listed(found)
    assert not [*folder.rglob("core*")], "a crash left an image of the memory"


def listed(found: set[Find]) -> str:
    """Tell in which files what kind of thing was found, and how often."""
    kinds = Counter((each.where, each.form, kind(each.what)) for each in found)
    lines = [f"{where}, {form}: {many} {what}" for (where, form, what), many in kinds.items()]
    return "\n".join(sorted(lines))


def kind(what: str) -> str:
    """Name what kind of thing this is."""
    return "marks" if what.startswith("zq") else "digests" if "digest" in what else "chats"


async def _settled(place: Installation, api: Watched) -> None:
    """Wait until every update was taken and nothing waits to go out."""
    async with asyncio.timeout(PATIENCE):
        while api.undelivered() or place.count("outbox"):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)


def _says(victim: OnTelegram) -> Callable[[], None]:
    mark = victim.person.told.new()
    loop = asyncio.get_running_loop()

    def say() -> None:
        asyncio.run_coroutine_threadsafe(victim.account.says(f"{mark} hello"), loop).result()

    return say


def _in_json(place: Installation, person: Person) -> None:
    with place.chat("--json", "--as", str(chat_of(person.told.whose))) as chat:
        InJson(chat, person).talks()


def _at_a_terminal(place: Installation, person: Person) -> None:
    with place.chat("--as", str(chat_of(person.told.whose))) as chat:
        AtATerminal(chat, person).talks()
