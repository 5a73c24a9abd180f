"""`kith doctor`: each thing that can be wrong with an installation is one line with its remedy."""

import asyncio
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zoneinfo
from argparse import Namespace
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import pytest
from sqlalchemy import create_engine, make_url, text
from telegram import Bot
from telegram.error import Conflict

from bot.channels.telegram.probing import ask_telegram
from bot.commands.doctor import run
from bot.doctor.database import database_findings
from bot.doctor.finding import Finding, serious_in, worst_first
from bot.doctor.machine import machine_findings
from bot.doctor.numbers import number_findings
from bot.doctor.telegram import Answered, telegram_findings
from bot.settings import read_settings
from storage.confirming import Confirmation
from storage.database import open_database
from storage.looking import Condition, condition_of
from tests.botapi import BotApi
from tests.conftest import ROOT
from tests.running import kith

TODAY = date(2026, 11, 2)
SCRIPT = """\
id: reflection
title: A short one
steps:
  - id: hello
    say: Good to see you.
    ask: words
  - id: bye
    say: Your neighbour could hear about that.
    ending: yes
"""


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with await BotApi.start(token="42:TEST") as server:
        server.reads_groups = False
        yield server


@pytest.fixture
def sound(api: BotApi, tmp_path: Path) -> dict[str, str]:
    """Give the settings of an installation with nothing to mend."""
    large = shutil.ignore_patterns(
        *("scripts", "rounds", "transcripts", "languages", "wording"),
        *("suggestions.yaml", "together.yaml", "totals.yaml", "published.yaml"),
    )
    folder = shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues", ignore=large)
    (folder / "scripts").mkdir()
    (folder / "scripts" / "reflection.yaml").write_text(SCRIPT, encoding="utf-8")
    settings = {
        "KITH_DATABASE_URL": f"sqlite:///{tmp_path}/kith.db",
        "KITH_KEY_FILE": f"{tmp_path}/key/kith.key",
        "KITH_DIALOGUES": str(folder),
        "KITH_CONTACT": "Sam, weekdays 9 to 5",
        "KITH_TELEGRAM_TOKEN": "42:TEST",
        "KITH_TELEGRAM_API_URL": api.url,
    }
    confirmed_by("Sam", settings)
    return settings


def confirmed_by(name: str, settings: dict[str, str]) -> str:
    """Confirm the help numbers as operators do; give what they then read."""
    asked = Namespace(json=False, alone=False, confirm_numbers=name)
    with redirect_stdout(io.StringIO()) as said:
        assert run(asked, read_settings(settings)) == 0
    return said.getvalue()


