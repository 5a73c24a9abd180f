"""How values are put into the sentences of a language, as CLDR knows it."""

from dataclasses import dataclass
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton


@dataclass(frozen=True, slots=True)
class Manner:
    """Which way a language runs, and what joins the items of a list."""

    right_to_left: bool
    comma: str
    last: str


def manner_of(code: str) -> Manner | None:
    """Give the manner of a language by its code, such as `pl` or `pt_BR`; None where it is none."""
    try:
        locale = Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
    patterns = locale.list_patterns["standard"]
    comma, last = (patterns[key].replace("{0}", "").replace("{1}", "") for key in ("start", "end"))
    return Manner(locale.text_direction == "rtl", comma, last)


def day_in_words(code: str, day: date) -> str:
    """Write a day as people write it in a language, such as 2 November 2026.

    English is British here. In a language that CLDR doesn't know, the day is as in ISO 8601.
    """
    locale = _locale(code)
    return format_date(day, "long", locale) if locale else day.isoformat()


def weekday_in_words(code: str, day: date) -> str:
    """Write a day that is soon as people say it in a language, such as Monday 2 November."""
    locale = _locale(code)
    return format_skeleton("MMMMEEEEd", day, locale=locale) if locale else day.isoformat()


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse("en_GB" if code == "en" else code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
