"""The page docs/diagnostics.md: every diagnostic, what it means, and the same thing wrong and right.

`python -m tests.diagnostics_page` writes it from the files in docs/diagnostics/.
"""

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import yaml

from bot.checking import check
from bot.engine.codes import ERRORS
from bot.engine.diagnostics import Diagnostic
from tests.fakes import DIALOGUES, write_dialogues

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
PAGE: Final = DOCS / "diagnostics.md"
TALK: Final = "scripts/talk.yaml"
EMPTY: Final = "."
"""The file of an example that is a folder with nothing in it."""
SHIPPED: Final = ("words.yaml", "screens.yaml", "typed.yaml")
"""Files of which an example shows some entries only: the others are as they are shipped."""
GROUPS: Final = (
    "files",
    "scripts and steps",
    "questions and choices",
    "ways and calls",
    "rounds of groups",
    "answers in texts and conditions",
    "what can be proven",
    "safety",
    "suggestions and resources",
    "screens and commands",
    "wording",
    "what was published",
    "languages",
)
HEAD: Final = """\
# What kith check says

Each line of `kith check` reads `file:line:column code what is wrong -> what to do`. Look for the code here. Below each stands an example that brings it about, with what is said about it, and the same thing put right.

An **error** keeps dialogues from being used until it is mended. A **warning** is for you to weigh.

"""


@dataclass(frozen=True, eq=False)
class Broken:
    """One file that brings a diagnostic about on `line`; `also` are codes that can't but follow.

    `told` is the file that it is said of where that is another.
    """

    text: str
    line: int
    file: str = TALK
    beside: Mapping[str, str] = field(default_factory=dict)
    also: frozenset[str] = frozenset()
    encoding: str = "utf-8"
    told: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """One code, said for people who don't program."""

    code: str
    group: str
    means: str
    mend: str
    broken: tuple[Broken, ...]
    mended: str

    @property
    def shown(self) -> Broken:
        """The example that the page shows."""
        return self.broken[0]


@cache
def explained(folder: Path = DOCS / "diagnostics") -> tuple[Explained, ...]:
    """Read every explanation, by group and code."""
    found = [_explained(path) for path in folder.glob("*.yaml")]
    return tuple(sorted(found, key=lambda each: (GROUPS.index(each.group), each.code)))


def _explained(path: Path) -> Explained:
    written: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    broken = tuple(
        Broken(**{**each, "also": frozenset(each.get("also", ()))}) for each in written["broken"]
    )
    return Explained(**{"code": path.stem, **written, "broken": broken})


@cache
def said_of(example: Broken) -> tuple[Diagnostic, ...]:
    """Lay an example out in a folder of its own and give all that `kith check` says of it.

    What it says of texts as they are shipped is no concern of an example.
    """
    with TemporaryDirectory() as folder:
        found = check(laid_out(Path(folder) / "dialogues", example))
    own = len(example.text.splitlines()) if example.file in SHIPPED else 0
    shipped = {f"dialogues/{name}": own if name == example.file else 0 for name in SHIPPED}
    kept = [each for each in found if each.line <= shipped.get(each.file, each.line)]
    return tuple(replace(each, file=each.file.removeprefix(f"{folder}/")) for each in kept)


def said_here(each: Explained, example: Broken) -> Diagnostic:
    """Give what is said where an example is broken. Raises AssertionError with all that is said."""
    file = "dialogues" if example.file == EMPTY else f"dialogues/{example.told or example.file}"
    wanted = (file, example.line, each.code)
    found = said_of(example)
    here = [one for one in found if (one.file, one.line, one.code) == wanted]
    assert here, f"{wanted} is not in\n" + "\n".join(map(str, found))
    return here[0]


def mended(each: Explained) -> Broken:
    """Give the example that is right, beside the same files as the one that is shown broken."""
    file = TALK if each.shown.file == EMPTY else each.shown.file
    return Broken(each.mended, 0, file, each.shown.beside)


def laid_out(folder: Path, example: Broken) -> Path:
    """Write a folder of dialogues that holds an example and is right everywhere else."""
    folder.mkdir(parents=True)
    if example.file == EMPTY:
        return folder
    write_dialogues(folder)
    shutil.copytree(DIALOGUES / "wording", folder / "wording", dirs_exist_ok=True)
    for name, text in {TALK: RIGHT, **example.beside, example.file: example.text}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = text + _others(file, text) if name in SHIPPED else text
        file.write_bytes(whole.encode(example.encoding))
    return folder


RIGHT: Final = """\
id: talk
title: Sleep
steps:
  - id: sleep
    say: How did you sleep?
    ask: words
  - id: goodbye
    say: Your neighbour could hear about that night.
    ending: yes
"""
"""A script with which nothing is wrong, for examples of other files."""


def _others(shipped: Path, text: str) -> str:
    """Give the entries of a shipped file that an example doesn't write itself."""
    own = {line.partition(":")[0] for line in text.splitlines() if line[:1].strip()}
    kept, keep = [], True
    for line in shipped.read_text(encoding="utf-8").splitlines(keepends=True):
        if line[:1].strip():
            keep = line.partition(":")[0] not in own
        kept += [line] if keep else []
    return "".join(kept)


def page(listed: Sequence[Explained], said: Mapping[str, Diagnostic]) -> str:
    """Write the whole page; `said` is what `kith check` says of the example of each code."""
    parts = [HEAD]
    for group in GROUPS:
        own = [each for each in listed if each.group == group]
        links = ", ".join(f"[{each.code}](#{each.code})" for each in own)
        parts += [f"- {_title(group)}: {links}\n"] if own else []
    for group in GROUPS:
        own = [each for each in listed if each.group == group]
        parts += [f"\n## {_title(group)}\n"] if own else []
        parts += [_entry(each, said[each.code]) for each in own]
    return "".join(parts)


def _title(group: str) -> str:
    return group[0].upper() + group[1:]


def _entry(each: Explained, said: Diagnostic) -> str:
    severity = "Error" if each.code in ERRORS else "Warning"
    shown = each.shown
    wrong = _numbered(shown.text, 0 if shown.told else shown.line) or "(an empty folder)\n"
    right = mended(each)
    beside = "".join(
        f"\nwith `{name}` beside it:\n\n```{_kind(name)}\n{text}```\n"
        for name, text in shown.beside.items()
    )
    more = ", the rest as it is" if right.file in SHIPPED else ""
    return (
        f"\n### {each.code}\n\n{severity}. {each.means.strip()}\n\n**What to do:** {each.mend.strip()}\n"
        f"\nBroken{_in(shown.file)}{more}:\n\n```text\n{wrong}```\n{beside}"
        f"\n```text\n{said}\n```\n"
        f"\nRight{_in(right.file)}{more}:\n\n```{_kind(right.file)}\n{each.mended}```\n"
    )


def _kind(file: str) -> str:
    return "po" if file.endswith(".po") else "yaml"


def _in(file: str) -> str:
    return "" if file in (TALK, EMPTY) else f", in `{file}`"


def _numbered(text: str, line: int) -> str:
    """Number the lines and point at the one that is complained about."""
    lines = text.splitlines()
    width = len(str(len(lines)))
    return "".join(
        f"{'>' if number == line else ' '} {number:>{width}} | {words}".rstrip() + "\n"
        for number, words in enumerate(lines, 1)
    )


def today() -> str:
    """Give the page as it has to be today."""
    listed = explained()
    return page(listed, {each.code: said_here(each, each.shown) for each in listed})


if __name__ == "__main__":
    PAGE.write_text(today(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} is written\n")
