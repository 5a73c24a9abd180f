"""`kith directory`: the list of places to go to, imported, corrected, and kept fresh by phone."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.commands.parsing import Commands, with_database
from bot.settings import Settings

_MOST: Final = 10
_FEW: Final = 3
Part = Callable[[Commands], None]


def add(commands: Commands) -> None:
    """Say what `kith directory` takes; each of its parts says what it takes itself."""
    parser = commands.add_parser("directory", help="the list of places: import, correct, check")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    for part in PARTS:
        part(parts)


def _add_import(parts: Commands) -> None:
    parser = parts.add_parser("import", help="take in a file, a folder, a zip or a web address")
    parser.add_argument("where", metavar="SOURCE", help="a file, folder, zip or http(s) address")
    parser.add_argument(
        "--source", default="", metavar="NAME", help="what to call where it is from"
    )
    with_database(parser).set_defaults(run=_import)


def _add_stale(parts: Commands) -> None:
    parser = parts.add_parser("stale", help="which places to ring first, to see if they are right")
    parser.add_argument("--json", action="store_true", help="for a program")
    parser.add_argument("--most", type=int, default=_MOST, metavar="N", help="so many at most")
    with_database(parser).set_defaults(run=_stale)


def _add_correct(parts: Commands) -> None:
    parser = parts.add_parser("correct", help="lay what you know better over what was imported")
    parser.add_argument("source", metavar="SOURCE")
    parser.add_argument("id", metavar="ID")
    parser.add_argument("corrections", nargs="+", metavar="FIELD=VALUE")
    with_database(parser).set_defaults(run=_correct)


def _add_find(parts: Commands) -> None:
    parser = parts.add_parser("find", help="what is found for each line of standard input")
    parser.add_argument("--near", default="", metavar="OUTCODE", help="first half of a postcode")
    parser.add_argument("--for", dest="for_whom", choices=("me", "other"), default="")
    parser.add_argument("--limit", type=int, default=_FEW, metavar="N", help="so many at most")
    parser.add_argument("--json", action="store_true", help="one list a line, for a program")
    with_database(parser).set_defaults(run=_find)


def _add_export(parts: Commands) -> None:
    parser = parts.add_parser("export", help="the list of places that a group keeps, as HSDS")
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file")
    parser.add_argument("--group", required=True, metavar="TITLE", help="what the group is called")
    with_database(parser).set_defaults(run=_export)


PARTS: Final[tuple[Part, ...]] = (_add_import, _add_stale, _add_correct, _add_find, _add_export)


def _import(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.directory_import import run  # noqa: PLC0415 - other commands start faster

    return run(asked.where, asked.source.strip(), settings)


def _stale(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.directory_stale import run  # noqa: PLC0415 - other commands start faster

    return run(asked.most, settings, as_json=asked.json)


def _correct(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.directory_correct import run  # noqa: PLC0415 - other commands start faster

    return run(asked.source, asked.id, asked.corrections, settings)


def _find(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.directory_find import run  # noqa: PLC0415 - other commands start faster

    return run(asked, settings)


def _export(asked: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.directory_export import run  # noqa: PLC0415 - other commands start faster

    return run(asked.file, asked.group, settings)
