"""An installation as its operator has it: files in a folder, and commands that end or are killed."""

import os
import signal
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from types import FrameType
from typing import Any, Final

from tests import running
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.fakes import write_dialogues
from tests.sealing.people import SCRIPT, Room, opened

KILLED: Final = -9
PATIENCE: Final = 60.0


@dataclass(slots=True)
class Installation:
    """Data, keys and master key in one folder, with the dialogues that people talked along."""

    folder: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/kith.db"

    @property
    def settings(self) -> dict[str, str]:
        """Give the settings of every command; the dialogues lie beside the folder."""
        dialogues = self.folder.parent / "dialogues"
        if not dialogues.exists():
            write_dialogues(dialogues, SCRIPT)
        return {"KITH_DATABASE_URL": self.url, "KITH_DIALOGUES": str(dialogues)}

    def file(self, name: str) -> Path:
        return self.folder / name

    def begun(self) -> "Installation":
        """Let Ann and Ben have told something."""
        self.folder.mkdir(parents=True)
        with closing(opened_store(self.url)) as store:
            Room(self.url, StoppedClock(), store).told()
        return self

    def kith(self, *words: str, lines: str = "", **settings: str) -> CompletedProcess[str]:
        """Run a command to its end."""
        return running.kith(*words, lines=lines, folder=self.folder, **self.settings, **settings)

    def kept(self, name: str) -> tuple[bytes, ...]:
        """Give all that is kept of somebody, opened anew."""
        with closing(opened_store(self.url)) as store:
            return opened(store, name)

    def name(self, name: str) -> str:
        """Give the name that somebody has in every table."""
        with closing(opened_store(self.url)) as store:
            return store.name("terminal", name)

    def says(self, name: str, words: str) -> str:
        """Let somebody write, with everything opened anew; give what they read."""
        with closing(opened_store(self.url)) as store:
            return Room(self.url, StoppedClock(), store).says(name, words)

    def killed(self, step: int, *words: str) -> bool:
        """Run a command and kill it at that step of what it does in storage; False if it ended."""
        code = _forked(self.settings, words, step, None)
        assert code in (0, KILLED), code
        return code == KILLED

    def steps(self, *words: str) -> int:
        """Count the steps that a command takes in storage, and let it take them."""
        count = self.folder.parent / "steps"
        assert _forked(self.settings, words, sys.maxsize, count) == 0
        return int(count.read_text(encoding="utf-8"))


def _forked(
    settings: Mapping[str, str], words: tuple[str, ...], step: int, count: Path | None
) -> int:
    process = running.FORKING.Process(
        target=_until, args=(dict(settings), words, step, str(count or "")), daemon=True
    )
    process.start()
    process.join(PATIENCE)
    assert process.exitcode is not None
    return process.exitcode


def _until(settings: dict[str, str], words: tuple[str, ...], step: int, count: str) -> None:
    """Be a command that is killed at its nth step in storage, wherever that is.

    A step is a call or a return of a function there; each flush and each commit lies between two.
    """
    from bot.__main__ import main  # noqa: PLC0415 - loaded where this is forked from

    running.end_with_the_test()
    settings = {**running.clean(os.environ), **settings}
    os.environ.clear()
    os.environ.update(settings)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    taken = 0

    def counted(frame: FrameType, _event: str, _argument: Any) -> None:
        nonlocal taken
        if "/storage/" in frame.f_code.co_filename:
            taken += 1
            if taken == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(counted)
    code = main(words)
    sys.setprofile(None)
    if count:
        Path(count).write_text(str(taken), encoding="utf-8")
    sys.exit(code)
