"""`kith directory correct`: what staff know better, laid over what was imported."""

import sys
from datetime import UTC, datetime
from typing import Any, Final

from bot.commands.opening import opened
from bot.directory.correcting import NotACorrection, read_corrections
from bot.settings import Settings

BROKEN: Final = 1


def run(source: str, service: str, typed: list[str], settings: Settings) -> int:
    """Lay corrections over one entry and say how it reads now; exit code 1 where one is wrong."""
    now = datetime.now(UTC)
    with opened(settings) as store, store.transaction() as tx:
        found = tx.directory.find(source, service)
        if found is None:
            known = "see `kith directory stale` for sources and ids"
            sys.stderr.write(f"kith: there is no '{service}' from '{source}' -> {known}\n")
            return BROKEN
        try:
            corrections = read_corrections(typed, found.record, now.date())
        except NotACorrection as wrong:
            sys.stderr.write(f"kith: {wrong}\n")
            return BROKEN
        tx.directory.correct(source, service, corrections, now.timestamp())
    for name, value in corrections.items():
        sys.stdout.write(f"{found.record['name']}: {name} is now {_value(value)}\n")
    return 0


def _value(value: Any) -> str:
    match value:
        case "" | None | []:
            return "empty"
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(map(_value, value))
        case dict():
            return " ".join(str(each) for each in value.values() if each)
        case _:
            return str(value)