async def doctor(settings: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Run `kith doctor` as operators do; give the exit code and all that it said."""
    done = await asyncio.to_thread(kith, "doctor", *arguments, **settings)
    return done.returncode, done.stdout + done.stderr


async def looked(settings: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Let the doctor look, without the time that a start takes; give exit code and words."""
    asked = Namespace(
        json="--json" in arguments, alone="--alone" in arguments, confirm_numbers=None
    )
    with redirect_stdout(io.StringIO()) as said:
        code = await asyncio.to_thread(run, asked, read_settings(settings))
    return code, said.getvalue()


async def codes(settings: dict[str, str], *arguments: str) -> tuple[int, list[str]]:
    code, said = await looked(settings, "--json", *arguments)
    return code, [row["code"] for row in json.loads(said)]


def named(found: Any) -> list[str]:
    return [each.code for each in found]


async def test_there_is_nothing_to_mend(sound: dict[str, str]) -> None:
    """A sound installation is told that it is one, and nothing is changed by looking."""
    folder = Path(sound["KITH_DIALOGUES"]).parent
    before = sorted(folder.rglob("*"))
    assert await doctor(sound) == (0, "nothing to mend\n")
    assert await doctor(sound, "--json") == (0, "[]\n")
    assert sorted(folder.rglob("*")) == before


async def test_several_findings_are_told_worst_first(sound: dict[str, str]) -> None:
    """What prevents serving stands before what does not; each line has its remedy."""
    settings = sound | {"KITH_CONTACT": "", "KITH_TELEGRAM_TOKEN": ""}
    code, said = await doctor(settings)
    *lines, summary = said.splitlines()
    assert code == 1
    assert [line.partition(" ")[0] for line in lines] == ["KITH_TELEGRAM_TOKEN", "KITH_CONTACT"]
    assert all(" -> " in line for line in lines)
    assert summary == "1 to mend, 1 to look at"


@pytest.mark.parametrize(
    ("setting", "value", "found"),
    [
        ("KITH_TELEGRAM_TOKEN", "", "no-token"),
        ("KITH_TELEGRAM_TOKEN", "@kith_bot", "bad-token"),
        ("KITH_TELEGRAM_TOKEN", "43:OTHER", "refused-token"),
        ("KITH_TELEGRAM_API_URL", "http://127.0.0.1:1", "unreachable"),
        ("KITH_DATABASE_URL", "sqlite:////proc/nowhere/kith.db", "folder-not-writable"),
        ("KITH_DATABASE_URL", "postgresql+psycopg://me:x@127.0.0.1:1/x", "database-unusable"),
        ("KITH_DATABASE_URL", "no such address", "database-unusable"),
        ("KITH_DATABASE_URL", "oracle://x/y", "database-unusable"),
        ("KITH_DIALOGUES", "no/such/folder", "dialogues-broken"),
    ],
)
async def test_a_setting_that_prevents_serving_is_named(
    sound: dict[str, str], setting: str, value: str, found: str
) -> None:
    """Whoever has set one thing wrong reads that one thing, and the exit code says so too."""
    assert await codes(sound | {setting: value}) == (1, [found])


async def test_an_unknown_setting_is_named(sound: dict[str, str]) -> None:
    """A slip in the name of a setting is told before anything else."""
    code, said = await doctor(sound | {"KITH_TELEGRAM_TOKN": "42:TEST"})
    assert code == 2
    assert "KITH_TELEGRAM_TOKN" in said


async def test_nothing_private_is_told(sound: dict[str, str], api: BotApi) -> None:
    """Neither token nor password nor a secret address is in what an operator may pass on."""
    webhook = f"http://127.0.0.1:1/{api.token}/SESAME?key=OPEN"
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        await bot.set_webhook(webhook)
    api.person(4711, first_name="Jo")
    for address in (
        "postgresql+psycopg://kith:SESAME@127.0.0.1:1/kith",
        "postgresql+psycopg://kith:SESAME/1@127.0.0.1:1/kith",
        "postgresql+psycopg://kith:1@127.0.0.1:SESAME/kith",
    ):
        for settings in (
            sound,
            sound | {"KITH_WEBHOOK_URL": webhook, "KITH_WEBHOOK_SECRET": "OPEN"},
        ):
            _, said = await looked(settings | {"KITH_DATABASE_URL": address})
            assert "database" in said
            for secret in ("SESAME", "OPEN", api.token, "4711"):
                assert secret not in said


async def asked_for_updates(api: BotApi) -> None:
    while not api.calls_of("getUpdates"):  # noqa: ASYNC110
        await asyncio.sleep(0.01)


class Polling:
    """Another program with the same token, as the libraries write them: it asks again and again."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self.ended = 0
        self._task = asyncio.ensure_future(self._poll())

    async def _poll(self) -> None:
        offset: int | None = None
        async with Bot(self._api.token, base_url=f"{self._api.url}/bot") as bot:
            while True:
                try:
                    for update in await bot.get_updates(offset, timeout=20):
                        offset = update.update_id + 1
                except Conflict:
                    self.ended += 1
                    await asyncio.sleep(1)

    async def __aenter__(self) -> Self:
        await asked_for_updates(self._api)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def test_another_program_with_the_token_is_found(sound: dict[str, str], api: BotApi) -> None:
    """While this Kith is stopped, the doctor finds who else asks for its messages."""
    async with Polling(api):
        assert await codes(sound, "--alone") == (1, ["second-poller"])
    assert await codes(sound, "--alone") == (0, [])


async def test_the_doctor_does_not_disturb_a_kith_at_work(
    sound: dict[str, str], api: BotApi
) -> None:
    """Run beside the bot it looks at, the doctor ends no poll and takes no message away."""
    async with Polling(api) as kith:
        assert await codes(sound) == (0, [])
        assert kith.ended == 0


@pytest.mark.parametrize("arguments", [(), ("--alone",)])
async def test_no_update_is_taken_away(
    sound: dict[str, str], api: BotApi, arguments: tuple[str, ...]
) -> None:
    """What waits for Kith still waits after the doctor has looked, also what it could see."""
    jo = api.person(7, first_name="Jo")
    for words in ("one", "two", "three"):
        await jo.says(words)
    assert await codes(sound, *arguments) == (0, [])
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        updates = await bot.get_updates()
    assert [update.message.text for update in updates if update.message] == ["one", "two", "three"]
    assert all("allowed_updates" not in call for call in api.calls_of("getUpdates")[:-1])


async def test_a_webhook_while_this_kith_polls_is_another_finding(
    sound: dict[str, str], api: BotApi
) -> None:
    """Who reads why no message comes is told of the webhook, not of a second program."""
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        await bot.set_webhook("https://example.org/some/where")
        code, said = await looked(sound)
        assert code == 1
        assert "a webhook at example.org takes the messages" in said
        assert "where" not in said.partition("->")[0].partition("example.org")[2]
        assert await codes(sound, "--alone") == (1, ["webhook-set"])
        assert api.calls_of("getUpdates") == []
        await bot.delete_webhook()
    assert await codes(sound) == (0, [])


async def test_a_webhook_set_while_the_doctor_asks_is_told_apart(
    sound: dict[str, str], api: BotApi
) -> None:
    """The same refusal, 409, has two reasons; each has its own line."""
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        running = asyncio.ensure_future(codes(sound, "--alone"))
        await asked_for_updates(api)
        await bot.set_webhook("https://example.org/hook")
        assert await running == (1, ["webhook-set"])


async def test_the_webhook_of_this_kith_is_looked_at(sound: dict[str, str], api: BotApi) -> None:
    """Not set yet, set to another address, and set to one that does not answer, are told apart."""
    ours = "http://127.0.0.1:1/telegram"
    serving = sound | {"KITH_WEBHOOK_URL": ours}
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        assert await codes(serving) == (1, ["no-webhook"])
        await bot.set_webhook("https://example.org/hook")
        assert await codes(serving) == (1, ["other-webhook"])
        await bot.set_webhook(ours)
        assert await codes(serving) == (0, [])
        await api.person(7).says("hello")
        while not (await bot.get_webhook_info()).last_error_message:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert await codes(serving) == (0, ["webhook-trouble"])
    assert api.calls_of("getUpdates") == []


def test_trouble_of_long_ago_is_over() -> None:
    """Telegram names its last error for ever; the doctor does not."""
    ours = "https://example.org/hook"
    told = Answered(webhook=ours, trouble="Connection timed out", trouble_ago=90.0)
    assert "2 minutes ago: Connection timed out" in str(telegram_findings(told, ours)[0])
    assert telegram_findings(Answered(webhook=ours, trouble="x", trouble_ago=1e5), ours) == []


async def test_many_waiting_updates_are_told(sound: dict[str, str], api: BotApi) -> None:
    """A queue that grows at Telegram means that nobody takes it in."""
    jo = api.person(7)
    for number in range(100):
        await jo.says(f"{number}")
    assert await codes(sound) == (0, ["many-waiting"])


async def test_what_telegram_holds_back_is_told(sound: dict[str, str], api: BotApi) -> None:
    """A bot that once asked for less than Kith needs is found, with what is missing."""
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        await bot.get_updates(allowed_updates=["message"])
    code, said = await looked(sound)
    assert code == 0
    assert "edited_message, callback_query, my_chat_member -> " in said


async def test_group_privacy_that_is_off_is_told(sound: dict[str, str], api: BotApi) -> None:
    """Kith needs to hear nothing that is said in groups; the remedy names BotFather's command."""
    api.reads_groups = True
    code, said = await looked(sound)
    assert code == 0
    assert "-> in BotFather send /setprivacy" in said


@pytest.mark.parametrize(
    ("seconds", "words"), [(50, "ahead of"), (-50, "behind"), (4, ""), (-4, "")]
)
async def test_a_clock_that_is_off_is_told(api: BotApi, seconds: int, words: str) -> None:
    """The machine's time is held against the time in Telegram's answer, either way."""

    def wrong() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=seconds)

    told = await asyncio.to_thread(ask_telegram, api.token, api.url, wrong, polls=True)
    found = telegram_findings(told, "")
    assert named(found) == (["clock"] if words else [])
    assert words in "".join(map(str, found))
    assert not words or re.search(r" (49|50|51) seconds ", str(found[0]))


