"""The command line: what goes wrong is one clear line with the remedy, and never a traceback."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import DEFAULTS
from tests.conftest import ROOT
from tests.running import begun, kith


def test_a_conversation_ends_with_the_input(tmp_path: Path) -> None:
    """Whoever closes the terminal ends the program, without fuss."""
    done = begun("chat", "--db", f"sqlite:///{tmp_path}/k.db", lines="yes\n")
    assert done.returncode == 0
    assert "Might someone else look at this phone" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_broken_script_is_one_line_with_its_place(tmp_path: Path) -> None:
    """Staff are told file, line and column, and what to do."""
    folder = shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues")
    script = folder / "scripts" / "reflection.yaml"
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("go: too_young", "go: to_young", 1), encoding="utf-8")
    done = kith("chat", "--db", f"sqlite:///{tmp_path}/k.db", KITH_DIALOGUES=str(folder))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "dialogues/scripts/reflection.yaml:" in done.stderr
    assert "did you mean 'too_young'?" in done.stderr
    assert not (tmp_path / "k.db").exists(), "nothing is begun with broken dialogues"


@pytest.mark.parametrize(
    ("arguments", "environment", "named"),
    [
        (["telegram"], {}, "KITH_TELEGRAM_TOKEN"),
        (["chat"], {"KITH_TELEGRAM_TOKN": "1:a"}, "KITH_TELEGRAM_TOKN"),
        (["chat", "--db", "sqlite:////proc/nowhere/kith.db"], {}, "KITH_DATABASE_URL"),
        (["chat", "--db", "no such address"], {}, "KITH_DATABASE_URL"),
        (["chat", "--dialogue", "nothing"], {}, "there is no dialogue 'nothing'"),
        (["chat", "--record", "/proc/nowhere/chat.txt"], {}, "/proc/nowhere/chat.txt"),
    ],
    ids=["no token", "unknown setting", "no folder", "bad address", "no dialogue", "no record"],
)
def test_a_setting_that_is_wrong_is_named(
    arguments: list[str], environment: dict[str, str], named: str, tmp_path: Path
) -> None:
    """Operators read one line that names what is wrong; exit code 2."""
    database = {"KITH_DATABASE_URL": f"sqlite:///{tmp_path}/k.db"}
    done = kith(*arguments, **database, **environment)
    assert done.returncode == 2
    assert named in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_help_names_every_setting() -> None:
    """Every setting can be found without reading code."""
    shown = kith("--help").stdout
    assert all(name in shown for name in DEFAULTS)


def loaded(*arguments: str) -> set[str]:
    """Give the libraries that a command has loaded when it is done."""
    told = "import sys; from bot.__main__ import main; main(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told, *arguments],
        input="",
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())


def test_a_command_loads_only_what_it_needs(tmp_path: Path) -> None:
    """It starts fast: no database where none is read, and no migrations where all are made."""
    database = ("--db", f"sqlite:///{tmp_path}/k.db")
    assert not {"sqlalchemy", "telegram"} & loaded("notice")
    assert not {"sqlalchemy", "telegram"} & loaded("check")
    assert "alembic.command" in loaded("chat", *database)
    again = loaded(*database, "chat")
    assert "sqlalchemy" in again
    assert not {"alembic", "telegram", "aiohttp", "bot.drawing", "babel"} & again


@pytest.mark.parametrize("arguments", [["--help", "chat"], ["chatter"], ["chatter", "chat"]])
def test_without_a_command_all_are_named(arguments: list[str]) -> None:
    """Whoever asks for help, or mistypes a command, reads which ones there are."""
    done = kith(*arguments)
    assert all(name in done.stdout + done.stderr for name in COMMANDS)
    assert done.returncode == (0 if "--help" in arguments else 2)


def test_the_age_and_the_days_of_keeping_are_said_as_they_are_set(tmp_path: Path) -> None:
    """What somebody is asked, and agrees to, follows the settings of whoever runs this Kith."""
    done = kith(
        *("chat", "--db", f"sqlite:///{tmp_path}/k.db"),
        lines="yes\nNo, only me\nYes, go on\nis this kept?\n",
        KITH_AGE="21",
        KITH_KEEP_DAYS="77",
    )
    said = " ".join(done.stdout.split())
    assert "are you 21 or over?" in said
    assert "They go 77 days after we last spoke" in said
    assert "It goes 77 days after we last spoke" in said


def test_two_people_at_one_terminal_have_a_conversation_each(tmp_path: Path) -> None:
    """`--as` keeps people apart, and each comes back to their own place."""
    database = f"sqlite:///{tmp_path}/k.db"
    kith("chat", "--as", "ann", "--db", database, lines="yes\n")
    ben = kith("chat", "--as", "ben", "--db", database)
    ann = kith("chat", "--as", "ann", "--db", database)
    assert "are you 18 or over" in ben.stdout
    assert "Might someone else look at this phone" in ann.stdout


def test_a_record_can_be_told_again(tmp_path: Path) -> None:
    """`--record` writes a chat that reads like one, choices by their words."""
    record = tmp_path / "chat.txt"
    database = f"sqlite:///{tmp_path}/k.db"
    kith("chat", "--record", str(record), "--db", database, lines="1\nno, only me\n")
    written = record.read_text(encoding="utf-8")
    assert "you (adult): Yes\n" in written
    assert "kith: Might someone else look at this phone or screen?" in written


def test_each_line_gets_its_concern_or_null() -> None:
    """A line in, a line out; where nothing is noticed, null."""
    said = kith("notice", "--json", lines="hello there\nI want to kill myself\n\n")
    first, second, third = (json.loads(line) for line in said.stdout.splitlines())
    assert first is third is None
    assert second.keys() == {"class", "tier", "rule"}
    assert (second["class"], second["tier"]) == ("suicide", "explicit")


def test_a_report_scores_a_file_and_shows_no_text(tmp_path: Path) -> None:
    """Counts for each class, and not one word of what was scored."""
    file = tmp_path / "some.csv"
    file.write_text("text,label,category\nI want to kill myself,1,suicide\nlovely soup,0,\n")
    said = kith("notice", "--report", str(file))
    assert said.returncode == 0
    assert "suicide" in said.stdout
    assert "kill" not in said.stdout + said.stderr
    assert "soup" not in said.stdout + said.stderr


def test_a_file_that_is_no_table_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    """Whoever names the wrong file is told so, without its contents."""
    file = tmp_path / "diary.txt"
    file.write_text("dear diary\n")
    said = kith("notice", "--report", str(file))
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 1
    assert "diary.txt can't be scored" in said.stderr
    assert "dear" not in said.stderr


def test_a_chat_warns_of_numbers_that_nobody_confirmed(tmp_path: Path) -> None:
    """The terminal may be tried out at once; whoever does so reads what is still to do."""
    database = f"sqlite:///{tmp_path}/k.db"
    warned = kith("chat", "--db", database)
    assert warned.returncode == 0
    assert "For operators: the help numbers are unconfirmed" in warned.stderr
    assert kith("doctor", "--confirm-numbers", "Sam", "--db", database).returncode == 0
    said = kith("chat", "--db", database).stderr
    assert "unconfirmed" not in said
    assert "those of a made-up town are shown here" in said
    town = ROOT / "dialogues" / "directory" / "demo-town.csv"
    assert kith("directory", "import", str(town), "--db", database).returncode == 0
    assert kith("chat", "--db", database).stderr == ""
