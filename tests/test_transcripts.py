"""Whole conversations, as staff read them, each told again on a real database."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.channels.recording import Recorder
from bot.demo import DEMO, in_demo_town
from bot.engine.effects import Say
from bot.engine.screens import opened
from bot.library import Library
from bot.rehearsing.difference import differences
from bot.rehearsing.round_table import RoundTable, tell_together
from bot.rehearsing.told import tell
from bot.transcripts import (
    CHANGED,
    IN_GROUP,
    Line,
    Passage,
    read_transcript,
    write_transcript,
)
from tests.conftest import ROOT, StoppedClock
from tests.people import Sitting

FOLDER = ROOT / "dialogues" / "transcripts"
FILES = sorted(FOLDER.glob("*.txt"))
ROUNDS = [file for file in FILES if read_transcript(file.read_text("utf-8")).settings.get("group")]
ALONE = [file for file in FILES if file not in ROUNDS]


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


@pytest.mark.parametrize("file", ALONE, ids=lambda file: file.stem)
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


@pytest.mark.parametrize("file", ROUNDS, ids=lambda file: file.stem)
def test_a_round_is_told_again_word_for_word(file: Path, tmp_path: Path, library: Library) -> None:
    """Everybody in private and the group itself read what is written there, in any drawn order."""
    written = file.read_text(encoding="utf-8")
    chat = read_transcript(written)
    with closing(RoundTable(tmp_path, library, chat)) as table:
        told = tell_together(chat, table)
    assert told.broke == ""
    assert write_transcript(told.chat) == written
    assert {place for each in told.chat.passages for place in places_of(each)} == {
        "",
        IN_GROUP,
        CHANGED,
    }


def places_of(passage: Passage) -> set[str]:
    return {said.place for said in passage.kith}


def test_what_differs_in_a_round_is_told_on_its_line() -> None:
    """A word that the group reads differently today is a difference, in private and there."""
    chat = read_transcript(CHAT_OF_A_GROUP)
    assert [line.who for line in chat.lines] == ["Ann", "Ben"]
    assert [said.place for each in chat.passages for said in each.kith] == ["", IN_GROUP, CHANGED]
    assert write_transcript(chat) == CHAT_OF_A_GROUP
    today = read_transcript(CHAT_OF_A_GROUP.replace("In the group: It is open", "kith: It is open"))
    found = differences(chat, today)
    assert [each.line for each in found] == [8]


CHAT_OF_A_GROUP = """\
# Two people of a group.
group: Tuesday people

Ann: /round

kith: You could open one.

In the group: It is open.

      Ben: how are we here?

Ben: Tired, and: glad

In the group, changed: What was shared
"""


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
