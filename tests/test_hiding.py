"""Clearing what is shown, where there is no chat: a terminal, a pipe, one JSON object a line."""

import io
import json
from pathlib import Path

import pytest

from bot.channels import json_lines, terminal
from bot.clock import Clock
from bot.library import Library
from bot.turns import Turns
from tests.conftest import StoppedClock
from tests.databases import opened_store

LINE = "I have cleared what I can here."


class Screen(io.StringIO):
    """What a person has in front of them; clearing it takes away all that came before."""

    def isatty(self) -> bool:
        """Say that this is a terminal."""
        return True

    @property
    def seen(self) -> str:
        return self.getvalue().rpartition(terminal.CLEAR)[2]


@pytest.fixture
def turns(library: Library, clock: StoppedClock, tmp_path: Path):
    store = opened_store(f"sqlite:///{tmp_path}/kith.db")
    yield Turns(store, library, clock)
    store.close()


@pytest.mark.parametrize("words", ["hide", "/hide"])
def test_a_terminal_is_cleared(turns: Turns, words: str) -> None:
    """What was said is out of sight, and what may stay is said; the next words go on."""
    out = Screen()
    terminal.chat(turns, "me", io.StringIO(f"yes\n{words}\n"), out)
    assert out.getvalue().count(terminal.CLEAR) == 1
    assert out.seen.startswith(LINE)
    assert "scrolling up may still show words" in " ".join(out.seen.split())
    assert "18 or over" not in out.seen
    again = Screen()
    terminal.chat(turns, "me", io.StringIO("hello\n"), again)
    assert "Might someone else look at this phone" in again.getvalue()


def test_a_pipe_gets_the_line_and_no_codes(turns: Turns) -> None:
    """Nothing that only a terminal understands goes into a file."""
    out = io.StringIO()
    terminal.chat(turns, "me", io.StringIO("hide\n"), out)
    assert LINE in out.getvalue()
    assert "\x1b" not in out.getvalue()


def test_in_json_it_is_a_message(turns: Turns) -> None:
    """The contract stays as it is: a text, no choices, and what is open goes on being told."""
    said = io.StringIO()
    inputs = [{"text": "yes"}, {"command": "hide"}, {"text": "hello"}]
    lines = io.StringIO("".join(f"{json.dumps(each)}\n" for each in inputs))
    json_lines.converse(turns, Clock(), "me", lines, said)
    *_, before, hidden, after = map(json.loads, said.getvalue().splitlines())
    (message,) = hidden["messages"]
    assert set(message) == {"text", "choices"}
    assert message["text"].startswith(LINE)
    assert message["choices"] == []
    assert (hidden["step"], hidden["status"], hidden["error"]) == (":hidden", "waiting", None)
    assert after["messages"][-1] == before["messages"][-1]
    assert after["step"] == before["step"] == "phone"
