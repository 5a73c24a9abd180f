"""`kith report`: what many told in a month, in numbers that single out nobody."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from bot.checking import checked_library
from bot.clock import Clock
from bot.commands.groups_here import groups_here
from bot.commands.opening import opened
from bot.commands.parsing import Commands, with_database
from bot.library import Library
from bot.settings import SettingMissing, Settings
from bot.totalling import last_month, work_out
from bot.totals.report import Told, as_data, days_of, in_words, told
from bot.totals.telling import EVERYBODY
from storage.store import Store, Transaction

_PRIVATE: Final = 0o600


class Scope(NamedTuple):
    """What is told of everybody, with no title, or of a group."""

    title: str
    told: Told


def add(commands: Commands) -> None:
    """Say what `kith report` takes."""
    parser = commands.add_parser("report", help="what many told, in bands that single out nobody")
    parser.add_argument("--month", default="", metavar="YYYY-MM", help="which; else the last one")
    parser.add_argument("--group", default="", metavar="TITLE", help="of this group alone")
    parser.add_argument("--json", action="store_true", help="for another program")
    parser.add_argument("--file", type=Path, metavar="FILE", help="into a new file")
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Tell of everybody and of each group that may be told of, or of one group.

    A month that is over and wasn't worked out yet is worked out first.
    """
    library = checked_library(settings.dialogues, settings.contact).on(settings.terms)
    with opened(settings) as store:
        month, unreadable = _worked_out(store, library, asked.month, Clock()())
        with store.transaction() as tx:
            found = [*_scopes(tx, month, asked.group)]
    if asked.group and not found:
        message = f"no group here is called {asked.group} -> ask whoever leads it for its title"
        raise SettingMissing(message)
    if unreadable:
        sys.stderr.write(f"{unreadable} sessions can't be read, so they are not counted\n")
    written = _data(library, month, found) if asked.json else _text(library, month, found)
    if asked.file:
        _write(asked.file, written)
    else:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(written)
    return 0


def _worked_out(store: Store, library: Library, wanted: str, now: datetime) -> tuple[str, int]:
    """Give the month that is meant, worked out, and how many sessions could not be read for that.

    Raises SettingMissing for what is no month, and for one that is not over.
    """
    month = wanted or last_month(now)
    try:
        first, _ = days_of(month)
    except ValueError:
        message = f"{month} is no month -> write it as {last_month(now)}"
        raise SettingMissing(message) from None
    month = first.strftime("%Y-%m")
    with store.transaction() as tx:
        if month in tx.groups.totals.months():
            return month, 0
    if month > last_month(now):
        message = f"{month} is not over, and is told as a whole -> ask when it is"
        raise SettingMissing(message)
    return month, work_out(store, library, now, month)


def _scopes(tx: Transaction, month: str, group: str) -> Iterator[Scope]:
    """Give what is told, everybody first and groups by their titles; or of the group that is meant.

    A group that is too small to be told of is only there where it is asked for.
    """
    bodies = tx.groups.totals.of(month)
    everybody = told(bodies[EVERYBODY])
    if not group:
        yield Scope("", everybody)
    for title, name in sorted((group.title, name) for name, group in groups_here(tx)):
        meant = title.casefold() == group.strip().casefold() if group else name in bodies
        if meant:
            there = told(bodies[name]) if name in bodies else Told(everybody.least)
            yield Scope(title, there)


def _text(library: Library, month: str, found: list[Scope]) -> str:
    texts = [
        in_words(library.catalogue, month, each.title, library.totals, each.told) for each in found
    ]
    return "\n\n\n".join(texts) + "\n"


def _data(library: Library, month: str, found: list[Scope]) -> str:
    reports = [as_data(month, each.title, library.totals, each.told) for each in found]
    return json.dumps({"month": month, "reports": reports}, ensure_ascii=False, indent=1) + "\n"


def _write(file: Path, content: str) -> None:
    """Write a new file for its owner alone. Raises OSError, also where there is one already."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(content)
