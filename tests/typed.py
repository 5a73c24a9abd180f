"""Commands typed into this process: what they print and return, without starting Python anew."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.__main__ import main


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said on both sides, and the code it ended with."""

    returncode: int
    stdout: str
    stderr: str


Typed = Callable[..., Said]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    """Give a way to type a command."""

    def run(*words: str) -> Said:
        code = main(words)
        return Said(code, *capsys.readouterr())

    return run
