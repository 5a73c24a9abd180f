"""Forgetting ends in gone: beside a turn, a send, another forgetting, and a copy that is put back."""

import asyncio
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.engine.events import ErasureDemanded, TextReceived
from bot.turns import Arrival, Turns
from storage.store import Store
from tests import running
from tests.botapi import Fault
from tests.canary.gone import personal, places
from tests.canary.search import values
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.numbers import confirmed
from tests.sealing.operating import Installation
from tests.sealing.people import ANN, BEN, WORDS, Room, made_library, opened
from tests.sealing.raw import connected, table
from tests.storm.places import TOKEN
from tests.storm.watched import Watched

FORGET = ("forget", f"terminal:{ANN}")
PEOPLE = ("sessions", "outbox", "due", "messages")
ROUNDS = 8
NEW = "rotkehlchen"
SHORTEST = 24
"""Bytes of a value that can't be anywhere by chance."""


@pytest.fixture
def room(url: str, store: Store, clock: StoppedClock) -> Room:
    room = Room(url, clock, store)
    room.told()
    return room


@pytest.fixture
def there(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "kith").begun()


def long_values(url: str) -> set[bytes]:
    return {value for _, value in values(url) if len(value) >= SHORTEST}


def of_ann(there: Installation) -> set[bytes]:
    """Give the long values in data and keys that are gone when Ann is: her rows and her key."""
    other = Installation(there.folder.parent / "without" / "kith")
    shutil.copytree(there.folder, other.folder)
    assert other.kith(*FORGET).returncode == 0
    left = long_values(other.url) | long_values(f"sqlite:///{other.file('kith-keys.db')}")
    return (long_values(there.url) | long_values(f"sqlite:///{there.file('kith-keys.db')}")) - left


@pytest.mark.parametrize("held", [False, True], ids=["alone", "beside-another-process"])
def test_no_byte_of_rows_and_key_stays_in_live_files(there: Installation, *, held: bool):
    """Neither in the files nor in their logs, also while Kith runs beside and has read them."""
    hers = of_ann(there) - {there.name(ANN).encode()}  # the list of the forgotten names her so
    assert len(hers) >= 4, "her session, what waits for her, where she is, and her key"
    with closing(opened_store(there.url)) as beside:
        if held:
            assert opened(beside, ANN)
        assert there.kith(*FORGET).returncode == 0
        whole = {file.name: file.read_bytes() for file in there.folder.glob("kith*")}
        found = {name for name, data in whole.items() for value in hers if value in data}
        assert not found
        assert opened(beside, ANN) == ()
        assert opened(beside, BEN)


def test_a_turn_that_runs_meanwhile_writes_nothing_of_who_was_forgotten(room: Room):
    """The forgetting waits for the turn, and takes what it wrote along; from another process."""
    person = room.name(ANN)
    with ThreadPoolExecutor() as threads:
        with room.store.transaction() as tx:
            rows = [*tx.sessions([person]).values()]
            forgetting = threads.submit(forgets, room)
            with pytest.raises(TimeoutError):
                forgetting.result(0.5)
            tx.save(rows, room.clock().timestamp())
        forgetting.result(20)
    assert room.kept(ANN) == ()
    assert rows_of(room.url, person) == {}
    assert WORDS[BEN].encode() in b"".join(room.kept(BEN))


def test_a_turn_behind_a_forgetting_begins_anew(room: Room):
    """Many times, at the same moment, from two workers: nothing of the old words stays."""
    for place in range(ROUNDS):
        word = f"wiedehopf{place}"
        room.says(ANN, word)
        room.says(ANN, word)
        both = threading.Barrier(2)
        with ThreadPoolExecutor() as threads:
            forgetting = threads.submit(forgets, room, both)
            turn = threads.submit(says_elsewhere, room, f"{NEW} {place}", both)
            forgetting.result(20)
            turn.result(20)
        assert word.encode() not in b"".join(room.kept(ANN))
    assert WORDS[BEN].encode() in b"".join(room.kept(BEN))


