"""A text that raised a concern is found nowhere afterwards: the whole run folder is searched."""

import json
import subprocess
from pathlib import Path

import pytest

from tests import running
from tests.conftest import ROOT

MARK = "zephyrine"
SUICIDE = f"{MARK} I want to kill myself tonight {MARK}"
ABUSE = f"{MARK} he hits me every night {MARK}"
UNCLEAR = f"years ago I tried to kill myself {MARK}"
HALVES = (f"{MARK} I really want to", f"kill myself {MARK}")
HEAD = ("yes", "No, only me", "Yes, go on")
"""Up to the first question that takes one's own words."""


def kith(folder: Path, *arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a folder of its own, with everything that it may write there."""
    here = {"TMPDIR": str(folder), "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    database = f"sqlite:///{folder}/kith.db"
    return running.kith("--db", database, *arguments, lines=lines, folder=folder, **here)


def marks_in(folder: Path) -> list[str]:
    """Name every file that holds the mark, in whatever case."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return [str(file) for file in files if MARK.encode() in file.read_bytes().lower()]


def json_lines(*inputs: dict[str, object]) -> str:
    return "".join(json.dumps(each) + "\n" for each in inputs)


@pytest.mark.parametrize("words", [SUICIDE, ABUSE, UNCLEAR])
def test_in_json_lines_the_words_stay_nowhere(tmp_path: Path, words: str):
    """As a text, as a choice, as a name of an answer: in no file, on no output."""
    head = [{"text": line} for line in HEAD]
    said = kith(
        *(tmp_path, "chat", "--json"),
        lines=json_lines(
            {"text": words},
            {"choose": "not meant"},
            *head,
            {"choose": words},
            {"choose": "not meant"},
            {"choose": [words]},
            {"choose": "not meant"},
            {"edit": words},
            {"choose": "not meant"},
            {"text": words},
            {"command": "kept"},
            {"command": "forget"},
            {"text": words},
            {"command": "stop"},
            {"text": words},
        ),
    )
    assert said.returncode == 0, said.stderr
    assert said.stdout.count('"concern": {"class"') >= 7
    assert MARK not in said.stdout.lower() + said.stderr.lower()
    kith(tmp_path, "backup", "copy.db")
    assert marks_in(tmp_path) == []


def test_a_record_names_the_concern_and_not_the_words(tmp_path: Path):
    """What staff record is a file too."""
    lines = "\n".join([*HEAD, SUICIDE, "That is not what I meant", UNCLEAR, "No", ""])
    said = kith(tmp_path, "chat", "--record", "record.txt", lines=lines)
    assert said.returncode == 0, said.stderr
    record = (tmp_path / "record.txt").read_text(encoding="utf-8")
    assert "(concern: suicide, explicit)" in record
    assert "(concern: suicide, unclear)" in record
    assert "you:  That is not what I meant" in record
    assert "you:  No" in record
    assert marks_in(tmp_path) == []


def test_the_second_half_of_a_sentence_stays_nowhere(tmp_path: Path):
    """Cut in two by the thumb: the half that makes it plain is gone, and help is there."""
    lines = [{"text": line} for line in (*HEAD, *HALVES)]
    said = kith(tmp_path, "chat", "--json", lines=json_lines(*lines))
    *_, last = (json.loads(line) for line in said.stdout.splitlines())
    assert last["concern"] == {"class": "suicide", "tier": "explicit"}
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("kith.db*"))
    assert f"kill myself {MARK}".encode() not in stored


def test_reading_and_scoring_texts_writes_nothing(tmp_path: Path):
    """`kith notice` answers, and that is all that stays."""
    file = tmp_path / "labelled.csv"
    file.write_text(f"text,label\n{SUICIDE},1\n", encoding="utf-8")
    read = kith(tmp_path, "notice", "--json", lines=SUICIDE + "\n")
    scored = kith(tmp_path, "notice", "--report", str(file))
    assert read.returncode == scored.returncode == 0
    assert MARK not in (read.stdout + read.stderr + scored.stdout + scored.stderr).lower()
    assert marks_in(tmp_path) == [str(file)]


def test_a_session_that_cannot_be_read_shows_no_words(tmp_path: Path):
    """A fault inside a turn is told without anything that was written."""
    kith(tmp_path, "chat", "--json", lines=json_lines({"text": "yes"}))
    import sqlite3  # noqa: PLC0415 - as an operator would, beside the bot

    with sqlite3.connect(tmp_path / "kith.db") as connection:
        connection.execute("UPDATE sessions SET body = ?", [b"broken"])
    said = kith(tmp_path, "chat", "--json", lines=json_lines({"text": SUICIDE}))
    assert "Traceback" not in said.stderr
    assert MARK not in said.stdout.lower() + said.stderr.lower()
    assert marks_in(tmp_path) == []
