"""Writing a line never gets in anybody's way."""

import io
import json
import sys
from contextlib import redirect_stderr

import pytest

from bot.logs.lines import log
from bot.logs.sentences import reason
from bot.outage import Outage
from storage.database import open_database
from storage.faults import code_of
from storage.unusable import DatabaseUnusable
from tests.logged import Logged


class Full(io.StringIO):
    """A disk that is full."""

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


def closed() -> io.StringIO:
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.mark.parametrize("stream", [Full(), closed(), None], ids=["full", "closed", "none"])
def test_a_line_that_can_not_be_written_is_let_go(stream: io.StringIO | None) -> None:
    """A full disk below the log, a closed pipe, no standard error at all: the turn goes on."""
    with redirect_stderr(stream):  # type: ignore[type-var]
        log.error("database-away")
    assert sys.stderr is not stream


def test_a_program_reads_one_object_a_line(logged: Logged) -> None:
    """Time, level and code; a complaint has its sentence, so that nobody has to look it up."""
    log.info("turn", kind="text")
    log.error("database-back")
    turn, back = logged.lines()
    assert list(turn) == ["at", "level", "event", "kind"]
    assert turn["at"].endswith("+00:00")
    assert back["says"] == "the database is back; what waited is taken in"
    assert json.dumps(back).isascii()


def test_a_database_that_is_away_says_why_by_its_code(tmp_path, logged: Logged) -> None:
    """The code and what it means, in words of ours; nothing of what the database said."""
    engine = open_database(f"sqlite:///{tmp_path}/kith.db")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        with pytest.raises(Exception, match="readonly") as caught:
            connection.exec_driver_sql("DELETE FROM ledger")
    engine.dispose()
    assert code_of(caught.value) == "SQLITE_READONLY"
    Outage().failed(caught.value)
    (line,) = logged.lines()
    assert (line["code"], line["why"]) == ("SQLITE_READONLY", "it may not be written")
    assert "KITH_DATABASE_URL" in line["says"]


def test_a_database_that_does_not_answer_is_called_unreachable() -> None:
    """PostgreSQL has no code for that; its words would name the user and the host."""
    with pytest.raises(DatabaseUnusable) as caught:
        open_database("postgresql+psycopg://kith@127.0.0.1:1/kith")
    assert caught.value.__cause__ is not None
    assert code_of(caught.value.__cause__) == "unreachable"
    assert reason("unreachable") == "it can't be reached, or the connection broke"
    assert reason("SQLITE_IOERR_WRITE") == "its disk does not read or write"
    assert reason("22P02") is None
