"""When noticing itself fails or is slow: the person reads where help is, and is not stopped."""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

import pytest

from bot.engine.events import (
    ChoicePicked,
    ConcernRaised,
    EditRequested,
    Event,
    MessageEdited,
    TextReceived,
    UnreadableReceived,
)
from bot.library import Library
from bot.noticing import SLOWEST_SECONDS, noticed
from bot.safety.families import Families
from tests.conftest import StoppedClock
from tests.logged import Logged
from tests.people import Sitting
from tests.safety.opinion import SILENT

FOOTER = 'If you are not safe, type "help" at any time.'
HEAVY = "I want to kill myself tonight"
EVENTS: dict[str, Event] = {
    "a text": TextReceived(HEAVY),
    "an edited message": MessageEdited(HEAVY),
    "a caption": UnreadableReceived("photo", HEAVY),
    "a picked value": ChoicePicked(HEAVY),
    "several picked values": ChoicePicked(["work", HEAVY]),
    "the name of an answer": EditRequested(HEAVY),
}


class Broken:
    """A rule that fails whatever it reads."""

    def fires(self, _: object) -> NoReturn:
        raise RuntimeError(HEAVY)


@dataclass
class Slow:
    """A rule that works longer than a rule may, and sees nothing."""

    seconds: float = 1.2 * SLOWEST_SECONDS

    def fires(self, _: object) -> bool:
        until = time.thread_time() + self.seconds
        while time.thread_time() < until:
            pass
        return False


def families(rule: object) -> Families:
    return Families((rule,))  # type: ignore[arg-type]


@pytest.mark.parametrize("way", EVENTS)
def test_whatever_carries_words_is_read(library: Library, way: str) -> None:
    """There is no way in for words that passes noticing by; what comes out has none of them."""
    event, footer = noticed(library.families, library.opinion, EVENTS[way])
    assert event == ConcernRaised("suicide", "explicit", "me")
    assert not footer


@pytest.mark.parametrize("rule", [Broken(), Slow()], ids=["fails", "is slow"])
@pytest.mark.parametrize("way", EVENTS)
def test_noticing_that_fails_or_is_slow_asks_for_the_footer(rule: object, way: str) -> None:
    """No fault of a rule stops a person, and none is silent."""
    event, footer = noticed(families(rule), SILENT, EVENTS[way])
    assert event == EVENTS[way]
    assert footer


def test_a_machine_that_is_busy_with_something_else_asks_for_no_footer() -> None:
    """What waits for its turn has done no work: a harmless answer stays without a warning."""

    class Waiting:
        def fires(self, _: object) -> bool:
            time.sleep(2 * SLOWEST_SECONDS)
            return False

    assert not noticed(families(Waiting()), SILENT, TextReceived("a walk by the river"))[1]


@pytest.mark.parametrize("rule", [Broken(), Slow()], ids=["fails", "is slow"])
def test_then_the_person_reads_where_help_is_and_goes_on(
    rule: object, tmp_path: Path, library: Library, clock: StoppedClock
) -> None:
    """The answer is taken, the next question comes, and under it stands the way to help."""
    sitting = Sitting(tmp_path, replace(library, families=families(rule)), clock)
    sitting.opens()
    said = sitting.says("yes")
    assert sitting.step == "phone"
    assert said[-1].text == FOOTER


def test_a_fault_of_noticing_puts_no_words_into_a_log(
    tmp_path: Path,
    library: Library,
    clock: StoppedClock,
    logged: Logged,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nothing of what was written, or of the error, is written down."""
    caplog.set_level(0)
    sitting = Sitting(tmp_path, replace(library, families=families(Broken())), clock)
    sitting.opens()
    sitting.says("yes")
    assert HEAVY not in logged.text
