"""The master key goes missing while Kith runs: what people send waits, and the operator is told."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.engine.events import Opened, TextReceived
from bot.metrics import Metrics
from bot.turns import Arrival, Turns
from bot.writer import Writer
from storage.opening import open_store, open_vault
from storage.sealing.rotation import rotate
from storage.unusable import KeysUnusable
from storage.where import Where
from tests.conftest import StoppedClock
from tests.fakes import library_of
from tests.logged import Logged

SCRIPT = "{id: talk, steps: [{id: name, say: Name?, ask: words}, {id: last, say: So?, ask: words}]}"


@pytest.fixture
def at(tmp_path: Path) -> Where:
    return Where(f"sqlite:///{tmp_path}/kith.db", key_file=f"{tmp_path}/kith.key")


@pytest.fixture
def writer(at: Where, clock: StoppedClock) -> Iterator[Writer]:
    with closing(open_store(at)) as store:
        writer = Writer(Turns(store, library_of(SCRIPT), clock), Metrics())
        yield writer
        writer.close()


def test_what_people_send_waits_until_the_master_key_is_back(
    at: Where, writer: Writer, tmp_path: Path, logged: Logged
):
    """Nothing is acknowledged or marked as failed; one line has the remedy, one says it is over."""
    first = Arrival("telegram:a", {"chat": "1"}, Opened(), "telegram:1")
    then = Arrival("telegram:a", {"chat": "1"}, TextReceived("Ann"), "telegram:2")
    assert writer.submit(first).result(60)[0].turn
    with closing(open_vault(at)) as vault:
        rotate(vault)
    Path(at.key_file).rename(tmp_path / "mislaid")
    for _ in range(3):
        assert isinstance(writer.submit(then).exception(60), KeysUnusable)
    (line,) = logged.lines()
    assert line["event"] == "keys-away"
    assert "kith doctor says what is missing" in line["says"]
    (tmp_path / "mislaid").rename(at.key_file)
    (outcome,) = writer.submit(then).result(60)
    assert (outcome.failed, outcome.turn is not None) == ("", True)
    assert [line["event"] for line in logged.lines()] == ["keys-away", "database-back"]
