"""All settings: `KITH_*` environment variables, each with a default that is documented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.engine.group import FEWEST
from bot.engine.terms import Terms
from bot.totals.bands import LEAST
from bot.wall import Hours, known_zone, quiet_hours
from storage.where import Where

HIGHEST_PORT: Final = 65_535
HOOK: Final = "/telegram"
"""Where a webhook posts, on whatever address; the public one ends in it."""
LEADERS: Final = ("admins", "anyone")
OLDEST: Final = 99
MOST_UNNAMED: Final = 50
MOST_COUNTED: Final = 1000
LONGEST: Final = 3650
"""So many days, ten years, is the most that anything of a person can be kept."""
KEEPING: Final = {
    "finished": "KITH_KEEP_DAYS",
    "unfinished": "KITH_KEEP_UNFINISHED_DAYS",
    "apart": "KITH_KEEP_APART_DAYS",
}
HERE: Final = Path(__file__).resolve().parent.parent


class SettingMissing(Exception):
    """A setting is missing or can't be used; names the variable and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One frozen answer to everything that can be set."""

    where: Where
    dialogues: Path
    contact: str
    telegram_token: str
    telegram_api_url: str
    webhook_url: str
    webhook_secret: str
    port: int
    metrics_port: int
    hours: Hours
    sends_a_second: int
    round_leaders: str
    terms: Terms

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return self.where.database


DEFAULTS: Final[Mapping[str, str]] = {
    "KITH_DATABASE_URL": "sqlite:///data/kith.db",
    "KITH_DIALOGUES": str(HERE / "dialogues"),
    "KITH_CONTACT": "",
    "KITH_LEAST_UNNAMED": "5",
    "KITH_ROUND_LEADERS": "admins",
    "KITH_LEAST_COUNTED": "5",
    "KITH_TELEGRAM_TOKEN": "",
    "KITH_TELEGRAM_API_URL": "https://api.telegram.org",
    "KITH_WEBHOOK_URL": "",
    "KITH_WEBHOOK_SECRET": "",
    "KITH_PORT": "8080",
    "KITH_METRICS_PORT": "9090",
    "KITH_SENDS_A_SECOND": "30",
    "KITH_ZONE": "Europe/London",
    "KITH_QUIET": "21:00-09:00",
    "KITH_AGE": "18",
    "KITH_KEEP_DAYS": "90",
    "KITH_KEEP_UNFINISHED_DAYS": "30",
    "KITH_KEEP_APART_DAYS": "365",
    "KITH_MASTER_KEY": "",
    "KITH_KEY_FILE": "",
}
MEANINGS: Final[Mapping[str, str]] = {
    "KITH_DATABASE_URL": "where conversations are kept; SQLite unless you say otherwise",
    "KITH_DIALOGUES": "the folder with the dialogues",
    "KITH_LEAST_UNNAMED": "so many share something unnamed in a group before any of it is shown",
    "KITH_CONTACT": "the service's human contact with hours, as people will read it",
    "KITH_ROUND_LEADERS": "who may open a round in a Telegram group: its admins, or anyone",
    "KITH_TELEGRAM_TOKEN": "the token that BotFather gave you",
    "KITH_TELEGRAM_API_URL": "another Bot API server, for tests or one of your own",
    "KITH_WEBHOOK_URL": "for kith serve: the public address, ending in /telegram",
    "KITH_WEBHOOK_SECRET": "for kith serve: made from the token unless you say otherwise",
    "KITH_PORT": "for kith serve: where Telegram's updates come in",
    "KITH_METRICS_PORT": "for kith serve: where metrics are read; keep it private",
    "KITH_SENDS_A_SECOND": "messages that Telegram allows your bot, for this process",
    "KITH_ZONE": "the zone of whoever did not say where they are",
    "KITH_QUIET": "when nobody is written to first, by their own clock",
    "KITH_AGE": "from which age somebody can talk with Kith; the younger get help lines",
    "KITH_KEEP_DAYS": "so many days after the last turn a finished reflection is wiped",
    "KITH_KEEP_UNFINISHED_DAYS": "so many days after the last turn an unfinished one is wiped",
    "KITH_KEEP_APART_DAYS": "so many days after its last use a map or a plan for bad days is wiped",
    "KITH_LEAST_COUNTED": "so many people at least are behind every number that is told; 5 or more",
    "KITH_MASTER_KEY": "the key that opens everybody's keys; several with commas, the newest first",
    "KITH_KEY_FILE": "the file of that key if it isn't set; made at first, beside the data",
}


