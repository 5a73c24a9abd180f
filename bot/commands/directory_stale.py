"""`kith directory stale`: which places to ring first, and how to note that all is right."""

import json
import shlex
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from bot.commands.opening import opened
from bot.directory.freshness import checked
from bot.directory.service import Service
from bot.directory.stale import VERDICTS, Stale, stale
from bot.settings import Settings


def run(most: int, settings: Settings, *, as_json: bool) -> int:
    """List what to ring first, with the number and how to note that it is right."""
    today = datetime.now(UTC).date()
    with opened(settings) as store, store.transaction() as tx:
        found = stale(tx.directory.services(), tx.directory.reports(), today)
    some = found[: max(0, most)]
    if as_json:
        sys.stdout.write(json.dumps([_as_data(entry, today) for entry in some]) + "\n")
        return 0
    for entry in some:
        sys.stdout.writelines(f"{line}\n" for line in _in_words(entry, today))
    sys.stdout.write(f"{len(some)} of {len(found)} to check\n")
    return 0


def _in_words(entry: Stale, today: date) -> Iterator[str]:
    service = entry.service
    by = f" ({service.organisation})" if service.organisation not in ("", service.name) else ""
    yield f"{service.name}{by}"
    yield f"  {_how_to_reach(service)}"
    yield f"  {checked(service.assured, today)}"
    if entry.said:
        said = (
            f"{VERDICTS.get(verdict, verdict)} ({times})" for verdict, times in entry.said.items()
        )
        yield f"  people said: {', '.join(said)}"
    yield f"  all right? type: {_how_to_note(service, today)}"


def _how_to_reach(service: Service) -> str:
    numbers = (
        f"{each.number} ({each.what})" if each.what else each.number for each in service.phones
    )
    return ", ".join(numbers) or service.email or service.url or "no number, no address"


def _how_to_note(service: Service, today: date) -> str:
    return shlex.join(
        ["kith", "directory", "correct", service.source, service.id, f"assured={today}"]
    )


def _as_data(entry: Stale, today: date) -> dict[str, Any]:
    service = entry.service
    return {
        "source": service.source,
        "id": service.id,
        "name": service.name,
        "reach": _how_to_reach(service),
        "assured": service.assured.isoformat() if service.assured else "",
        "checked": checked(service.assured, today),
        "said": dict(entry.said),
    }
