"""Nothing that a slip can do to a shipped script reaches a person broken.

Each seeded edit is caught by `kith check`, or changes a chat of the staff, or is harmless: people
walk the edited dialogue without a crash, a dead end, a circle or a text with a hole. `make soak`
does 500 edits with 1,000 walks each.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bot.checking import check
from bot.engine.diagnostics import Diagnostic
from bot.library import Library, load_library
from bot.rehearsing.rehearsal import Rehearsal, rooted
from bot.rehearsing.told import tell
from bot.rehearsing.walks import walk_all
from bot.transcripts import read_transcript, write_transcript
from tests.conftest import ROOT
from tests.mutating import mutated

EDITS = int(os.environ.get("KITH_TEST_EDITS", "20"))
WALKS = int(os.environ.get("KITH_TEST_WALKS", "20"))
SCRIPTS = sorted(path.name for path in (ROOT / "dialogues" / "scripts").glob("*.yaml"))
GIVEN = {"adult": "yes", "consent": "agreed"}
"""Most people get past the first three questions."""
CHATS = sorted((ROOT / "dialogues" / "transcripts").glob("*.txt"))


@pytest.fixture(scope="module")
def known() -> Counter[tuple[str, str]]:
    """What is said about the dialogues as they are."""
    return signs(check(ROOT / "dialogues"))


@pytest.fixture(scope="module")
def became(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """What became of the edits, told at the end."""
    counted: Counter[str] = Counter()
    yield counted
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter:
        reporter.write_line(f" edits: {dict(counted)}")


def signs(found: list[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.message) for each in found)


def chats_differ(library: Library) -> bool:
    """Say whether any chat of the staff goes otherwise than it is written."""
    for file in CHATS:
        written = file.read_text(encoding="utf-8")
        chat = read_transcript(written)
        there = rooted(library, "reflection", chat.settings.get("contact", ""))
        told = tell(chat, Rehearsal(there), library.catalogue.typed)
        if told.broke or write_transcript(told.chat) != written:
            return True
    return False


@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(EDITS))
def test_a_slip_is_caught_or_harmless(
    seed: int, tmp_path: Path, known: Counter[tuple[str, str]], became: Counter[str]
) -> None:
    """Deleted lines, renamed ids, swapped targets, dropped answers; see tests/mutating.py."""
    folder = shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues")
    script = folder / "scripts" / SCRIPTS[seed % len(SCRIPTS)]
    said, text = mutated(script.read_text(encoding="utf-8"), Random(seed))
    script.write_text(text, encoding="utf-8")
    found = check(folder)
    if signs(found) - known:
        became["caught by check"] += 1
        return
    library = load_library(folder)
    if chats_differ(library):
        became["caught by a chat"] += 1
        return
    became["walked"] += 1
    walks = walk_all(library, range(WALKS), GIVEN)
    assert not walks.found, (said, list(walks.found.values()))
