"""`kith draw`: a dialogue as a picture, for the wall or for a page."""

import argparse
import sys
from pathlib import Path

from bot.commands.parsing import Commands, with_database
from bot.drawing.mermaid import mermaid
from bot.drawing.svg import svg
from bot.engine.script import Script
from bot.library import load_library
from bot.settings import SettingMissing, Settings


def add(commands: Commands) -> None:
    """Say what `kith draw` takes."""
    parser = commands.add_parser("draw", help="a dialogue as a picture")
    parser.add_argument(
        "dialogue", nargs="?", default="reflection", metavar="DIALOGUE", help="which dialogue"
    )
    parser.add_argument(
        "--svg", type=Path, metavar="FILE", help="write a picture there, instead of Mermaid text"
    )
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Print the dialogue as Mermaid, or write it as SVG."""
    script = _script(settings, asked.dialogue)
    if asked.svg:
        asked.svg.write_text(svg(script), encoding="utf-8", newline="\n")
    else:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(mermaid(script))
    return 0


def _script(settings: Settings, dialogue: str) -> Script:
    """Find a dialogue. Raises BrokenDialogues, and SettingMissing where there is none of it."""
    catalogue = load_library(settings.dialogues, settings.contact).catalogue
    if lacking := catalogue.lacks(dialogue):
        raise SettingMissing(lacking)
    return catalogue.scripts[dialogue].script
