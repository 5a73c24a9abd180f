"""Everything that is checked before dialogues may reach a person."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bot.engine.diagnostics import BrokenDialogues, Diagnostic, by_seriousness, errors_in
from bot.engine.reading import Reader
from bot.engine.rounds import JOINING, ROUNDS, SCRIPTS, SHARING, as_written, sources_of
from bot.engine.source import Node
from bot.files import read_file, read_folder, state_of
from bot.keeping import most_is_kept
from bot.library import Library, assembled, in_languages
from bot.measuring.remembered import check_measured
from bot.proofs.freedoms import check_freedoms
from bot.proofs.prove import prove
from bot.publishing import check_published
from bot.untranslated import translation_complaints
from bot.wording.checking import check_wording
from bot.wording.rules import read_wording


def check(folder: Path, contact: str = "", script: Path | None = None) -> list[Diagnostic]:
    """Give every diagnostic of a folder, worst first; never raises for what an author wrote.

    With `script` that one file is checked as if it lay in the folder, in place of a script of the
    same name, and only its own diagnostics are given. The same files are checked once.
    """
    if script is None:
        return list(_checked(folder, contact, state_of(folder)))
    return [each for each in _all_of(folder, contact, script) if each.file == str(script)]


@lru_cache(maxsize=1)
def _checked(folder: Path, contact: str, _: str) -> tuple[Diagnostic, ...]:
    return tuple(_all_of(folder, contact))


def _all_of(folder: Path, contact: str, script: Path | None = None) -> list[Diagnostic]:
    library, named, found = _examined(folder, contact, script)
    found += translation_complaints(named, folder)
    if library.families.rules:
        found += check_measured(folder, named, library.notice)
    return by_seriousness(found)


def examined(folder: Path, contact: str = "") -> tuple[Library, list[Diagnostic]]:
    """Read a folder and give it with every diagnostic, worst first, but for translations.

    Where one is an error, the library lacks what is broken and can't be used to talk. A translation
    that is not as it should be keeps nothing from being used: that language is not offered.

    A file that was saved as it was changes nothing: the same files are read and checked once.
    """
    library, found = _remembered(folder, contact, state_of(folder))
    return library, list(found)


@lru_cache(maxsize=1)
def _remembered(folder: Path, contact: str, _: str) -> tuple[Library, tuple[Diagnostic, ...]]:
    library, named, found = _examined(folder, contact)
    return in_languages(library, named, folder, contact), tuple(by_seriousness(found))


def checked_library(folder: Path, contact: str = "") -> Library:
    """Give the library that people may talk with. Raises BrokenDialogues for any error at all."""
    library, found = examined(folder, contact)
    if errors := errors_in(found):
        raise BrokenDialogues(errors)
    return library


@most_is_kept()
def _examined(
    folder: Path, contact: str, script: Path | None = None
) -> tuple[Library, dict[str, Node], list[Diagnostic]]:
    found: list[Diagnostic] = []
    named = read_folder(folder, found)
    paths = {name: folder / name for name in named}
    if script:
        name = f"{ROUNDS if script.parent.name == ROUNDS.strip('/') else SCRIPTS}{script.name}"
        paths[name] = script
        named[name] = read_file(script, str(script), found)
    library, complaints = assembled(named, folder, contact)
    catalogue = library.catalogue
    found += complaints
    rules, called = named.get("suggestions.yaml"), _called(named)
    found += as_written(prove(catalogue.scripts, library.rules, rules, called))
    found += check_freedoms(catalogue.scripts, catalogue.typed, catalogue.screens, named)
    found += check_published(named)
    reader = Reader()
    wording = read_wording(reader, named.get("wording/en.yaml"))
    raw = {node.file: _text(paths[name]) for name, node in named.items()}
    found += [*reader.found, *check_wording(wording, catalogue.scripts, named, library.rules, raw)]
    return library, named, _beside_unreadable_files(found)


def _beside_unreadable_files(found: list[Diagnostic]) -> list[Diagnostic]:
    """Leave out what only follows from a file that can't be read at all."""
    form = {"not-yaml", "not-text", "double-key"}
    unreadable = {each.file for each in found if each.code in form - {"double-key"}}
    return [each for each in found if each.file not in unreadable or each.code in form]


def _called(named: Mapping[str, Node]) -> set[str]:
    """Give the ids of all dialogues that others call, from scripts that are broken as well.

    Those that are put into rounds are no dialogues by themselves either.
    """
    reader = Reader()
    steps = [
        step for script in sources_of(named).values() for step in reader.items(script.get("steps"))
    ]
    return {JOINING, SHARING, *(reader.text(step.get("call")) for step in steps)}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
