"""The canary run: many people tell much, everything goes wrong, and nothing of it lies open.

`KITH_TEST_PEOPLE_MARKED` says how many people there are; `make soak` sets 300.
"""

import asyncio
import signal
import time
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from bot.library import Library
from tests.canary import faults
from tests.canary.everybody import FEW, PEOPLE, SECONDS, VICTIM, Everybody
from tests.canary.gone import bytes_left, bytes_of_people, left_over
from tests.canary.installation import Installation, ended
from tests.canary.promised import promises
from tests.canary.search import Find, Search
from tests.numbers import confirmed
from tests.storm.front import Front
from tests.storm.places import TOKEN, free_port
from tests.storm.watched import Watched

BY_WEBHOOK = max(8, PEOPLE // 4)
SOON = 3.0
CROSSED = 0.1
"""Of so many answers at most nobody knows whether they came before a fault or behind it."""
FEWEST = 4
"""So many marks at least are kept on each channel, else a run would show nothing."""
pytestmark = pytest.mark.timeout(120 if FEW else 0)


async def test_nothing_that_was_told_lies_open_anywhere(library: Library, tmp_path: Path):
    """Everybody talks by polling, in JSON and at terminals; then they are forgotten.

    Every byte of every file is searched: while Kith runs, after a kill, a full disk, a crash and
    the end. With the key exactly what was promised is read. After the forgetting there is no row,
    no key and no byte of either.
    """
    folder = tmp_path / "run"
    folder.mkdir()
    url = f"sqlite:///{folder}/kith.db"
    confirmed(url)
    async with await Watched.start(TOKEN) as api:
        place = Installation(folder, url, {"KITH_TELEGRAM_API_URL": api.url})
        everybody = Everybody.of(library, api, place, PEOPLE)
        process = await place.start("telegram")
        try:
            await everybody.victim.talks(time.monotonic() + SOON)
            wrong = asyncio.ensure_future(faults.all_of_them(everybody, process))
            await everybody.talk(time.monotonic() + SECONDS)
            process = await wrong
            await everybody.on_telegram[0].account.blocks()
            await everybody.settled()
            faults.copied(folder, "copy-at-the-end")
            await asyncio.to_thread(kept_as_promised, everybody)
            theirs = bytes_of_people(url)
            await everybody.on_telegram[0].account.unblocks()
            await everybody.are_forgotten(library)
        finally:
            if process.returncode is None:
                assert await ended(process, signal.SIGTERM) == 0
    gone_for_good(everybody, theirs)
    nothing_open(everybody)


async def test_nothing_lies_open_on_a_server_either(
    library: Library, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
):
    """The same by webhook, with two workers: every value of every table is searched as well."""
    folder = tmp_path / "run"
    folder.mkdir()
    monkeypatch.setenv("KITH_KEY_FILE", str(folder / "kith.key"))
    confirmed(postgres_url)
    ports = [free_port() for _ in range(4)]
    async with await Watched.start(TOKEN) as api, Front(ports[:2], rough=True) as front:
        settings = {"KITH_TELEGRAM_API_URL": api.url, "KITH_WEBHOOK_URL": front.url}
        settings["KITH_KEY_FILE"] = str(folder / "kith.key")
        place = Installation(folder, postgres_url, settings)
        everybody = Everybody.of(library, api, place, BY_WEBHOOK)

        def worker(number: int) -> Awaitable[Process]:
            doors = {"KITH_PORT": ports[number], "KITH_METRICS_PORT": ports[2 + number]}
            return place.start("serve", **{name: str(port) for name, port in doors.items()})

        both = [*await asyncio.gather(worker(0), worker(1))]
        try:
            wrong = asyncio.ensure_future(_killed_and_begun_again(everybody, both, worker, ports))
            await everybody.talk(time.monotonic() + SECONDS)
            await wrong
            await everybody.settled()
            await _scraped(place, ports[2:])
            assert place.kith("backup", "at-the-end.db").returncode == 0
            before = Search([*range(PEOPLE), VICTIM]).database(postgres_url, "database")
            assert not before, listed(before)
            await asyncio.to_thread(kept_as_promised, everybody)
            await everybody.are_forgotten(library)
        finally:
            for process in both:
                if process.returncode is None:
                    assert await ended(process, signal.SIGTERM) == 0
    assert left_over(postgres_url) == []
    nothing_open(everybody)


async def _killed_and_begun_again(
    everybody: Everybody,
    both: list[Process],
    worker: Callable[[int], Awaitable[Process]],
    ports: list[int],
) -> None:
    await asyncio.sleep(SOON)
    faults.refusals(everybody.api)
    await _scraped(everybody.place, ports[2:])
    await asyncio.to_thread(everybody.place.kith, "backup", "while-it-runs.db")
    for number, how in enumerate((signal.SIGKILL, signal.SIGSEGV)):
        await ended(both[number], how)
        both[number] = await worker(number)


async def _scraped(place: Installation, ports: list[int]) -> None:
    async with aiohttp.ClientSession() as session:
        for port in ports:
            async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
                place.log("metrics").write_bytes(await answer.read())


def kept_as_promised(everybody: Everybody) -> None:
    """Read everybody's session with the key: what was to be kept is there, and nothing else."""
    told = Counter(channel for channel, each in everybody.people for _ in each.kept)
    assert min(told.values()) >= FEWEST, f"too little was told: {told}"
    came = promises(everybody.place.url, everybody.people)
    assert came.wrong == []
    assert len(came.crossed) <= 1 + came.kept * CROSSED, came.crossed


def gone_for_good(everybody: Everybody, theirs: set[bytes]) -> None:
    """See that no row, no key and no byte of either is left in live files."""
    assert len(theirs) >= 3 * len(everybody.people), "an address, a session and a key each"
    assert left_over(everybody.place.url) == []
    assert bytes_left(everybody.place.folder, theirs) == []


def nothing_open(everybody: Everybody) -> None:
    """Search every byte of every file that was written, in every form."""
    place = everybody.place
    assert place.kith("backup", "behind-it.db").returncode == 0
    assert place.kith("doctor", "--json").returncode < 2
    found = Search([*range(PEOPLE), VICTIM]).folder(place.folder)
    assert not found, listed(found)
    assert not [*place.folder.rglob("core*")], "a crash left an image of the memory"


def listed(found: set[Find]) -> str:
    """Tell in which files what kind of thing was found, and how often."""
    kinds = Counter((each.where, each.form, kind(each.what)) for each in found)
    lines = [f"{where}, {form}: {many} {what}" for (where, form, what), many in kinds.items()]
    return "\n".join(sorted(lines))


def kind(what: str) -> str:
    """Name what kind of thing this is."""
    return "marks" if what.startswith("zq") else "digests" if "digest" in what else "chats"
