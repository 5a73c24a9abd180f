"""Made-up dialogues, read by the real reader and held against wording rules."""

from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

from bot.engine.diagnostics import Diagnostic
from bot.engine.reading import Reader
from bot.files import read_file, read_folder
from bot.library import assembled
from bot.wording.checking import check_wording
from bot.wording.rules import Wording, read_wording
from tests.fakes import DIALOGUES, write_dialogues


def wording_of(text: str) -> tuple[Wording, list[Diagnostic]]:
    """Read rules from a text, with what is wrong with them."""
    found: list[Diagnostic] = []
    with TemporaryDirectory() as folder:
        file = Path(folder) / "en.yaml"
        file.write_text(dedent(text), encoding="utf-8")
        node = read_file(file, "wording/en.yaml", found)
    reader = Reader()
    return read_wording(reader, node), [*found, *reader.found]


ENGLISH, _ = wording_of((DIALOGUES / "wording/en.yaml").read_text(encoding="utf-8"))


def findings(
    *scripts: str, wording: Wording = ENGLISH, stored: bool = True, **files: str
) -> list[Diagnostic]:
    """Give what breaks the rules in these dialogues; nothing else is said in them.

    Without `stored` the check gets only what was read, not the files themselves.
    """
    quiet = {"screens": "{}", "words": "{}", **files}
    with TemporaryDirectory() as folder:
        dialogues = write_dialogues(Path(folder) / "dialogues", *scripts, **quiet)
        found: list[Diagnostic] = []
        named = read_folder(dialogues, found)
        raw = {
            node.file: (dialogues / name).read_text(encoding="utf-8")
            for name, node in named.items()
        }
        with_texts = {**named, **_needed(found)}
        library, complaints = assembled(with_texts, dialogues)
        errors = [each for each in (*found, *complaints) if each.severity == "error"]
        assert library is not None, errors
        assert errors == []
        return check_wording(
            wording, library.catalogue.scripts, named, library.rules, raw if stored else None
        )


def _needed(found: list[Diagnostic]) -> dict[str, object]:
    """Give the files that Kith can't start without, for what stands in none of the given ones."""
    names = ("screens.yaml", "words.yaml")
    return {name: read_file(DIALOGUES / name, name, found) for name in names}


def talk(*lines: str, phase: str = "self") -> str:
    """Write a script of one step that says the given lines of YAML and asks for words."""
    said = "\n".join(f"    {line}" for line in lines)
    return f"id: talk\nsteps:\n  - id: one\n    phase: {phase}\n{said}\n    ask: words\n"


def codes(*scripts: str, **files: str) -> list[str]:
    """Give only the codes of what was found."""
    return [each.code for each in findings(*scripts, **files)]
