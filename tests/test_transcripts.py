"""Whole conversations, as staff read them, each told again on a real database."""

from pathlib import Path

import pytest

from bot.library import Library
from bot.transcripts import read_transcript, tell
from tests.conftest import ROOT, StoppedClock
from tests.people import Sitting

FOLDER = ROOT / "dialogues" / "transcripts"
FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_transcript_is_told_again_word_for_word(
    file: Path, tmp_path: Path, library: Library, clock: StoppedClock, pytestconfig: pytest.Config
) -> None:
    """What staff have read is what people get, with the session reloaded before every message."""
    written = file.read_text(encoding="utf-8")
    transcript = read_transcript(written)
    sitting = Sitting(tmp_path, library, clock, transcript.settings.get("contact", ""))
    told = tell(transcript, lambda words: sitting.opens() if words is None else sitting.says(words))
    if pytestconfig.getoption("--update-transcripts"):
        file.write_text(told, encoding="utf-8")
    else:
        assert told == written
