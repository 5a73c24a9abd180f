"""`kith doctor`: what is wrong with this installation, and what mends it."""

import argparse
import json
import sys
import zoneinfo
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from bot.checking import check
from bot.clock import Clock
from bot.commands.confirming import confirm_numbers
from bot.commands.parsing import Commands, with_database
from bot.confirming import NUMBERS, digest_of_numbers
from bot.doctor.database import database_findings
from bot.doctor.dialogues import dialogue_findings
from bot.doctor.finding import Finding, serious_in, worst_first
from bot.doctor.keys import key_findings
from bot.doctor.machine import machine_findings
from bot.doctor.numbers import number_findings
from bot.doctor.telegram import telegram_findings, token_findings
from bot.settings import Settings
from storage.looking import condition_of
from storage.sealing.looking import keys_condition


def add(commands: Commands) -> None:
    """Say what `kith doctor` takes."""
    parser = commands.add_parser("doctor", help="what is wrong with this installation")
    parser.add_argument("--json", action="store_true", help="the same as a JSON list")
    parser.add_argument(
        "--alone",
        action="store_true",
        help="no Kith of yours runs now: look for another program with its token",
    )
    parser.add_argument(
        "--confirm-numbers",
        nargs="?",
        const="",
        metavar="NAME",
        help="say that NAME has rung or looked up every help number; Telegram needs that once",
    )
    with_database(parser).set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Print every finding, worst first; exit code 1 where one prevents serving.

    With `--confirm-numbers` only that is done. Raises what confirm_numbers raises.
    """
    if asked.confirm_numbers is not None:
        return confirm_numbers(settings, asked.confirm_numbers, Clock())
    found = worst_first(
        [
            *_about_telegram(settings, alone=asked.alone),
            *_about_database(settings, datetime.now(UTC).date()),
            *dialogue_findings(check(settings.dialogues, settings.contact), settings.contact),
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


def _about_database(settings: Settings, today: date) -> Iterator[Finding]:
    """Look at the database and, where it can be looked at, at what was confirmed there."""
    condition = condition_of(settings.database_url)
    yield from database_findings(condition)
    if not condition.trouble and not condition.absent:
        yield from key_findings(keys_condition(settings.where))
    digest = digest_of_numbers(settings.dialogues)
    if digest and condition.folder_takes and not condition.trouble:
        file = f"{settings.dialogues.name}/{NUMBERS}"
        yield from number_findings(condition.confirmations, digest, file, today)
