"""The plug is pulled after every message of a conversation, and the conversation goes on."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from bot.engine.session import Session
from bot.parcels import unpack_session
from bot.transcripts import read_transcript
from tests.conftest import ROOT
from tests.databases import opened_store
from tests.running import forked

TRANSCRIPT = ROOT / "dialogues" / "transcripts" / "nobody-around.txt"


class Process:
    """`kith chat --json` in a process of its own, which can be killed."""

    def __init__(self, database: Path) -> None:
        streams = [database.with_suffix(f".{each}") for each in ("in", "out", "err")]
        for stream in streams:
            stream.unlink(missing_ok=True)
            os.mkfifo(stream) if stream.suffix != ".err" else stream.touch()
        address = f"sqlite:///{database}"
        self._process = forked(("chat", "--json", "--db", address), {}, streams)
        self._in = streams[0].open("w", encoding="utf-8")
        self._out = streams[1].open(encoding="utf-8")
        self.start = self.reads()

    def writes(self, words: str) -> None:
        self._in.write(json.dumps({"text": words}) + "\n")
        self._in.flush()

    def reads(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(self._out.readline())
        return line

    def killed(self) -> None:
        self._process.kill()
        self._process.join()
        assert self._process.exitcode == -signal.SIGKILL
        self._in.close()
        self._out.close()


def stored(database: Path) -> Session:
    store = opened_store(f"sqlite:///{database}")
    with store.transaction() as tx:
        me = store.name("terminal", "me")
        session = unpack_session(tx.sessions([me])[me].body)
    store.close()
    return session


@pytest.mark.timeout(240)
def test_a_killed_conversation_goes_on_where_it_was(tmp_path: Path) -> None:
    """Killed after any message, Kith loses nothing and asks no answered question again.

    Every second time it is killed before its reply was read, so that the reply may be repeated;
    every other time after it.
    """
    lines = list(read_transcript(TRANSCRIPT.read_text(encoding="utf-8")).said)
    undisturbed = Process(tmp_path / "calm.db")
    open_steps = [undisturbed.start["step"]]
    while len(open_steps) <= len(lines):
        if open_steps[-1] == "near":  # the made-up town has one question more than the chat
            lines.insert(len(open_steps) - 1, "Leave that out")
        undisturbed.writes(lines[len(open_steps) - 1])
        open_steps.append(undisturbed.reads()["step"])
    undisturbed.killed()

    applied = 0
    handed_in = 0
    while applied < len(lines):
        process = Process(tmp_path / "killed.db")
        assert process.start["turn"] in (applied, applied + 1)
        applied = process.start["turn"]
        assert process.start["step"] == open_steps[applied]
        assert process.start["messages"], "whoever comes back sees the open question"
        if applied < len(lines):
            process.writes(lines[applied])
            handed_in += 1
            if handed_in % 2:
                assert process.reads()["turn"] == applied + 1
        process.killed()

    calm, killed = stored(tmp_path / "calm.db"), stored(tmp_path / "killed.db")
    assert killed.answers == calm.answers
    assert killed.path == calm.path
    assert killed.status == calm.status == "ended"
