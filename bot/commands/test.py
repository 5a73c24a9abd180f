"""`kith test`: the chats of the staff, told again, and what no chat has touched."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.commands.parsing import Commands, with_database
from bot.demo import DEMO, in_demo_town
from bot.library import Library, load_library
from bot.rehearsing.coverage import Coverage, Seen, Watched, coverage, watched
from bot.rehearsing.difference import Difference, differences
from bot.rehearsing.rehearsal import rooted
from bot.rehearsing.told import Told, tell
from bot.settings import Settings
from bot.transcripts import Transcript, read_transcript, write_transcript

FOLDER: Final = "transcripts"
MOST: Final = 5
"""How many differences of one chat are told; after a few they are seldom news."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one chat; `today` is the text that the file would have today."""

    name: str
    differences: tuple[Difference, ...] = ()
    today: str | None = None
    fault: str = ""

    @property
    def good(self) -> bool:
        """Say whether the chat goes as it is written."""
        return not self.differences and not self.fault


def add(commands: Commands) -> None:
    """Say what `kith test` takes."""
    parser = commands.add_parser("test", help="tell the chats of the staff again")
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="these chats instead of all in dialogues/transcripts",
    )
    parser.add_argument(
        "--update", action="store_true", help="write what Kith says today into the chats"
    )
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Tell every chat; exit code 1 where one differs or is not there."""
    library = load_library(settings.dialogues)
    seen = Seen()
    files = named(asked.files, settings.dialogues)
    noted = watched(library, seen)
    good = True
    for name, file in files.items():
        outcome = rehearsed(name, file, noted, seen, settings.dialogues)
        updated = asked.update and _updated(file, outcome)
        sys.stdout.write(as_lines(outcome, updated=updated))
        good = good and (outcome.good or updated)
    if not files:
        sys.stdout.write(f"no chats lie in {settings.dialogues.name}/{FOLDER}\n")
    sys.stdout.write(as_summary(coverage(library.catalogue, seen)))
    return 0 if good else 1


def named(files: Sequence[Path], dialogues: Path) -> dict[str, Path]:
    """Give the chats to tell by the names under which they are spoken of."""
    if files:
        return {file.as_posix(): file for file in files}
    found = sorted((dialogues / FOLDER).glob("*.txt"))
    return {f"{dialogues.name}/{FOLDER}/{file.name}": file for file in found}


def rehearsed(name: str, file: Path, library: Library, seen: Seen, dialogues: Path) -> Outcome:
    """Tell one chat again and compare it with what it says."""
    try:
        chat = read_transcript(file.read_text(encoding="utf-8"))
    except OSError as error:
        return Outcome(name, fault=f"{error.strerror} -> check the path")
    except UnicodeDecodeError:
        return Outcome(name, fault="this is no plain text -> save the file as UTF-8 text")
    dialogue = chat.settings.get("dialogue", library.catalogue.root)
    if lacking := library.catalogue.lacks(dialogue):
        return Outcome(name, fault=lacking)
    if chat.settings.get("group"):
        return _together(name, chat, library)
    if chat.settings.get("places") == DEMO:
        library = in_demo_town(library, dialogues)
    person = Watched(rooted(library, dialogue, chat.settings.get("contact", "")), seen)
    return _compared(name, chat, tell(chat, person, library.catalogue.typed))


def _together(name: str, chat: Transcript, library: Library) -> Outcome:
    """Tell a chat of several people again, with a database of their own for as long as it takes."""
    from bot.rehearsing.round_table import RoundTable, tell_together  # noqa: PLC0415 - few chats do

    with TemporaryDirectory() as folder, closing(RoundTable(Path(folder), library, chat)) as table:
        return _compared(name, chat, tell_together(chat, table))


def _compared(name: str, chat: Transcript, told: Told) -> Outcome:
    found = differences(chat, told.chat, told.broke)
    today = None if told.broke or chat.strange else write_transcript(told.chat)
    return Outcome(name, tuple(found), today)


def _updated(file: Path, outcome: Outcome) -> bool:
    """Write the chat anew where it differs; a chat that can't be told is left as it is."""
    if outcome.good or outcome.today is None:
        return False
    file.write_text(outcome.today, encoding="utf-8")
    return True


def as_lines(outcome: Outcome, *, updated: bool = False) -> str:
    """Write one line a chat, and under it the first few differences."""
    if outcome.fault:
        return f"{outcome.name}: {outcome.fault}\n"
    if outcome.good:
        return f"{outcome.name}: ok\n"
    said = "written anew; this was different" if updated else "differs"
    rows = [f"{outcome.name}: {said}"]
    for each in outcome.differences[:MOST]:
        rows += [f"  {outcome.name}:{each.line}  {each.what}"]
        rows += [f"      the chat:  {text}" for text in each.chat]
        rows += [f"      today:     {text}" for text in each.today]
    more = len(outcome.differences) - MOST
    rows += [f"  and {more} more"] if more > 0 else []
    return "\n".join(rows) + "\n"


def as_summary(found: Coverage) -> str:
    """Write how much of the dialogues the chats walk over, and every place that they don't."""
    rows = [
        f"steps asked or said: {found.steps} of {found.all_steps}",
        f"choices picked: {found.choices} of {found.all_choices}",
    ]
    if found.missing:
        rows += ["in no chat:", *(f"  {each}" for each in found.missing)]
    return "\n".join(rows) + "\n"