async def test_broken_dialogues_are_counted_with_the_first(sound: dict[str, str]) -> None:
    """The doctor names the first slip and where all of them are listed."""
    script = Path(sound["KITH_DIALOGUES"]) / "scripts" / "reflection.yaml"
    script.write_text(SCRIPT.replace("ask: words", "ask: wrods\n    next: by"), encoding="utf-8")
    code, said = await looked(sound)
    assert code == 1
    assert re.search(r"the dialogues have [2-9] to mend, the first: \S*reflection.yaml:\d+:", said)
    assert "`kith check` names all" in said


async def test_the_contact_is_looked_at(sound: dict[str, str]) -> None:
    """A missing human is told."""
    code, said = await looked(sound | {"KITH_CONTACT": " "})
    assert code == 0
    assert "KITH_CONTACT is not set" in said


async def test_numbers_that_nobody_confirmed_prevent_serving(
    sound: dict[str, str], tmp_path: Path
) -> None:
    """Nobody is sent to a number that was never tried; the remedy is one command."""
    fresh = sound | {"KITH_DATABASE_URL": f"sqlite:///{tmp_path}/other.db"}
    open_database(fresh["KITH_DATABASE_URL"]).dispose()
    code, said = await looked(fresh)
    assert code == 1
    assert "the help numbers are unconfirmed" in said
    assert "ring or look up each in dialogues/safety/numbers.yaml" in said
    assert "`kith doctor --confirm-numbers`" in said
    told = confirmed_by("Sam at the centre", fresh)
    assert told.count("999") >= 3
    assert "only works if you registered" in told
    assert "18 help numbers confirmed by Sam at the centre on " in told
    assert await codes(fresh) == (0, [])