def test_forgetting_twice_at_once_is_forgetting(room: Room):
    """Two workers, the same person, the same moment: neither fails, and nothing is left."""
    person = room.name(ANN)
    for _ in range(ROUNDS):
        room.says(ANN, "hello")
        both = threading.Barrier(2)
        with ThreadPoolExecutor() as threads:
            pair = [threads.submit(forgets, room, both) for _ in range(2)]
            for each in pair:
                each.result(20)
        assert room.kept(ANN) == ()
        assert rows_of(room.url, person) == {}


def test_what_comes_once_more_after_a_forgetting_leaves_nothing(room: Room):
    """An update is delivered again after it has forgotten somebody: not even an empty row stays."""
    person = room.name(ANN)
    turns = Turns(room.store, made_library(), room.clock)
    address = {"channel": "terminal", "chat": ANN}
    forgetting = Arrival(person, address, ErasureDemanded(), "terminal:the-same")
    for _ in range(3):
        turns.take([forgetting])
        assert rows_of(room.url, person) == {}
        assert [
            row
            for place in places(room.url)
            for _, row in personal(*place)
            if row["person"] == person
        ] == []


def forgets(room: Room, both: threading.Barrier | None = None) -> None:
    """Forget Ann from another process's connection."""
    with closing(opened_store(room.url)) as store:
        if both:
            both.wait(20)
        Room(room.url, room.clock, store).does(ANN, ErasureDemanded())


def says_elsewhere(room: Room, words: str, both: threading.Barrier) -> None:
    with closing(opened_store(room.url)) as store:
        both.wait(20)
        Room(room.url, room.clock, store).does(ANN, TextReceived(words))


def rows_of(url: str, person: str) -> dict[str, int]:
    """Count somebody's rows by table, where there are any."""
    found = {}
    with connected(url) as connection:
        for name in PEOPLE:
            rows = connection.execute(table(connection, name).select()).mappings()
            found[name] = len([row for row in rows if row["person"] == person])
    return {name: many for name, many in found.items() if many}


@pytest.fixture
def two_commands(there: Installation) -> list[int | None]:
    """Give the exit codes of two `kith forget` that were begun at once."""
    streams = []
    for place in range(2):
        streams.append([there.folder.parent / f"{place}-{each}" for each in ("in", "out", "err")])
        for stream in streams[-1]:
            stream.touch()
    pair = [running.forked(FORGET, there.settings, each, there.folder) for each in streams]
    for process in pair:
        process.join(running.LONGEST)
    return [process.exitcode for process in pair]


def test_two_commands_at_once_both_end_well(there: Installation, two_commands: list[int | None]):
    """Whoever types it twice, or two operators, read no error."""
    assert two_commands == [0, 0]
    assert there.kept(ANN) == ()
    assert there.kept(BEN)


@pytest.mark.parametrize("by", ["operator", "person"])
async def test_a_send_in_flight_leaves_no_row_behind(tmp_path: Path, by: str):
    """Telegram takes a second to answer; meanwhile the person is forgotten: nothing comes back."""
    there = Installation(tmp_path / "kith")
    there.folder.mkdir()
    confirmed(there.url, Path(there.settings["KITH_DIALOGUES"]))
    async with await Watched.start(TOKEN) as api:
        settings = {**there.settings, "KITH_TELEGRAM_TOKEN": TOKEN}
        settings |= {"KITH_TELEGRAM_API_URL": api.url}
        streams = [there.folder.parent / each for each in ("in", "out", "err")]
        for stream in streams:
            stream.touch()
        process = running.forked(("telegram",), settings, streams, there.folder)
        jo, al = api.person(71, first_name="Jo"), api.person(72, first_name="Al")
        await jo.says("/start")
        await _sent(api, 71, 1)
        await jo.says(f"{WORDS[ANN]} again")
        await _sent(api, 71, 2)
        api.inject("sendMessage", Fault(delay=1.5), times=3)
        if by == "operator":
            await jo.says("and more")
            await asyncio.sleep(0.5)
            said = await asyncio.to_thread(there.kith, "forget", "telegram:71")
            assert said.returncode == 0, said.stderr
        else:
            await jo.says("and more")
            await jo.says("/forget")
            await _sent(api, 71, 4)
            everything = next(
                each
                for put in api.puts[71][::-1]
                for each in put.buttons
                if "everything" in each.label
            )
            api.inject("sendMessage", Fault(delay=1.5))
            await jo.taps_data(api.puts[71][-1].message_id, everything.data)
        await al.says("/start")
        await _sent(api, 72, 1)
        await asyncio.sleep(2.5)
        name = _name(there, 71)
        assert rows_of(there.url, name) == {}
        assert there.kept(ANN) == ()
        assert process.is_alive()
        process.terminate()
        await asyncio.to_thread(process.join, 20)
    assert process.exitcode == 0
    assert "Traceback" not in streams[2].read_text(encoding="utf-8")


