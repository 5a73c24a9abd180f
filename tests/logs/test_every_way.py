"""Every way there is into a log, walked with marked words: none of them comes out."""

import os
import pty
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping

import pytest

from bot.logs.guarding import crash
from tests.conftest import ROOT
from tests.logged import lines_in
from tests.logs.failing import MARK

WORDS = ("rosemary", "sister", "drinks", "5550123456", "canary", "telegram.ext")
TOLD: Mapping[str, int] = {"library": 15, "warned": 2, "uncaught": 7, "database-away": 3}
"""So many lines of each kind come out: each way was walked, and none was silent."""


def run(stderr: int) -> subprocess.CompletedProcess[str]:
    """Run the program in which everything fails."""
    return subprocess.run(
        [sys.executable, "-m", "tests.logs.failing"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        check=False,
        timeout=60,
    )


def nothing_of_it_in(text: str) -> None:
    """Assert that no word of the mark, no message and no traceback is in a text."""
    for word in WORDS:
        assert word not in text.lower(), word
    assert "Traceback" not in text
    assert "Error:" not in text


def test_nothing_of_a_person_comes_out_where_everything_fails() -> None:
    """Turns, libraries, databases, threads, tasks, `__del__`, the end: types and places, no words."""
    done = run(subprocess.PIPE)
    nothing_of_it_in(done.stdout + done.stderr)
    assert done.stdout == ""
    lines = lines_in(done.stderr)
    assert len(lines) == len(done.stderr.splitlines()), "each line is one of ours"
    counted = Counter(line["event"] for line in lines)
    assert {event: counted[event] for event in TOLD} == TOLD
    wheres = Counter(line["where"] for line in lines if line["event"] == "uncaught")
    assert wheres == {"end": 2, "thread": 1, "task": 3, "main": 1}


def test_on_a_terminal_the_same_is_read_in_words() -> None:
    """Where somebody looks there is one sentence a line, with its remedy, and nothing more."""
    ours, theirs = pty.openpty()
    os.set_blocking(ours, False)
    done = run(theirs)
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 1 << 16):
            said += piece
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    text = said.decode()
    nothing_of_it_in(done.stdout + text)
    assert text.splitlines()
    for line in text.splitlines():
        assert line[9:].startswith("kith: "), line
    assert (
        "kith: something failed where nobody looked -> please report this line (where main, fault RuntimeError)"
        in text
    )


def test_a_command_that_fails_unexpectedly_is_one_line() -> None:
    """Type, place and what to do with it, exit code 2; no words of the exception, no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--db", "sqlite://"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: os.close(0),  # a terminal whose input is closed
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(
        "kith: something went wrong that should not -> please report this line "
        "(fault AttributeError, places bot/__main__.py:"
    )
    assert done.stderr.endswith(":run)\n")


@pytest.mark.parametrize("fault", [ValueError(MARK), KeyError(MARK), OSError(MARK)])
def test_the_last_line_holds_no_words(fault: Exception) -> None:
    """Not even those that the exception itself has."""
    name = type(fault).__name__
    remedy = "something went wrong that should not -> please report this line"
    assert crash(fault) == f"kith: {remedy} (fault {name})"
