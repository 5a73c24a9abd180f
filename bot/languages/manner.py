"""How values are put into the sentences of a language, as CLDR knows it."""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError


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
