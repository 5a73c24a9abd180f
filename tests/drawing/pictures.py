"""The pictures of the guide. `python -m tests.drawing.pictures` draws them afresh."""

import re
from functools import cache
from pathlib import Path

from bot.drawing.svg import svg
from bot.engine.script import Script
from tests import fakes
from tests.conftest import ROOT
from tests.fakes import library_of

FOLDER = ROOT / "docs" / "pictures"
GUIDE = ROOT / "docs" / "writing-dialogues.md"


@cache
def shipped() -> dict[str, Script]:
    """Read every dialogue that is delivered."""
    scripts = fakes.shipped().catalogue.scripts
    return {name: compiled.script for name, compiled in scripts.items()}


def read(text: str) -> Script:
    """Read one dialogue given as text, by the real reader."""
    (compiled,) = library_of(text).catalogue.scripts.values()
    return compiled.script


def first_example() -> Script:
    """Read the first whole dialogue of the guide."""
    found = re.search(
        r"^```yaml\n(id:.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found, "the guide begins with an example"
    return read(found[1])


@cache
def pictures() -> dict[Path, str]:
    """Draw every picture of the guide."""
    scripts = shipped()
    drawn = {"hello": first_example(), **{n: scripts[n] for n in ("someone", "reflection")}}
    return {FOLDER / f"{name}.svg": svg(script) for name, script in drawn.items()}


if __name__ == "__main__":
    for path, picture in pictures().items():
        path.write_text(picture, encoding="utf-8", newline="\n")