def read_settings(environment: Mapping[str, str], database_url: str | None = None) -> Settings:
    """Read the settings. Raises SettingMissing for a variable of ours that means nothing."""
    unknown = sorted(
        name
        for name in environment
        if name.startswith("KITH_") and name not in DEFAULTS and not name.startswith("KITH_TEST_")
    )
    if unknown:
        message = f"{unknown[0]} is no setting of Kith; there are: {', '.join(DEFAULTS)}"
        raise SettingMissing(message)
    value = {name: environment.get(name) or default for name, default in DEFAULTS.items()}
    return Settings(
        where=Where(
            database_url or value["KITH_DATABASE_URL"],
            value["KITH_MASTER_KEY"].strip(),
            value["KITH_KEY_FILE"].strip(),
        ),
        dialogues=Path(value["KITH_DIALOGUES"]),
        contact=value["KITH_CONTACT"].strip(),
        telegram_token=value["KITH_TELEGRAM_TOKEN"].strip(),
        telegram_api_url=value["KITH_TELEGRAM_API_URL"].rstrip("/"),
        webhook_url=value["KITH_WEBHOOK_URL"].strip(),
        webhook_secret=value["KITH_WEBHOOK_SECRET"].strip(),
        port=_number("KITH_PORT", value["KITH_PORT"], 0, HIGHEST_PORT),
        metrics_port=_number("KITH_METRICS_PORT", value["KITH_METRICS_PORT"], 0, HIGHEST_PORT),
        sends_a_second=_number("KITH_SENDS_A_SECOND", value["KITH_SENDS_A_SECOND"], 1, 10_000),
        round_leaders=_one_of("KITH_ROUND_LEADERS", value["KITH_ROUND_LEADERS"], LEADERS),
        hours=_hours(value["KITH_ZONE"].strip(), value["KITH_QUIET"].strip()),
        terms=Terms(
            age=_number("KITH_AGE", value["KITH_AGE"], 0, OLDEST),
            least=_number("KITH_LEAST_UNNAMED", value["KITH_LEAST_UNNAMED"], FEWEST, MOST_UNNAMED),
            least_counted=_number(
                "KITH_LEAST_COUNTED", value["KITH_LEAST_COUNTED"], LEAST, MOST_COUNTED
            ),
            **{name: _number(each, value[each], 1, LONGEST) for name, each in KEEPING.items()},
        ),
    )


def _hours(zone: str, quiet: str) -> Hours:
    if known_zone(zone) is None:
        message = f"KITH_ZONE is no zone: {zone} -> use a name such as Europe/London"
        raise SettingMissing(message)
    if (hours := quiet_hours(quiet)) is None:
        message = f"KITH_QUIET can't be read: {quiet} -> write it as 21:00-09:00"
        raise SettingMissing(message)
    return Hours(zone, *hours)


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value.strip() not in known:
        message = f"{name} can't be {value} -> use {' or '.join(known)}"
        raise SettingMissing(message)
    return value.strip()


def _number(name: str, value: str, least: int, most: int) -> int:
    """Read a number; as a port, 0 lets the system choose one."""
    if not (value.isascii() and value.isdecimal() and least <= int(value) <= most):
        message = f"{name} can't be {value} -> use a number from {least} to {most}"
        raise SettingMissing(message)
    return int(value)
