"""What a test finds in the log: our own lines, and whatever a library said."""

import json
from typing import Any

import pytest


class Logged:
    """Everything that this process wrote or logged since the test began."""

    def __init__(self, written: pytest.CaptureFixture[str], libraries: Any) -> None:
        self._written = written
        self._libraries = libraries
        self._text = ""

    @property
    def text(self) -> str:
        """Give all of it as one text: standard output and error, and what libraries logged."""
        return self.written + str(self._libraries.text)

    @property
    def written(self) -> str:
        """Give what came out of this process."""
        out, err = self._written.readouterr()
        self._text += out + err
        return self._text

    def lines(self, *events: str) -> list[dict[str, Any]]:
        """Give our own lines, of these events or all of them, in order."""
        found = lines_in(self.written)
        return [line for line in found if not events or line["event"] in events]


@pytest.fixture
def logged(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Logged:
    """Give what is logged, from the talkative level of INFO on."""
    caplog.set_level("INFO")
    return Logged(capfd, caplog)


def lines_in(text: str) -> list[dict[str, Any]]:
    """Give the lines of a text that are ours, read."""
    return [json.loads(line) for line in text.splitlines() if line.startswith('{"at"')]


def is_complaint(line: str) -> bool:
    """Say whether a line of standard error complains; the line of a turn that went well doesn't."""
    return not any(each["level"] == "info" for each in lines_in(line))
