"""Whole conversations, as staff read them, each told again on a real database."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.channels.recording import Recorder
from bot.demo import DEMO, in_demo_town
from bot.engine.effects import Say
from bot.engine.screens import opened
from bot.library import Library
from bot.rehearsing.told import tell
from bot.transcripts import Line, read_transcript, write_transcript
from tests.conftest import ROOT, StoppedClock
from tests.people import Sitting

FOLDER = ROOT / "dialogues" / "transcripts"
FILES = sorted(FOLDER.glob("*.txt"))


class Teller:
    """Somebody at a terminal for whom a chat is told."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting

    def hears(self, words: str | None) -> Sequence[Say]:
        return self.sitting.opens() if words is None else self.sitting.says(words)

    @property
    def key(self) -> str:
        return opened(self.sitting.library.catalogue, self.sitting.session).key

    @property
    def over(self) -> bool:
        detour = self.sitting.session.detour
        return detour is not None and detour.name == "finished"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_transcript_is_told_again_word_for_word(
    file: Path, tmp_path: Path, library: Library, clock: StoppedClock
) -> None:
    """What staff have read is what people get, with the session reloaded before every message."""
    written = file.read_text(encoding="utf-8")
    chat = read_transcript(written)
    if chat.settings.get("places") == DEMO:
        library = in_demo_town(library, ROOT / "dialogues")
    sitting = Sitting(tmp_path, library, clock, chat.settings.get("contact", ""))
    told = tell(chat, Teller(sitting), library.catalogue.typed)
    assert told.broke == ""
    assert write_transcript(told.chat) == written


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_reading_a_chat_loses_nothing(file: Path) -> None:
    """A chat that is read and written is the same file."""
    written = file.read_text(encoding="utf-8")
    assert write_transcript(read_transcript(written)) == written


CHAT = """\
# Two people talk.
dialogue: talk
contact: Ann, on weekdays

kith: Hello.

      Second paragraph.

# This one matters.

kith: And you?
      [Fine]
      [Not so]

you (mood): Fine

you (people:anna/good_at): listens (mostly): a lot

# Before the help.

you:  help

kith: Bye.
"""


def test_a_chat_has_names_remarks_and_places() -> None:
    """A line may name its answer, comments stay where they are, and everything knows its line."""
    chat = read_transcript(CHAT)
    assert chat.head == ("# Two people talk.", "dialogue: talk", "contact: Ann, on weekdays")
    assert chat.settings == {"dialogue": "talk", "contact": "Ann, on weekdays"}
    assert chat.lines == (
        Line("Fine", "mood", 15),
        Line("listens (mostly): a lot", "people:anna/good_at", 17),
        Line("help", "", 21),
    )
    assert chat.passages[0].kith[0].lines == ("Hello.", "", "Second paragraph.")
    assert chat.passages[0].kith[1].number == 11
    assert chat.passages[0].remarks == ((1, "# This one matters."),)
    assert write_transcript(chat) == CHAT


def test_a_line_that_is_nobodys_is_not_passed_over() -> None:
    """A slip in `kith:` must not make half a chat disappear."""
    chat = read_transcript("kith: Hello.\n\nkih: And you?\n\nyou:  Fine\n")
    assert chat.strange == (Line("kih: And you?", "", 3),)


def test_a_line_without_words_is_a_line() -> None:
    """Somebody who sends nothing is heard as well, also where an editor cut the spaces off."""
    assert read_transcript("kith: Hello.\n\nyou:\n\nyou:  \n").said == ("", "")


def test_a_record_is_a_chat_with_its_settings_and_names(tmp_path: Path) -> None:
    """What is recorded reads as what was said, under the names of the answers."""
    recorder = Recorder(tmp_path / "chat.txt", {"dialogue": "talk", "contact": ""})
    recorder.kith(Say("How are you?\n\nReally?", asks="words"))
    recorder.you("It\u2028breaks", "mood")
    recorder.kith(Say("", asks="words"))
    recorder.you("help")
    chat = read_transcript((tmp_path / "chat.txt").read_text(encoding="utf-8"))
    assert chat.settings == {"dialogue": "talk"}
    assert chat.lines == (Line("It\u2028breaks", "mood", 7), Line("help", "", 11))
    assert [part.lines for part in chat.passages[0].kith] == [("How are you?", "", "Really?")]
    assert chat.strange == ()
