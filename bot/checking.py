"""Everything that is checked before dialogues may reach a person."""

from pathlib import Path

from bot.engine.diagnostics import Diagnostic, by_seriousness
from bot.files import read_file, read_folder
from bot.library import SCRIPTS, assembled


def check(folder: Path, contact: str = "", script: Path | None = None) -> list[Diagnostic]:
    """Give every diagnostic of a folder, worst first; never raises for what an author wrote.

    With `script` that one file is checked as if it lay in the folder, in place of a script of the
    same name, and only its own diagnostics are given.
    """
    found: list[Diagnostic] = []
    named = read_folder(folder, found)
    if script:
        named[f"{SCRIPTS}/{script.name}"] = read_file(script, str(script), found)
    _, complaints = assembled(named, folder, contact)
    found += complaints
    wanted = [each for each in found if script is None or each.file == str(script)]
    return by_seriousness(wanted)
