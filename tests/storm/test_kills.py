"""The plug is pulled again and again while many people talk, and nobody notices but for a repeat.

`KITH_TEST_KILLS` and `KITH_TEST_PEOPLE` say how often and how many; `make soak` sets 500 and 200.
"""

import asyncio
import os
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.engine.session import Session
from tests.storm.doubles import doubles, once
from tests.storm.places import polling, webhooks
from tests.storm.run import Outcome, Storm
from tests.storm.watched import relative

KILLS = int(os.environ.get("KITH_TEST_KILLS", "16"))
PEOPLE = int(os.environ.get("KITH_TEST_PEOPLE", "20"))
SEED = 4
SOON = 2.0
"""Seconds within which a message that went out must be marked, on a machine that is busy."""
Place = Callable[[Path, str, int, int], AbstractAsyncContextManager[Storm]]


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Give what becomes of everybody when nothing disturbs them."""
    folder = tmp_path_factory.mktemp("calm")

    async def run() -> Outcome:
        async with polling(folder, f"sqlite:///{folder}/kith.db", PEOPLE, SEED) as storm:
            return await storm.calm()

    return asyncio.run(run())


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty database of the kind that is asked for."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path}/kith.db"


@pytest.mark.parametrize(
    ("place", "database"),
    [
        pytest.param(polling, "sqlite", id="polling-sqlite"),
        pytest.param(polling, "postgresql", id="polling-postgresql"),
        pytest.param(webhooks, "postgresql", id="webhooks-postgresql"),
    ],
    indirect=["database"],
)
def test_a_storm_of_kills_changes_nothing_but_repeats_a_message(
    place: Place, database: str, calm: Outcome, tmp_path: Path
) -> None:
    """Killed at random moments while updates come twice and late, Kith ends where it would have.

    Everybody's whole session is that of an undisturbed run: no answer is lost and none taken twice,
    and a tap on the second copy of a message changes nothing. Everybody read every message, in
    order. A message came twice only where it was on its way at a kill.
    """

    async def run() -> Outcome:
        async with place(tmp_path, database, PEOPLE, SEED) as storm:
            outcome = await storm.rough(KILLS, calm.acts)
            assert outcome.events == storm.api.issued(), "each update is in the ledger, once"
            return outcome

    rough = asyncio.run(run())
    assert len(rough.kills) == KILLS
    assert not rough.failed
    assert not re.search("Traceback|uncaught|crashed", rough.log)
    for chat in calm.sessions:
        assert _undated(rough, chat) == _undated(calm, chat)
        assert once(relative(rough.puts[chat])) == relative(calm.puts[chat])
    found = doubles(rough.puts, rough.kills)
    print(f"{KILLS} kills, {PEOPLE} people, {rough.acts} acts: {found}, {rough.stale} stale taps")  # noqa: T201
    assert found.impossible == []
    assert found.oldest < SOON


def test_an_undisturbed_run_repeats_nothing(calm: Outcome) -> None:
    """Without a kill everybody comes to the end, no update fails and no message comes twice."""
    assert {session.status for session in calm.sessions.values()} == {"ended"}
    assert not calm.failed
    assert doubles(calm.puts, []).count == 0
    assert doubles(calm.puts, []).impossible == []


def _undated(outcome: Outcome, chat: int) -> Session:
    """Leave out what comes from the clock: where revisions begin, days of starts, the last turn."""
    session = outcome.sessions[chat]
    first = next(put.revision for put in outcome.puts[chat] if put.buttons)
    return session.but(revision=session.revision - first, starts=(), last="")