async def _sent(api: Watched, chat: int, many: int) -> None:
    async with asyncio.timeout(30):
        while len(api.puts[chat]) < many:
            api.stirred[chat].clear()
            await api.stirred[chat].wait()


def _name(there: Installation, chat: int) -> str:
    with closing(opened_store(there.url)) as store:
        return store.name("telegram", str(chat))


def test_a_copy_of_the_files_brings_nobody_back(there: Installation, tmp_path: Path):
    """Data and keys from before are put back as files: Ann stays forgotten, Ben is whole."""
    before = tmp_path / "before"
    shutil.copytree(there.folder, before)
    ben = there.kept(BEN)
    assert there.kith(*FORGET).returncode == 0
    for file in there.folder.glob("kith*.db*"):
        file.unlink()
    for file in before.glob("kith*.db*"):
        shutil.copy(file, there.folder)
    assert there.kept(ANN) == ()
    assert there.kept(BEN) == ben
    assert WORDS[ANN] not in there.says(ANN, "hello")


def test_an_old_backup_brings_nobody_back_and_takes_no_new_life(
    there: Installation, tmp_path: Path
):
    """From the time before: only Ben. From the time after: Ben, and Ann's new life alone."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    assert there.kith("backup", str(tmp_path / "old" / "data")).returncode == 0
    assert there.kith("keys", "backup", str(tmp_path / "old" / "keys")).returncode == 0
    ben = there.kept(BEN)
    assert there.kith(*FORGET).returncode == 0
    there.says(ANN, "hello")
    there.says(ANN, NEW)
    ann = there.kept(ANN)
    assert there.kith("backup", str(tmp_path / "new" / "data")).returncode == 0
    assert there.kith("keys", "backup", str(tmp_path / "new" / "keys")).returncode == 0
    for age, wanted in (("old", ()), ("new", ann)):
        for order in (("keys", "data"), ("data", "keys")):
            again = Installation(tmp_path / f"{age}-{order[0]}" / "kith")
            again.folder.mkdir(parents=True)
            for name in ("kith.key", "kith.forgotten"):
                shutil.copy(there.file(name), again.folder)
            commands = {
                "data": ("restore", str(tmp_path / age / "data")),
                "keys": ("keys", "restore", str(tmp_path / age / "keys")),
            }
            codes = [again.kith(*commands[each]).returncode for each in order]
            if order[0] == "data" and codes[0] == 2:
                continue  # refused in this order, with nothing changed
            assert codes == [0, 0], (age, order)
            assert again.kept(ANN) == wanted, (age, order)
            assert again.kept(BEN) == ben, (age, order)


def test_a_key_backup_alone_brings_nobody_back(there: Installation, tmp_path: Path):
    """The keys of before with the data of today: the forgotten stay so, and Ben is whole."""
    copy = tmp_path / "keys"
    assert there.kith("keys", "backup", str(copy)).returncode == 0
    ben = there.kept(BEN)
    assert there.kith(*FORGET).returncode == 0
    for file in there.folder.glob("kith-keys.db*"):
        file.unlink()
    assert there.kith("keys", "restore", str(copy)).returncode == 0
    assert there.kept(ANN) == ()
    assert there.kept(BEN) == ben
