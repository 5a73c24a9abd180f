"""One sheet of paper as a web page: to read on a phone, to print, to take to an appointment.

It needs nothing but itself: no script, no font, no picture, no link. A browser that opens it asks
nobody for anything, and is told not to (Content-Security-Policy).
"""

import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from math import ceil
from typing import Any, Final

SIZES: Final = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5)
"""Sizes of print in points: the largest at which all of it is likely to fit on one sheet."""
WIDE, HIGH = 493.0, 680.0
"""What a sheet has room for in points: the width of A4, the height of Letter, less the margins."""
LETTER: Final = 0.54
"""How wide a middling letter is, as a share of the size; fonts for easy reading are wide."""
STYLE: Final = """\
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.55 "Atkinson Hyperlegible",system-ui,"Segoe UI",Roboto,"Noto Sans",\
sans-serif;overflow-wrap:break-word}
main{max-width:38rem;margin:0 auto;padding:2.25rem 1.375rem 4rem}
header{margin-bottom:2rem;padding-bottom:1.125rem;border-bottom:2px solid #2f6f6a}
h1{margin:0;font-size:1.75rem;line-height:1.2;font-weight:700;text-wrap:balance}
time{display:block;margin-top:.375rem;opacity:.75}
section{margin-top:1.75rem}
h2{margin:0 0 .375rem;font-size:1.125rem;line-height:1.3;font-weight:700;color:#2f6f6a}
p{margin:0 0 .75rem}
ul{margin:0 0 .75rem;padding-inline-start:1.25rem}
li{margin:0 0 .5rem;padding-inline-start:.125rem}
li::marker{color:#2f6f6a}
@media (prefers-color-scheme:dark){h2,li::marker{color:#8fd0c8}header{border-color:#8fd0c8}}
@page{margin:18mm}
@media print{
:root{color-scheme:light}
body{font-size:SIZEpt;line-height:1.45;color:#000;background:#fff}
main{max-width:none;padding:0}
header{margin-bottom:1.1em;padding-bottom:.6em;border-bottom:1.5pt solid #000}
h1{font-size:1.6em}
time{opacity:1;margin-top:.2em}
section{margin-top:1.1em}
h2{margin-bottom:.2em;font-size:1.1em;color:#000;break-after:avoid}
p,ul{margin-bottom:.55em;orphans:3;widows:3}
li{margin-bottom:.3em;break-inside:avoid}
li::marker{color:#000}
}
"""
_UNSEEN: Final = {code: None for code in range(32) if chr(code) not in "\n\t"}
Block = tuple[str, list[list[str]]]
"""A paragraph (`p`) or a list (`ul`): its items, each with its lines."""


def sheet(holds: Mapping[str, Any], *, one: bool = True) -> bytes:
    """Make the page of `{"title", "date", "lang", "parts": [{"heading", "text"}]}`, in UTF-8.

    In a text, empty lines make paragraphs and lines that begin with `- ` a list; indented lines
    below an item belong to it. Everything is shown as it is written, and nothing of it is code.
    Unless it is to be `one` sheet, the print is large, however many it takes.
    """
    parts = [(str(part["heading"]), blocks(str(part["text"]))) for part in holds["parts"]]
    size = _size(str(holds["title"]), parts) if one else SIZES[0]
    style = STYLE.replace("SIZE", f"{size:g}")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    date = f'\n<time dir="auto">{_plain(holds["date"])}</time>' if holds["date"] else ""
    title = _plain(holds["title"])
    only = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{_plain(holds["lang"])}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{only}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="format-detection" content="telephone=no">',
        f"<title>{title}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
        f'<header>\n<h1 dir="auto">{title}</h1>{date}\n</header>',
        *(line for heading, inside in parts for line in _section(heading, inside)),
        "</main>",
        "</body>",
        "</html>",
    )
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def blocks(text: str) -> list[Block]:
    """Take a text apart into paragraphs and lists."""
    found: list[Block] = []
    fresh = True
    for line in text.splitlines():
        kind, items = found[-1] if found else ("", [])
        if not line.strip():
            fresh = True
        elif line.startswith("- "):
            if kind != "ul":
                found.append(("ul", []))
            found[-1][1].append([line[2:].strip()])
            fresh = False
        elif (kind == "ul" and line[0].isspace()) or (kind == "p" and not fresh):
            items[-1].append(line.strip())
            fresh = False
        else:
            found.append(("p", [[line.strip()]]))
            fresh = False
    return found


def _section(heading: str, inside: Sequence[Block]) -> Iterator[str]:
    # A part runs the way its heading runs. Each paragraph, and what stands in an item, has its own.
    yield f'<section dir="auto">\n<h2>{_plain(heading)}</h2>'
    for kind, items in inside:
        if kind == "ul":
            told = [[f"<bdi>{_plain(line)}</bdi>" for line in lines] for lines in items]
            yield "<ul>"
            yield from (f"<li>{'<br>'.join(lines)}</li>" for lines in told)
            yield "</ul>"
        else:
            yield from (f'<p dir="auto">{"<br>".join(map(_plain, lines))}</p>' for lines in items)
    yield "</section>"


def _plain(text: object) -> str:
    return escape(str(text).translate(_UNSEEN))


def _size(title: str, parts: Sequence[tuple[str, Sequence[Block]]]) -> float:
    """Give the size of print at which all of it should fit; the smallest where nothing does."""
    return next((size for size in SIZES if _high(title, parts, size) <= HIGH), SIZES[-1])


def _high(title: str, parts: Sequence[tuple[str, Sequence[Block]]], size: float) -> float:
    """Give how high these parts are likely to be in print, in points, going by the style above."""
    room = WIDE / (size * LETTER)
    ems = 3.5 + 1.92 * _lines(title, room / 1.6)
    for heading, inside in parts:
        ems += 0.75 + 1.45 * _lines(heading, room)
        for kind, items in inside:
            ems += 0.25 + 0.3 * len(items) if kind == "ul" else 0.55 * len(items)
            ems += sum(1.45 * _lines(line, room) for lines in items for line in lines)
    return size * ems


def _lines(text: str, room: float) -> int:
    """Give how many lines a text takes; words are not cut, so a line is never quite full."""
    return max(1, ceil(1.05 * _wide(text) / room))


def _wide(text: str) -> int:
    """Count letters, those of wide scripts twice."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)
