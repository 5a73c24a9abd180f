"""Watching the dialogues while somebody tries them: what was saved, and where it departs."""

import io
import os
import select
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TextIO

from bot.checking import examined
from bot.engine.apart import along
from bot.engine.diagnostics import errors_in
from bot.engine.replay import open_step, settled
from bot.engine.scope import key_of
from bot.engine.session import Session
from bot.engine.walk import EndlessLoop
from bot.impact import fate
from bot.library import Library

EVERY: Final = 0.5
"""So many seconds lie between two looks at the files."""
STILL_OLD: Final = "still the old words until this is mended"
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What came of reading the dialogues again: words for the author, and a library if it can be.

    `library` is None where the old words stay.
    """

    told: str
    library: Library | None = None


class Watch:
    """Lines of an input, and an eye on a folder while none comes.

    Reads the input itself, byte by byte: a line that lay in a buffer would look like silence.
    """

    def __init__(self, folder: Path, lines: TextIO) -> None:
        self.folder = folder
        self._lines = lines
        self._known = self._last = _marks(folder)
        self._held = b""

    def line(self) -> str | None:
        """Give the next line, empty at the end; None where dialogues were saved meanwhile.

        Where an input can't be waited for, the folder is looked at between lines only.
        """
        try:
            number = self._lines.fileno()
            select.select([number], [], [], 0)
        except (io.UnsupportedOperation, OSError, ValueError):
            return None if self._saved() or self._saved() else self._lines.readline()
        while b"\n" not in self._held:
            if not select.select([number], [], [], EVERY)[0]:
                if self._saved():
                    return None
            elif chunk := os.read(number, _CHUNK):
                self._held += chunk
            else:
                break
        line, newline, self._held = self._held.partition(b"\n")
        return (line + newline).decode(errors="replace")

    def _saved(self) -> bool:
        """Say whether something was saved and has come to rest since; each time once."""
        marks = _marks(self.folder)
        rests, self._last = marks == self._last, marks
        if not rests or marks == self._known:
            return False
        self._known = marks
        return True


def _marks(folder: Path) -> Mapping[Path, tuple[int, int]]:
    """Know the files of a folder by when they were saved and how long they are."""
    marks = {}
    for file in folder.rglob("*.yaml"):
        try:
            about = file.stat()
        except OSError:
            continue  # it was just renamed or deleted, or is a link that leads nowhere
        marks[file] = (about.st_mtime_ns, about.st_size)
    return marks


def reloaded(folder: Path, library: Library, session: Session) -> Reloaded:
    """Read the dialogues again, and say where they depart from what this person went through.

    Never raises for what an author saved: the diagnostics are told, and the old words stay.
    """
    root = library.catalogue.root
    try:
        fresh, found = examined(folder, library.catalogue.contact)
    except OSError as error:
        return Reloaded(f"{error.filename}: {error.strerror}\n{STILL_OLD}")
    if errors := errors_in(found):
        return Reloaded("\n".join([*map(str, errors), STILL_OLD]))
    if root not in fresh.catalogue.scripts:
        return Reloaded(f"there is no dialogue '{root}' any more\n{STILL_OLD}")
    fresh = fresh.on(library.catalogue.terms)
    fresh = replace(fresh, catalogue=replace(fresh.catalogue, root=root))
    try:
        return Reloaded(f"reloaded: {_departure(fresh, session)}", fresh)
    except EndlessLoop as loop:
        return Reloaded(f"the script goes round at '{loop}' without a question\n{STILL_OLD}")


def _departure(library: Library, session: Session) -> str:
    """Replay the answers so far, and say in a few words where that leads."""
    if not session.begun:
        return "the conversation begins"
    if session.status == "ended":
        return "this conversation is over, and stays as it was"
    catalogue, was = along(library.catalogue, session), session.place[-1].step
    became = fate(catalogue, session)
    departs = "the new script departs at '{}' ({})"
    match became.what:
        case "as before":
            return f"you are still at '{was}'"
        case "renamed":
            return f"you are still at '{became.to}', which was '{was}'"
        case "asked again":
            return departs.format(became.to or was, "asked again")
        case "asked first":
            found = settled(catalogue, session)
            asked = open_step(catalogue, found)
            again = asked is not None and key_of(found.place, asked) in found.answers
            return departs.format(became.to, "asked again" if again else "not asked before")
        case _:
            return departs.format(was, "no longer there")
