"""Everything that is checked before dialogues may reach a person."""

from pathlib import Path

from bot.engine.diagnostics import BrokenDialogues, Diagnostic, by_seriousness, errors_in
from bot.engine.reading import Reader
from bot.files import read_file, read_folder
from bot.library import SCRIPTS, Library, assembled
from bot.proofs.freedoms import check_freedoms
from bot.proofs.prove import prove
from bot.wording.checking import check_wording
from bot.wording.rules import read_wording


def check(folder: Path, contact: str = "", script: Path | None = None) -> list[Diagnostic]:
    """Give every diagnostic of a folder, worst first; never raises for what an author wrote.

    With `script` that one file is checked as if it lay in the folder, in place of a script of the
    same name, and only its own diagnostics are given.
    """
    _, found = _examined(folder, contact, script)
    wanted = [each for each in found if script is None or each.file == str(script)]
    return by_seriousness(wanted)


def checked_library(folder: Path, contact: str = "") -> Library:
    """Give the library that people may talk with. Raises BrokenDialogues for any error at all."""
    library, found = _examined(folder, contact, None)
    if errors := errors_in(found):
        raise BrokenDialogues(errors)
    return library


def _examined(folder: Path, contact: str, script: Path | None) -> tuple[Library, list[Diagnostic]]:
    found: list[Diagnostic] = []
    named = read_folder(folder, found)
    replaced = f"{SCRIPTS}/{script.name}" if script else ""
    if script:
        named[replaced] = read_file(script, str(script), found)
    library, complaints = assembled(named, folder, contact)
    found += complaints
    catalogue = library.catalogue
    found += prove(catalogue.scripts, library.rules, named.get("suggestions.yaml"))
    found += check_freedoms(catalogue.scripts, catalogue.typed, catalogue.screens, named)
    paths = {**{name: folder / name for name in named}, **({replaced: script} if script else {})}
    raw = {node.file: _text(paths[name]) for name, node in named.items()}
    reader = Reader()
    wording = read_wording(reader, named.get("wording/en.yaml"))
    found += [*reader.found, *check_wording(wording, catalogue.scripts, named, library.rules, raw)]
    return library, found


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
