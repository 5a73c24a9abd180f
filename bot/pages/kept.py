"""All that is kept of somebody, as files: a page to read or print, and data for another program."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.pages.sheet import sheet

ROW: Final = ("part", "field", "what", "value", "raw", "kept", "action")
"""What each row of the data holds (docs/export.md)."""


def kept_page(holds: Mapping[str, Any]) -> bytes:
    """Make a page with a heading for each part, a paragraph for what each row is, and its value."""
    parts = [
        {"heading": part["heading"], "text": "\n\n".join(map(_told, part["rows"]))}
        for part in holds["parts"]
    ]
    head = {"title": holds["title"], "date": holds.get("date", ""), "lang": holds.get("lang", "en")}
    return sheet({**head, "parts": parts}, one=False)


def kept_data(holds: Mapping[str, Any]) -> bytes:
    """Make JSON in UTF-8 with every row, the raw values as they are stored."""
    rows = [{name: row[name] for name in ROW} for part in holds["parts"] for row in part["rows"]]
    data = {"format": holds["format"], "made": holds["made"], "rows": rows}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def kept_words(holds: Mapping[str, Any]) -> str:
    """Say the same as the page in plain lines, for where there are no files."""
    return "\n\n".join(_lines(holds))


def _lines(holds: Mapping[str, Any]) -> Iterator[str]:
    for part in holds["parts"]:
        yield str(part["heading"])
        yield from (f"{row['what']}\n- {row['told']}" for row in part["rows"])


def _told(row: Mapping[str, Any]) -> str:
    """Write a row for a page; every line of the value belongs to the one item."""
    first, *rest = str(row["told"]).splitlines() or [""]
    return "\n".join([str(row["what"]), f"- {first}", *(f"  {line}" for line in rest)])