async def test_changed_numbers_are_to_be_confirmed_again(sound: dict[str, str]) -> None:
    """A confirmation holds for the file as it was, to the letter, and holds again for that."""
    numbers = Path(sound["KITH_DIALOGUES"]) / "safety" / "numbers.yaml"
    before = numbers.read_text(encoding="utf-8")
    numbers.write_text(before.replace("116 123", "116 124"), encoding="utf-8")
    code, said = await looked(sound)
    assert code == 1
    assert "the help numbers have changed since Sam confirmed them on " in said
    confirmed_by("Mo", sound)
    assert await codes(sound) == (0, [])
    numbers.write_text(before, encoding="utf-8")
    assert await codes(sound) == (0, [])


def test_without_a_name_it_is_the_account_that_confirms(sound: dict[str, str]) -> None:
    """A script need not make up a name; the day is kept with it."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "doctor", "--confirm-numbers"],
        env={**os.environ, **sound, "LOGNAME": "morwenna"},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"confirmed by morwenna on {datetime.now(UTC).date()}" in done.stdout


async def test_numbers_that_are_not_there_can_not_be_confirmed(sound: dict[str, str]) -> None:
    """Whoever points at a wrong folder confirms nothing."""
    code, said = await doctor(sound | {"KITH_DIALOGUES": "no/such"}, "--confirm-numbers", "Sam")
    assert code == 2
    assert said.count("\n") == 1
    assert "see KITH_DIALOGUES" in said


@pytest.mark.parametrize(
    ("days", "digest", "found"),
    [
        (0, "now", []),
        (90, "now", []),
        (91, "now", ["numbers-old"]),
        (1, "before", ["numbers-changed"]),
        (None, "", ["numbers-unconfirmed"]),
    ],
)
def test_a_confirmation_holds_for_ninety_days(
    days: int | None, digest: str, found: list[str]
) -> None:
    """To the day, and only for the numbers as they stood."""
    at = datetime(2026, 11, 2, 12, tzinfo=UTC) - timedelta(days=days or 0)
    confirmed = [] if days is None else [Confirmation(digest, "Sam", at.timestamp())]
    told = list(number_findings(confirmed, "now", "dialogues/safety/numbers.yaml", TODAY))
    assert named(told) == found
    assert [each.serious for each in told] == [code != "numbers-old" for code in found]


async def test_a_database_behind_or_ahead_is_told_and_left_as_it_is(
    sound: dict[str, str], tmp_path: Path
) -> None:
    """Looking migrates nothing; ahead prevents serving, behind only wants a backup first."""
    with closing(sqlite3.connect(tmp_path / "kith.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'").connection.commit()
    assert await codes(sound) == (1, ["database-ahead"])
    with closing(sqlite3.connect(tmp_path / "kith.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    behind = Condition("sqlite:///kith.db", age="behind")
    assert named(database_findings(behind)) == ["database-behind"]


async def test_files_that_are_no_database_of_kith_are_told(
    sound: dict[str, str], tmp_path: Path
) -> None:
    """A letter, a folder, or another program's database is not taken for ours."""
    (tmp_path / "letter").write_text("Dear all, " * 500)
    with closing(sqlite3.connect(tmp_path / "other")) as connection:
        connection.execute("CREATE TABLE mine (x)")
    for name in ("letter", "other", "dialogues"):
        settings = sound | {"KITH_DATABASE_URL": f"sqlite:///{tmp_path}/{name}"}
        assert await codes(settings) == (1, ["database-unusable"]), name


