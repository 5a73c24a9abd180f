"""A backup holds all of one moment, and an installation can be brought back from it."""

import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, select, text

from storage.backup import Backup, back_up, restore
from storage.confirming import Confirmation
from storage.database import migrate
from storage.opening import seal_in
from storage.revisions import known_revisions
from storage.showing import Shown
from storage.store import Stored, Transaction
from storage.tables import metadata, sessions
from storage.unusable import DatabaseUnusable
from storage.whole_files import BackupRefused
from tests.conftest import ROOT
from tests.databases import bring_keys, opened_store, where
from tests.rows import keep, post
from tests.running import kith

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Give an empty database of a kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/kith.db"


def restored(file: Path, url: str) -> Backup:
    """Bring back a backup of an earlier Kith: what was open is sealed on the way."""
    return restore(file, url, seal=lambda found: seal_in(found, where(url)))


def read_of(person: str, url: str) -> bytes:
    """Give what is kept of somebody whom an earlier Kith knew by this name."""
    store = opened_store(url)
    channel, _, chat = person.partition(":")
    name = store.name(channel, chat)
    with store.transaction() as tx:
        body = tx.sessions([name])[name].body
    store.close()
    return body


@contextmanager
def written(url: str) -> Iterator[Transaction]:
    store = opened_store(url)
    try:
        with store.transaction() as tx:
            yield tx
    finally:
        store.close()


