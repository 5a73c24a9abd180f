"""JSON from anywhere: whole and sound, or one line that says what came instead."""

import json
from typing import Any, Final, NoReturn

from bot.directory.record import SourceUnusable

_PAGE: Final = (b"<!doctype", b"<html", b"<head", b"<body")
_XML: Final = b"<?xml"


class NotJson(SourceUnusable):
    """Something else than whole, sound JSON came."""


def parsed(data: bytes, what: str) -> Any:
    """Read JSON text, with or without a byte order mark.

    Raises NotJson, naming `what`, for anything else: a web page, text that is not UTF-8 or
    ends midway, NaN, numbers or nesting without measure.
    """
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_PAGE) or (start.startswith(b"<") and not start.startswith(_XML)):
        raise NotJson(
            f"{what} is a web page, not JSON: look for the address of the data itself, which often "
            "ends in /services"
        )
    if start.startswith(_XML):
        raise NotJson(f"{what} is XML, not JSON: ask for the JSON edition of the feed")
    if not start:
        raise NotJson(f"{what} is empty: ask whoever publishes it, or try again later")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise NotJson(
            f"{what} is not written in UTF-8: save it as UTF-8, or tell whoever publishes it"
        ) from None
    except RecursionError:
        raise NotJson(
            f"{what} is nested too deeply to be a feed of services: tell whoever publishes it"
        ) from None
    except json.JSONDecodeError as error:
        raise NotJson(
            f"{what} is no whole JSON text (line {error.lineno}, column {error.colno}): it may "
            "have been cut short; fetch it again, or tell whoever publishes it"
        ) from None
    except ValueError as error:
        raise NotJson(
            f"{what} holds a number that is none ({str(error)[:40]}): tell whoever publishes it"
        ) from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
