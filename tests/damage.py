"""Slips of the hand, made at random: what a Friday afternoon does to a file of dialogues."""

from collections.abc import Callable
from random import Random
from typing import Final

from tests.fakes import DIALOGUES

FILES: Final = sorted(
    path.relative_to(DIALOGUES).as_posix() for path in DIALOGUES.rglob("*.yaml") if path.is_file()
)
STRAY: Final = ":'\"{}[]|>-#&*!%@`,\t?=~ \né\u2028\x07"


def damaged(text: str, random: Random) -> tuple[str, str]:
    """Give the text with up to three slips in it, and what was done, for whoever has to look."""
    told = []
    for _ in range(random.choice((1, 1, 2, 3))):
        slip = random.choice(SLIPS)
        text = slip(text, random)
        told.append(slip.__name__.strip("_"))
    return text, " ".join(told)


def _lines(text: str, random: Random) -> tuple[list[str], int]:
    lines = text.split("\n")
    return lines, random.randrange(len(lines))


def _line_lost(text: str, random: Random) -> str:
    lines, at = _lines(text, random)
    return "\n".join([*lines[:at], *lines[at + 1 :]])


def _line_doubled(text: str, random: Random) -> str:
    lines, at = _lines(text, random)
    return "\n".join([*lines[: at + 1], *lines[at:]])


def _line_moved(text: str, random: Random) -> str:
    lines, at = _lines(text, random)
    line = lines.pop(at)
    lines.insert(random.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def _line_indented(text: str, random: Random) -> str:
    lines, at = _lines(text, random)
    lines[at] = random.choice((" ", "  ", "\t")) + lines[at]
    return "\n".join(lines)


def _line_outdented(text: str, random: Random) -> str:
    lines, at = _lines(text, random)
    lines[at] = lines[at].removeprefix(random.choice((" ", "  ", "    ")))
    return "\n".join(lines)


def _value_lost(text: str, random: Random) -> str:
    lines, at = _lines(text, random)
    lines[at] = lines[at].partition(":")[0] + ":"
    return "\n".join(lines)


def _key_lost(text: str, random: Random) -> str:
    lines, at = _lines(text, random)
    indent = len(lines[at]) - len(lines[at].lstrip())
    lines[at] = lines[at][:indent] + (lines[at].partition(":")[2] or lines[at][indent:])
    return "\n".join(lines)


def _letters_swapped(text: str, random: Random) -> str:
    at = random.randrange(max(len(text) - 1, 1))
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _letter_lost(text: str, random: Random) -> str:
    at = random.randrange(max(len(text), 1))
    return text[:at] + text[at + 1 :]


def _letter_typed(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(STRAY) + text[at:]


def _end_lost(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


SLIPS: Final[tuple[Callable[[str, Random], str], ...]] = (
    _line_lost,
    _line_doubled,
    _line_moved,
    _line_indented,
    _line_outdented,
    _value_lost,
    _key_lost,
    _letters_swapped,
    _letter_lost,
    _letter_typed,
    _end_lost,
)