def fill(url: str, people: int = 2500) -> None:
    """Write something into every table, more than one batch of it."""
    with written(url) as tx:
        rows = [
            {
                "person": f"p{number:05}",
                "address": b"to %d" % number,
                "body": f"what {number} said 🌿".encode() + b"\0\xff",
                "touched": number / 3,
            }
            for number in range(people)
        ]
        tx._connection.execute(insert(sessions), rows)
        tx.note({f"e{number}": "EndlessLoop" if number % 7 else "" for number in range(50)}, 2.5)
        tx.sent(post(tx, "p00001", b"x", [b"1", b"2", b"3"])[1:])
        tx.remind("p00001", "r", 1e9 + 0.125)
        tx.show([Shown("p00001", 7), Shown("p00002", 1 << 40)], 3.5)
        tx.confirm(Confirmation("abc", "Sam", 1e9))


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = {
            table.name: sorted(tuple(row) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return rows


@pytest.mark.parametrize("back", ["sqlite", "postgresql"])
@BOTH
def test_all_that_was_kept_comes_back(
    back: str, url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """From either database and into either, each row is what it was, to the last byte."""
    fill(url)
    before = everything(url)
    made = back_up(url, tmp_path / "backup")
    if back == "sqlite":
        target = f"sqlite:///{tmp_path}/new/kith.db"
    elif url.startswith("sqlite"):
        target = request.getfixturevalue("postgres_url")
    else:
        target = url
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    brought = restore(tmp_path / "backup", target)
    assert everything(target) == before
    assert made == brought
    assert made.conversations == 2500
    assert made.size == (tmp_path / "backup").stat().st_size


@BOTH
def test_an_id_is_not_used_again_after_coming_back(url: str, tmp_path: Path) -> None:
    """A message that was sent before the backup is never mistaken for one made after it."""
    with written(url) as tx:
        keep(tx, Stored("a", b"", b""))
        gone = post(tx, "a", b"", [b"1", b"2"])
        tx.sent(gone)
    back_up(url, tmp_path / "backup")
    target = f"sqlite:///{tmp_path}/new.db"
    restore(tmp_path / "backup", target)
    bring_keys(url, target)
    with written(target) as tx:
        assert post(tx, "a", b"", [b"3"]) == [gone[-1] + 1]


def test_an_id_is_not_used_again_in_postgresql(tmp_path: Path, postgres_url: str) -> None:
    """The same when an installation moves from the embedded database."""
    embedded = f"sqlite:///{tmp_path}/kith.db"
    with written(embedded) as tx:
        tx.remind("a", "r", 1.0)
        tx.sent(post(tx, "a", b"", [b"1", b"2"]))
    back_up(embedded, tmp_path / "backup")
    restore(tmp_path / "backup", postgres_url)
    with written(postgres_url) as tx:
        assert post(tx, "a", b"", [b"3"]) == [3]
        tx.remind("b", "r", 1.0)
        assert len(tx.overdue(9.0)) == 2


@BOTH
def test_a_backup_is_one_moment_while_kith_goes_on(url: str, tmp_path: Path) -> None:
    """What is committed together is in a backup together; the bot never has to stop for one."""
    fill(url)
    done = [0]
    stop = threading.Event()

    def write() -> None:
        store = opened_store(url)
        while not stop.is_set():
            number = done[0] + 1
            with store.transaction() as tx:
                for person in ("p00000", "p02499"):
                    keep(tx, Stored(person, b"", b"%d" % number))
                tx.note({f"turn {number}": ""}, 1.0)
                post(tx, "writer", b"", [b"%d" % number])
            done[0] = number
        store.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backups = []
        for number in range(8):
            while done[0] < 5 * (number + 1):
                time.sleep(0.001)
            before = done[0]
            back_up(url, tmp_path / f"backup{number}")
            backups.append((before, done[0] + 1))
    finally:
        stop.set()
        writer.join()
    assert any(before + 1 < after for before, after in backups), "writing went on meanwhile"
    for number, (before, after) in enumerate(backups):
        target = f"sqlite:///{tmp_path}/again{number}.db"
        restore(tmp_path / f"backup{number}", target)
        bring_keys(url, target)
        with written(target) as tx:
            first, last = tx.sessions(["p00000", "p02499"]).values()
            turns = int(first.body)
            assert before <= turns <= after
            assert last.body == first.body
            events = {f"turn {n + 1}" for n in range(turns + 1)}
            assert tx.seen(events) == events - {f"turn {turns + 1}"}
            bodies = [parcel.body for parcel in tx.waiting("writer", most=10_000)]
            assert bodies == [b"%d" % (n + 1) for n in range(turns)]


def test_deleted_words_are_in_no_backup(tmp_path: Path) -> None:
    """Even where a database still has deleted bytes in it, a backup has none."""
    url = f"sqlite:///{tmp_path}/kith.db"
    fill(url, people=10)
    with closing(sqlite3.connect(tmp_path / "kith.db")) as careless:
        careless.execute("PRAGMA secure_delete=OFF")
        careless.execute("PRAGMA journal_mode=DELETE")
        careless.execute(
            "INSERT INTO sessions VALUES ('gone', x'', ?, 1.0)", [b"CANARY" * 5000]
        ).connection.commit()
        careless.execute("DELETE FROM sessions WHERE person = 'gone'").connection.commit()
    assert b"CANARY" in (tmp_path / "kith.db").read_bytes()
    back_up(url, tmp_path / "backup")
    assert b"CANARY" not in (tmp_path / "backup").read_bytes()


@BOTH
def test_only_its_owner_reads_a_backup(url: str, tmp_path: Path) -> None:
    """Nobody else on the machine can open it, not even while it is written."""
    fill(url)
    modes = set()

    def told(_done: int, _whole: int) -> None:
        modes.update(stat.S_IMODE(part.stat().st_mode) for part in tmp_path.glob(".backup*"))

    back_up(url, tmp_path / "backup", told)
    modes.add(stat.S_IMODE((tmp_path / "backup").stat().st_mode))
    assert modes == {0o600}
    assert not list(tmp_path.glob(".backup*"))


@BOTH
def test_a_backup_says_how_far_it_is(url: str, tmp_path: Path) -> None:
    """Whoever waits for a large one sees it grow, up to the whole."""
    fill(url, people=8000)
    seen: list[tuple[int, int]] = []
    back_up(url, tmp_path / "backup", lambda done, whole: seen.append((done, whole)))
    assert seen == sorted(seen)
    assert 0 < seen[-1][0] <= seen[-1][1]


@pytest.fixture
def filled(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/kith.db"
    fill(url, people=10)
    return url


def test_a_backup_replaces_nothing(filled: str, tmp_path: Path) -> None:
    """A slip with the name costs no file."""
    (tmp_path / "letter").write_text("Dear all")
    with pytest.raises(BackupRefused, match="there already -> "):
        back_up(filled, tmp_path / "letter")
    assert (tmp_path / "letter").read_text() == "Dear all"


def test_a_place_that_can_not_be_written_is_named(filled: str, tmp_path: Path) -> None:
    """Whoever backs up to a folder that is not there reads that, with the remedy."""
    with pytest.raises(BackupRefused, match="No such file or directory -> "):
        back_up(filled, tmp_path / "nowhere" / "backup")


@BOTH
def test_a_database_in_use_is_not_written_over(url: str, filled: str, tmp_path: Path) -> None:
    """A backup is never mixed into conversations that go on."""
    back_up(filled, tmp_path / "backup")
    if url.startswith("postgresql"):
        with written(url) as tx:
            keep(tx, Stored("mine", b"", b"precious"))
    before = everything(url)
    with pytest.raises(BackupRefused, match=r"holds (1 conversation|10 conversations)"):
        restore(tmp_path / "backup", url)
    assert everything(url) == before


@BOTH
def test_a_database_that_only_took_something_in_is_in_use_too(url: str, tmp_path: Path) -> None:
    """What a running Kith has noted is not mixed with what it noted then."""
    other = f"sqlite:///{tmp_path}/other.db"
    fill(other, people=3)
    back_up(other, tmp_path / "backup")
    with written(url) as tx:
        tx.note({"e": ""}, 1.0)
    with pytest.raises(BackupRefused, match="in use"):
        restore(tmp_path / "backup", url)


@BOTH
def test_confirmed_numbers_are_no_use_yet(url: str, tmp_path: Path) -> None:
    """Whoever confirms the numbers before bringing a backup back may; those of the backup count."""
    other = f"sqlite:///{tmp_path}/other.db"
    fill(other, people=3)
    back_up(other, tmp_path / "backup")
    with written(url) as tx:
        tx.confirm(Confirmation("abc", "Mo", 5.0))
    assert restore(tmp_path / "backup", url).conversations == 3
    with written(url) as tx:
        assert tx.confirmations() == (Confirmation("abc", "Sam", 1e9),)


@BOTH
def test_a_restore_that_stops_half_way_brings_nothing(url: str, tmp_path: Path) -> None:
    """A database never holds half an installation; it can be tried again."""
    other = f"sqlite:///{tmp_path}/other.db"
    fill(other)
    back_up(other, tmp_path / "backup")

    def break_off(done: int, _whole: int) -> None:
        if done > 2000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(tmp_path / "backup", url, break_off)
    assert not any(everything(url).values())
    restore(tmp_path / "backup", url)
    assert everything(url) == everything(other)


def test_an_earlier_backup_is_brought_forward_and_stays_as_it_is(tmp_path: Path) -> None:
    """A backup of the first Kith there was goes into today's; the file itself is not touched."""
    old = f"sqlite:///{tmp_path}/old.db"
    engine = create_engine(old)
    migrate(engine, known_revisions()[-1])
    with engine.begin() as connection:
        row = {"person": "a", "address": b"x", "body": b"words", "touched": 1.5}
        connection.execute(
            text("INSERT INTO sessions VALUES (:person, :address, :body, :touched)"), row
        )
    engine.dispose()
    back_up(old, tmp_path / "backup")
    before = hashlib.sha256((tmp_path / "backup").read_bytes()).digest()
    target = f"sqlite:///{tmp_path}/new.db"
    assert restored(tmp_path / "backup", target).conversations == 1
    assert read_of("a", target) == b"words"
    assert hashlib.sha256((tmp_path / "backup").read_bytes()).digest() == before
    assert {file.name for file in tmp_path.iterdir()} >= {"backup", "new.db", "old.db"}


def test_an_earlier_postgresql_is_backed_up_before_it_is_brought_forward(
    postgres_url: str, tmp_path: Path
) -> None:
    """Whoever has installed a new Kith can still make a backup first."""
    engine = create_engine(postgres_url)
    migrate(engine, known_revisions()[-1])
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO sessions VALUES ('a', '', 'words', 1.5)"))
    engine.dispose()
    back_up(postgres_url, tmp_path / "backup")
    target = f"sqlite:///{tmp_path}/new.db"
    restored(tmp_path / "backup", target)
    assert read_of("a", target) == b"words"


def test_what_is_no_whole_backup_is_refused(filled: str, tmp_path: Path) -> None:
    """Nothing is brought back from a file that is damaged, newer, missing or something else."""
    target = f"sqlite:///{tmp_path}/new.db"
    back_up(filled, tmp_path / "backup")
    whole = (tmp_path / "backup").read_bytes()
    (tmp_path / "damaged").write_bytes(whole[:4096] + b"\1" * 8192 + whole[12288:])
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "letter").write_text("Dear all, " * 500)
    (tmp_path / "newer").write_bytes(whole)
    with closing(sqlite3.connect(tmp_path / "newer")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'").connection.commit()
    with closing(sqlite3.connect(tmp_path / "other")) as connection:
        connection.execute("CREATE TABLE mine (x)")
    for name in ("damaged", "cut", "letter", "newer", "other", "missing"):
        with pytest.raises(BackupRefused, match=f"{name} .* -> ") as refused:
            restore(tmp_path / name, target)
        assert "\n" not in str(refused.value)
    assert not (tmp_path / "new.db").exists()
    assert not (tmp_path / "missing").exists()


def test_there_is_nothing_to_back_up_where_there_is_no_database(tmp_path: Path) -> None:
    """A slip in the setting makes neither a database nor an empty backup."""
    with pytest.raises(DatabaseUnusable):
        back_up(f"sqlite:///{tmp_path}/kith.db", tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


@BOTH
def test_the_commands_say_one_line_each(url: str, tmp_path: Path) -> None:
    """An operator reads how large the backup is and how many conversations it holds."""
    fill(url, people=12)
    backup = str(tmp_path / "backup")
    made = kith("backup", backup, KITH_DATABASE_URL=url)
    assert (made.returncode, made.stderr, made.stdout.count("\n")) == (0, "", 1)
    assert made.stdout.startswith(f"{backup}: 0.")
    assert made.stdout.endswith(" MB, 12 conversations\n")
    again = kith("backup", backup, KITH_DATABASE_URL=url)
    assert (again.returncode, again.stdout, again.stderr.count("\n")) == (2, "", 1)
    assert " -> " in again.stderr
    mixed = kith("restore", backup, "--db", url)
    assert (mixed.returncode, mixed.stdout, mixed.stderr.count("\n")) == (2, "", 1)
    assert "holds 12 conversations -> restore into a new database" in mixed.stderr
    there = f"sqlite:///{tmp_path}/new.db"
    bring_keys(url, there)
    brought = kith("restore", backup, "--db", there)
    assert (brought.returncode, brought.stderr) == (0, "")
    assert brought.stdout.endswith(" MB, 12 conversations brought back\n")


def test_no_password_is_told(tmp_path: Path) -> None:
    """What goes wrong on the way to a database does not show the key to it."""
    secret = "postgresql+psycopg://kith:OPEN-SESAME@127.0.0.1:1/kith"
    done = kith("backup", str(tmp_path / "backup"), KITH_DATABASE_URL=secret)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "OPEN-SESAME" not in done.stderr + done.stdout


@pytest.mark.parametrize("stopped", [signal.SIGKILL, signal.SIGTERM])
def test_a_backup_that_is_stopped_has_no_name(stopped: signal.Signals, tmp_path: Path) -> None:
    """Killed in the middle, it leaves no file that looks whole, and the next one clears up."""
    url = f"sqlite:///{tmp_path}/kith.db"
    with written(url) as tx:
        body = os.urandom(4000)
        rows = [
            {"person": f"p{n:05}", "address": b"", "body": body, "touched": 1.0}
            for n in range(30_000)
        ]
        tx._connection.execute(insert(sessions), rows)
    folder = tmp_path / "backups"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "backup", str(folder / "today"), "--db", url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while not any(file.stat().st_size > 1_000_000 for file in folder.glob(".today*")):
        assert process.poll() is None
        time.sleep(0.001)
    process.send_signal(stopped)
    process.communicate()
    assert process.returncode == (-9 if stopped == signal.SIGKILL else 2)
    left = list(folder.iterdir())
    assert bool(left) == (stopped == signal.SIGKILL)
    for file in left:
        assert file.name != "today"
        os.utime(file, (1.0, 1.0))
    assert back_up(url, folder / "today").conversations == 30_000
    assert [file.name for file in folder.iterdir()] == ["today"]