async def test_a_database_that_is_not_there_yet_is_told(
    sound: dict[str, str], tmp_path: Path
) -> None:
    """It is no trouble at a first start, and a hint where a setting has a slip; none is made."""
    settings = sound | {"KITH_DATABASE_URL": f"sqlite:///{tmp_path}/new/folder/kith.db"}
    assert await codes(settings) == (1, ["numbers-unconfirmed", "no-database"])
    assert not (tmp_path / "new").exists()


@contextmanager
def as_anybody() -> Iterator[Path]:
    """Act as a user who may not do everything, in a folder of their own."""
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory(prefix="kith-") as name:
        if root:
            os.chown(name, 65534, 65534)
            os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            if root:
                os.seteuid(0)


def test_a_folder_or_file_that_can_not_be_written_is_told() -> None:
    """Reading is not enough; who may only read is told which of the two it is."""
    with as_anybody() as folder:
        url = f"sqlite:///{folder}/kith.db"
        open_database(url).dispose()
        assert list(database_findings(condition_of(url))) == []
        (folder / "kith.db").chmod(0o400)
        assert named(database_findings(condition_of(url))) == ["database-read-only"]
        (folder / "kith.db").chmod(0o600)
        folder.chmod(0o500)
        assert named(database_findings(condition_of(url))) == ["folder-not-writable"]
        new = f"sqlite:///{folder}/new/kith.db"
        assert named(database_findings(condition_of(new))) == ["folder-not-writable"]
        folder.chmod(0o700)


def test_little_space_is_told(tmp_path: Path) -> None:
    """What is left on the disk of the database is known before a full disk stops Kith."""
    url = f"sqlite:///{tmp_path}/kith.db"
    free = condition_of(url).free
    assert free is not None
    assert abs(free - shutil.disk_usage(tmp_path).free) < 100_000_000
    little = Condition("x", free=199_999_999)
    assert "only 200 MB are left" in str(next(database_findings(little)))
    assert list(database_findings(Condition("x", free=200_000_000))) == []


def test_a_postgresql_is_looked_at_too(postgres_url: str) -> None:
    """Not there yet, sound, one that can only be read, and one that is ahead."""
    assert named(database_findings(condition_of(postgres_url))) == ["no-database"]
    open_database(postgres_url).dispose()
    assert list(database_findings(condition_of(postgres_url))) == []
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    name = make_url(postgres_url).database
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    assert named(database_findings(condition_of(postgres_url))) == ["database-read-only"]
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
        connection.execute(text("SET default_transaction_read_only = off"))
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert named(database_findings(condition_of(postgres_url))) == ["database-ahead"]


def test_missing_time_zones_are_told() -> None:
    """Without their data no reminder could come at a person's own time of day."""
    bare = "import sys; sys.modules['tzdata'] = None; import zoneinfo; print(*zoneinfo.available_timezones())"
    done = subprocess.run(
        [sys.executable, "-c", bare],
        env={**os.environ, "PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert named(machine_findings(done.stdout.split())) == ["no-time-zones"]
    assert named(machine_findings(zoneinfo.available_timezones())) == []


def test_what_is_serious_stands_first() -> None:
    """Findings of a kind keep their order."""
    mild, grave = Finding("a", "x", "y"), Finding("b", "x", "y", serious=True)
    other = Finding("c", "x", "y")
    assert worst_first([mild, grave, other]) == [grave, mild, other]
    assert serious_in([mild, grave]) == [grave]
