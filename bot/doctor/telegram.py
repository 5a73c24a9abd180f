"""What is wrong between this installation and Telegram."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bot.doctor.finding import Finding

TOKEN: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
MOST_AHEAD: Final = 5.0
"""A clock that is off by more seconds than this makes times and reminders wrong."""
MANY_WAITING: Final = 100
ERROR_COUNTS_FOR: Final = 24 * 3600.0
"""Telegram names its last trouble with a webhook for ever; older than this, it is over."""
TOLD_TOO_MUCH: Final = "Telegram shows Kith all that is said in groups; it does not need that"
PRIVACY: Final = (
    "in BotFather send /setprivacy, choose this bot, then Enable; "
    "then take it out of each group and bring it in again"
)
"""A group that the bot is in already stays as it was (core.telegram.org/bots/features)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram does not know the token."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No Bot API answers at the address."""

    address: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What Telegram told. `ahead` is by how many seconds the clock here is ahead of Telegram's.

    `webhook` is the address that is set, or empty; `trouble` its last error, so many seconds ago.
    `lacking` are the kinds of updates that Kith needs and Telegram holds back. `other`: somebody
    else asks for updates; `hooked`: asking is refused since a webhook is set.
    """

    ahead: float = 0.0
    reads_groups: bool = False
    webhook: str = ""
    trouble: str = ""
    trouble_ago: float = 0.0
    waiting: int = 0
    lacking: tuple[str, ...] = ()
    other: bool = False
    hooked: bool = False


Telegram = Refused | Unreachable | Answered


def token_findings(token: str) -> list[Finding]:
    """Look at the token as it was set."""
    if not token:
        fix = "ask BotFather for a token and set it (README, Telegram)"
        return [Finding("no-token", "KITH_TELEGRAM_TOKEN is not set", fix, serious=True)]
    if not TOKEN.fullmatch(token):
        message = "KITH_TELEGRAM_TOKEN does not look like a token"
        fix = "copy it from BotFather again: digits, a colon, letters"
        return [Finding("bad-token", message, fix, serious=True)]
    return []


def telegram_findings(told: Telegram, webhook_wanted: str) -> list[Finding]:
    """Look at what Telegram told; `webhook_wanted` is empty where Kith asks for updates itself."""
    match told:
        case Refused():
            fix = "copy KITH_TELEGRAM_TOKEN from BotFather again"
            message = "Telegram does not know this token"
            return [Finding("refused-token", message, fix, serious=True)]
        case Unreachable(address):
            fix = "check the network and KITH_TELEGRAM_API_URL"
            message = f"Telegram can't be reached at {address}"
            return [Finding("unreachable", message, fix, serious=True)]
        case Answered():
            return [*_way_in(told, webhook_wanted), *_habits(told, webhook_wanted)]


def _way_in(told: Answered, wanted: str) -> Iterator[Finding]:
    """Look for what takes the updates away."""
    if told.other:
        message = "another program is asking Telegram with this token"
        yield Finding("second-poller", message, "stop the other one first", serious=True)
    if told.webhook and not wanted:
        message = f"a webhook at {_host(told.webhook)} takes the messages, and this Kith polls"
        fix = (
            "take another token if that is a bot at work; else start `kith telegram`, it goes then"
        )
        yield Finding("webhook-set", message, fix, serious=True)
    elif told.hooked:
        message = "a webhook takes the messages, and this Kith polls"
        yield Finding("webhook-set", message, "look at what else uses this token", serious=True)
    if wanted and told.webhook and told.webhook != wanted:
        message = f"the webhook leads to another address, at {_host(told.webhook)}"
        fix = "start `kith serve`, which sets KITH_WEBHOOK_URL, unless another bot has this token"
        yield Finding("other-webhook", message, fix, serious=True)
    if wanted and not told.webhook:
        message = "Telegram knows no webhook yet"
        yield Finding("no-webhook", message, "start `kith serve`, which sets it", serious=True)


def _habits(told: Answered, wanted: str) -> Iterator[Finding]:
    """Look for what makes serving worse, and does not prevent it."""
    ours = told.webhook == wanted
    if ours and told.trouble and told.trouble_ago < ERROR_COUNTS_FOR:
        minutes = max(0, round(told.trouble_ago / 60))
        message = f"Telegram had trouble with the webhook {minutes} minutes ago: {told.trouble}"
        fix = "see that KITH_WEBHOOK_URL leads here from outside, with a valid certificate"
        yield Finding("webhook-trouble", message, fix)
    if told.waiting >= MANY_WAITING:
        message = f"{told.waiting} updates wait at Telegram"
        yield Finding("many-waiting", message, "see that Kith runs and keeps up; they go in a day")
    if told.lacking:
        message = f"Telegram holds back what Kith needs: {', '.join(told.lacking)}"
        yield Finding("held-back", message, "start Kith again, which asks for it")
    if told.reads_groups:
        yield Finding("privacy-off", TOLD_TOO_MUCH, PRIVACY)
    if abs(told.ahead) > MOST_AHEAD:
        where = "ahead of" if told.ahead > 0 else "behind"
        message = f"the clock of this machine is {abs(told.ahead):.0f} seconds {where} Telegram's"
        yield Finding("clock", message, "let the machine set its clock by the network (NTP)")


def _host(address: str) -> str:
    """Give only the host: people put tokens into the rest of an address."""
    try:
        return urlsplit(address).hostname or "an address without a host"
    except ValueError:
        return "an address that can't be read"
