"""People at terminals who are in a group: each a process of `kith chat --json --group`."""

import json
import os
import select
import signal
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.running import forked

LONGEST = 20.0
Line = dict[str, Any]


class AtTerminal:
    """One person in a process of their own. Each thing they do gives the line that answers it.

    What was said in the group, as this process has shown it, is gathered in `heard`.
    """

    def __init__(self, url: str, name: str, group: str, **settings: str) -> None:
        self.url, self.name, self.group, self.settings = url, name, group, settings
        self.heard: list[Line] = []
        self.lines: list[Line] = []
        self.last = self._begins()

    def does(self, **given: object) -> Line:
        """Hand in one line, such as text="No" or command="round"; give what answers it."""
        return self.writes(json.dumps(given))

    def writes(self, line: str) -> Line:
        """Hand in a line as it is."""
        os.write(self._in, f"{line}\n".encode())
        self.last = self._reads()
        return self.last

    def asks_group(self, **given: object) -> list[Line]:
        """Hand in something for the group; give what was then said there."""
        before = len(self.heard)
        self.does(to="group", **given)
        return self.heard[before:]

    def picks(self, *words: str) -> Line:
        """Pick the first choice of the open question whose label has one of these words."""
        for word in words:
            for choice in self.choices:
                if word.casefold() in choice["label"].casefold():
                    return self.does(choose=choice["value"])
        raise AssertionError(f"none of {words} in {self.choices}, asked: {self.said}")

    @property
    def choices(self) -> list[Line]:
        """What can be picked now."""
        asked = [each["choices"] for each in self.last["messages"] if each["choices"]]
        return list(asked[-1]) if asked else []

    @property
    def said(self) -> str:
        """What was said in private in answer to the last thing that was done."""
        return "\n".join(each["text"] for each in self.last["messages"])

    @property
    def standing(self) -> dict[str, str]:
        """What stands in the group now as this process has shown it, by tag."""
        return {each["tag"]: each["text"] for each in self.heard if each.get("tag")}

    def is_killed(self) -> None:
        """Let the process end at this very moment, and begin another one."""
        self._process.kill()
        self._process.join()
        assert self._process.exitcode == -signal.SIGKILL
        self._closes()
        self.heard = []
        self.last = self._begins()

    def goes(self) -> None:
        """Close the terminal; the program has to end by itself and in peace."""
        os.close(self._in)
        self._in = -1
        self._process.join(LONGEST)
        assert self._process.exitcode == 0, self._complaints.read_text(encoding="utf-8")
        assert "Traceback" not in self._complaints.read_text(encoding="utf-8")
        self._closes()

    def is_dropped(self) -> None:
        """Let the process end, however it stands."""
        self._process.kill()
        self._process.join()
        self._closes()

    def _begins(self) -> Line:
        self._folder = tempfile.TemporaryDirectory()
        streams = [Path(self._folder.name, name) for name in ("in", "out", "err")]
        for stream in streams[:2]:
            os.mkfifo(stream)
        streams[2].touch()
        self._complaints = streams[2]
        told = ("chat", "--json", "--db", self.url, "--group", self.group, "--as", self.name)
        self._process = forked(told, self.settings, streams)
        # Opened both ways, a pipe waits for nobody who may have ended already.
        self._in, self._out = (os.open(stream, os.O_RDWR) for stream in streams[:2])
        self._rest = b""
        return self._reads()

    def _reads(self) -> Line:
        while True:
            line: Line = json.loads(self._read_line())
            self.lines.append(line)
            if line.get("to") != "group":
                return line
            self.heard += line["messages"]

    def _read_line(self) -> bytes:
        until = time.monotonic() + LONGEST
        while b"\n" not in self._rest:
            ended = self._process.exitcode is not None
            if select.select([self._out], [], [], 0.1)[0]:
                self._rest += os.read(self._out, 1 << 16)
                continue
            told = self._complaints.read_text(encoding="utf-8")[-2000:]
            assert not ended, f"{self.name} has ended: {told}"
            assert time.monotonic() < until, f"{self.name} hears nothing: {told}"
        line, _, self._rest = self._rest.partition(b"\n")
        return line

    def _closes(self) -> None:
        for stream in (self._in, self._out):
            if stream >= 0:
                os.close(stream)
        self._in = self._out = -1
        self._folder.cleanup()


@dataclass(slots=True)
class Table:
    """Everybody at a terminal, on one database; all of them go when the block ends."""

    url: str
    settings: dict[str, str] = field(default_factory=dict)
    people: list[AtTerminal] = field(default_factory=list)

    def sits(self, name: str, group: str) -> AtTerminal:
        """Let somebody sit down."""
        self.people.append(AtTerminal(self.url, name, group, **self.settings))
        return self.people[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for person in self.people:
            person.is_dropped()
