"""`kith test` and `kith walk` as staff run them."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fakes import write_dialogues
from tests.rehearsing.scripts import BYE, FRIEND, HELLO, MOOD, SLEEP, WORK, talk
from tests.rehearsing.test_walks import BRACES, DEAD_END
from tests.running import kith

CHAT = """\
# How somebody is.
dialogue: talk

kith: Hello.

kith: How are you?
      [Fine]
      [Not so well]

you (mood): Fine

kith: How do you sleep these days?

you (sleep): Badly

kith: Thank you. That is all.

kith: That was all for now. You can begin again whenever you like.
"""


@pytest.fixture
def dialogues(tmp_path: Path) -> Path:
    """Dialogues with one chat that goes as written."""
    return laid_out(tmp_path / "dialogues", MOOD, SLEEP)


def laid_out(folder: Path, *steps: str) -> Path:
    """Write dialogues of these steps, with a chat to them."""
    write_dialogues(folder, talk(HELLO, *steps, BYE))
    (folder / "transcripts").mkdir(exist_ok=True)
    chat = folder / "transcripts" / "how.txt"
    if not chat.exists():
        chat.write_text(CHAT, encoding="utf-8")
        assert run_test(folder, "--update").returncode == 0
    return folder


def run_test(dialogues: Path, *arguments: str):
    return kith("test", *arguments, KITH_DIALOGUES=str(dialogues))


def test_the_shipped_chats_go_as_written() -> None:
    """All chats are told, one line each, and then what they cover."""
    done = kith("test")
    files = sorted((ROOT / "dialogues" / "transcripts").glob("*.txt"))
    assert (done.returncode, done.stderr) == (0, "")
    told = [line for line in done.stdout.splitlines() if line.endswith(": ok")]
    assert told == [f"dialogues/transcripts/{file.name}: ok" for file in files]
    steps = re.search(r"steps asked or said: (\d+) of (\d+)", done.stdout)
    assert steps
    assert 0 < int(steps[1]) <= int(steps[2])


def test_a_chat_that_goes_as_written_and_what_it_leaves_out(dialogues: Path) -> None:
    """Coverage names the one choice that nobody picked, with its place."""
    done = run_test(dialogues)
    assert done.stdout.splitlines() == [
        "dialogues/transcripts/how.txt: ok",
        "steps asked or said: 4 of 4",
        "choices picked: 1 of 2",
        "in no chat:",
        "  dialogues/scripts/0.yaml:13  mood: [Not so well]",
    ]
    assert done.returncode == 0


def test_a_difference_is_told_with_file_and_line(dialogues: Path) -> None:
    """Staff read where, what stands there, and what Kith says today; exit code 1."""
    laid_out(dialogues, SLEEP.replace("these days", "this week"), MOOD)
    done = run_test(dialogues)
    assert done.returncode == 1
    assert done.stdout.splitlines()[:4] == [
        "dialogues/transcripts/how.txt: differs",
        "  dialogues/transcripts/how.txt:12  Kith words this differently today",
        "      the chat:  How do you sleep these days?",
        "      today:     How do you sleep this week?",
    ]
    assert done.stdout.splitlines()[4].startswith("steps asked or said")


def test_only_a_handful_of_differences_is_told(dialogues: Path) -> None:
    """Nobody reads forty of them."""
    more = [WORK.replace("work", f"work{n}") for n in range(9)]
    laid_out(dialogues, *more, MOOD, SLEEP)
    done = run_test(dialogues)
    assert done.stdout.count("asked today and not in the chat") == 5
    assert "  and 4 more\n" in done.stdout


def test_an_update_writes_what_kith_says_today(dialogues: Path) -> None:
    """After `--update` the chat goes as written, with its head and its names."""
    laid_out(dialogues, FRIEND, SLEEP, MOOD)
    done = run_test(dialogues, "--update")
    assert done.returncode == 0
    assert "how.txt: written anew; this was different" in done.stdout
    written = (dialogues / "transcripts" / "how.txt").read_text(encoding="utf-8")
    assert written.startswith("# How somebody is.\ndialogue: talk\n\nkith: Hello.\n")
    assert re.findall(r"^you.*$", written, re.MULTILINE) == [
        "you (friend): skip",
        "you (sleep): Badly",
        "you (mood): Fine",
    ]
    assert run_test(dialogues).stdout.startswith("dialogues/transcripts/how.txt: ok\n")


def test_chats_can_be_named_and_one_that_is_not_there_is_told(dialogues: Path) -> None:
    """A path that was mistyped is not silently nothing."""
    there = dialogues / "transcripts" / "how.txt"
    done = run_test(dialogues, str(there), "nowhere.txt")
    assert done.returncode == 1
    assert f"{there}: ok\n" in done.stdout
    assert "nowhere.txt: No such file or directory -> check the path\n" in done.stdout
    assert done.stderr == ""


def test_a_chat_for_a_dialogue_that_is_not_there_is_told(dialogues: Path) -> None:
    """A chat says which dialogue it is for; a slip there is named."""
    chat = dialogues / "transcripts" / "how.txt"
    chat.write_text(chat.read_text("utf-8").replace("dialogue: talk", "dialogue: tlk"), "utf-8")
    done = run_test(dialogues)
    assert done.returncode == 1
    assert "how.txt: there is no dialogue 'tlk' -> use one of: talk" in done.stdout


def test_a_record_of_kith_chat_goes_as_written(tmp_path: Path) -> None:
    """What `kith chat --record` wrote, `kith test` accepts, numbers as the words they stood for."""
    record, database = tmp_path / "chat.txt", f"sqlite:///{tmp_path}/k.db"
    lines = "1\nhelp\ngo on\n1\n1\nIt goes on\n2\n"
    kith("chat", "--record", str(record), "--db", database, lines=lines)
    assert "kith: First, are you 18 or over?" in record.read_text(encoding="utf-8")
    done = kith("test", str(record))
    assert done.stdout.startswith(f"{record}: ok\n")
    assert done.returncode == 0


def test_walks_through_the_shipped_reflection_find_nothing() -> None:
    """A dozen people walk; what is told is how many and how fast, and no bar in a file."""
    done = kith("walk", "--people", "12", "--seed", "300")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"nothing found\n12 people walked, \d+ a second\n", done.stdout)


def test_a_finding_names_place_seed_and_answers(dialogues: Path) -> None:
    """One finding: where it is, how to walk again, and the answers that lead there."""
    laid_out(dialogues, SLEEP, MOOD, WORK, DEAD_END)
    where = ("walk", "--dialogue", "talk")
    done = kith(*where, "--people", "40", KITH_DIALOGUES=str(dialogues))
    assert done.returncode == 1
    place, again, answers, people = done.stdout.splitlines()
    assert place == "dialogues/scripts/0.yaml:23  nowhere  dead end: nothing can be picked here"
    assert answers == "    it comes with: mood=bad, work=yes, all else left out"
    assert people.startswith("40 people walked")
    command = re.search(r"again with: kith (walk .*)$", again)
    assert command
    repeated = kith(*command[1].split(), KITH_DIALOGUES=str(dialogues))
    assert repeated.returncode == 1
    assert repeated.stdout.splitlines()[0] == place


def test_given_answers_keep_people_away_from_a_finding(dialogues: Path) -> None:
    """`--with` holds for everybody, and can be said more than once."""
    laid_out(dialogues, SLEEP, MOOD, WORK, BRACES)
    where = ("walk", "--dialogue", "talk", "--people", "30")
    held = ("--with", "mood=fine", "--with", "sleep=skip")
    assert kith(*where, KITH_DIALOGUES=str(dialogues)).returncode == 1
    assert kith(*where, *held, KITH_DIALOGUES=str(dialogues)).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--with", "adlt=yes"], "there is no answer 'adlt' -> did you mean 'adult'?"),
        (["--with", "adult"], "--with adult gives no answer"),
        (["--dialogue", "nothing"], "there is no dialogue 'nothing'"),
        (["--people", "0"], "'0' is no number of people"),
    ],
)
def test_a_slip_on_the_command_line_is_named(arguments: list[str], named: str) -> None:
    """One clear line with the remedy; exit code 2."""
    done = kith("walk", *arguments)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
