"""`kith directory find`: what is found for each line; a line with a concern is never searched."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from bot.commands.opening import opened
from bot.directory.freshness import checked
from bot.directory.open_to import Wanted
from bot.directory.outcodes import nation_of
from bot.directory.search import Found, Index
from bot.directory.service import Service, load
from bot.engine.outcode import outcode_of
from bot.library import Library, load_library
from bot.settings import SettingMissing, Settings

_NOTHING: Final = "nothing good found"


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Answer each line of standard input. Raises SettingMissing where --near is no outcode."""
    near = outcode_of(asked.near)
    if asked.near and not near:
        message = "--near takes the first half of a postcode -> write it like LS6"
        raise SettingMissing(message)
    library = load_library(settings.dialogues, settings.contact)
    today = datetime.now(UTC).date()
    wanted = Wanted("", today, for_whom=asked.for_whom, near=near, limit=asked.limit)
    answers = answer(library, listed_in(settings), wanted, sys.stdin, as_json=asked.json)
    for line in answers:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


def listed_in(settings: Settings) -> list[Service]:
    """Give the services of the database as they are listed, without those that are missing."""
    with opened(settings) as store, store.transaction() as tx:
        listed = tx.directory.services()
        return [load(each.record) for each in listed if not each.missing]


def answer(
    library: Library,
    services: list[Service],
    wanted: Wanted,
    lines: Iterable[str],
    *,
    as_json: bool,
) -> Iterator[str]:
    """Answer each line: with a list as JSON, or in words; with help lines where one is in danger.

    A text that raises a concern goes no further than to the rules that notice it.
    """
    index = Index.build(services, library.needs)
    for line in lines:
        concern = library.notice(line)
        if concern:
            kind, nation = concern.kind, nation_of(wanted.near)
            help_lines = library.catalogue.lines(kind, nation)
            yield "[]" if as_json else "\n".join(["not searched; help now:", *help_lines, ""])
            continue
        found = index.find(replace(wanted, text=line.strip()))
        if as_json:
            yield json.dumps([_as_data(each) for each in found], ensure_ascii=False)
        else:
            yield "\n".join([*_in_words(found, wanted.today), ""])


def _as_data(found: Found) -> dict[str, Any]:
    service = found.service
    return {
        "id": service.id,
        "source": service.source,
        "name": service.name,
        "why": found.why,
        "assured": service.assured.isoformat() if service.assured else None,
    }


def _in_words(found: list[Found], today: date) -> Iterator[str]:
    if not found:
        yield _NOTHING
    for each in found:
        service = each.service
        by = "" if service.organisation in ("", service.name) else f" ({service.organisation})"
        yield f"{service.name}{by}"
        yield f"  because {each.why}"
        for what, told in _PARTS:
            if text := told(service):
                yield f"  {what}: {text}"
        if each.distance:
            yield f"  how far: {each.distance}"
        yield f"  {checked(service.assured, today)}"


def _start(service: Service) -> str:
    numbers = (
        f"{each.number} ({each.what})" if each.what else each.number for each in service.phones
    )
    reach = ", ".join(numbers) or service.email or service.url
    return "; ".join(text for text in (service.start, reach) if text)


def _cost(service: Service) -> str:
    return service.cost or ("free" if service.free else "")


_PARTS: Final[tuple[tuple[str, Callable[[Service], str]], ...]] = (
    ("how to start", _start),
    ("cost", _cost),
)
