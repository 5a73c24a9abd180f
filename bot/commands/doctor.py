"""`kith doctor`: what is wrong with this installation, and what mends it."""

import argparse
import json
import sys
import zoneinfo
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.checking import check
from bot.clock import Clock
from bot.commands.parsing import Commands, with_database
from bot.doctor.database import database_findings
from bot.doctor.dialogues import dialogue_findings
from bot.doctor.finding import Finding, serious_in, worst_first
from bot.doctor.machine import machine_findings
from bot.doctor.telegram import telegram_findings, token_findings
from bot.engine.reading import Reader
from bot.files import read_folder
from bot.settings import Settings
from storage.looking import condition_of


def add(commands: Commands) -> None:
    """Say what `kith doctor` takes."""
    parser = commands.add_parser("doctor", help="what is wrong with this installation")
    parser.add_argument("--json", action="store_true", help="the same as a JSON list")
    parser.add_argument(
        "--alone",
        action="store_true",
        help="no Kith of yours runs now: look for another program with its token",
    )
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Print every finding, worst first; exit code 1 where one prevents serving."""
    found = worst_first(
        [
            *_about_telegram(settings, alone=asked.alone),
            *database_findings(condition_of(settings.database_url)),
            *_about_dialogues(settings.dialogues, settings.contact, datetime.now(UTC).date()),
            *machine_findings(zoneinfo.available_timezones()),
        ]
    )
    sys.stdout.write(as_json(found) if asked.json else as_lines(found))
    return 1 if serious_in(found) else 0


def as_lines(found: Sequence[Finding]) -> str:
    """Write one line a finding, then how many there are."""
    if not found:
        return "nothing to mend\n"
    serious = len(serious_in(found))
    summary = f"{serious} to mend, {len(found) - serious} to look at"
    return "\n".join([*map(str, found), summary]) + "\n"


def as_json(found: Sequence[Finding]) -> str:
    """Write a JSON list, one finding a line."""
    rows = [
        {"severity": each.severity, "code": each.code, "message": each.message, "fix": each.fix}
        for each in found
    ]
    return "[" + ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows) + "]\n"


def _about_telegram(settings: Settings, *, alone: bool) -> list[Finding]:
    if found := token_findings(settings.telegram_token):
        return found
    from bot.channels.telegram.probing import ask_telegram  # noqa: PLC0415 - takes a while to load

    told = ask_telegram(
        settings.telegram_token,
        settings.telegram_api_url,
        Clock(),
        polls=not settings.webhook_url,
        alone=alone,
    )
    return telegram_findings(told, settings.webhook_url)


def _about_dialogues(folder: Path, contact: str, today: date) -> list[Finding]:
    reader = Reader()
    numbers = read_folder(folder, []).get("safety/numbers.yaml")
    assured = [
        reader.text((number.get("assured") or number).get("on"))
        for number in reader.items(numbers.get("numbers") if numbers else None)
    ]
    return list(dialogue_findings(check(folder, contact), assured, contact, today))
