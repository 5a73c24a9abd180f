"""What counts as a web address, an e-mail address and a number to ring."""

import re
from typing import Final
from urllib.parse import urlsplit

_HOST: Final = re.compile(r"(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}\.?")
_EMAIL: Final = re.compile(r"[^@\s<>()\",;:]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}")
_LONGEST: Final = 2000
_FEWEST, _MOST = 3, 18


def web_address(text: str) -> str:
    """Return a web address as it can be opened, or empty if the text is none.

    Only http and https with a host that has a dot; "www.example.org" gets the missing https.
    An address that carries a name or password is none.
    """
    text = text.strip()
    if text.lower().startswith("www."):
        text = f"https://{text}"
    if len(text) > _LONGEST or not text.isprintable() or re.search(r"[\s<>\"]", text):
        return ""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return ""
    return text if host and _HOST.fullmatch(host) else ""


def email_address(text: str) -> str:
    """Return an e-mail address without `mailto:`, or empty if the text is none."""
    text = text.strip().removeprefix("mailto:")
    return text if text.isprintable() and _EMAIL.fullmatch(text) else ""


def phone_number(text: str) -> str:
    """Return a number as it was written, without quotes; empty if nobody could ring it."""
    text = text.strip().strip("\"'").strip().removeprefix("tel:")
    digits = sum(each.isdigit() for each in text)
    fine = _FEWEST <= digits <= _MOST and len(text) <= 2 * _MOST and text.isprintable()
    return text if fine else ""
