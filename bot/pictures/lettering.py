"""What can be written of a text, how wide it is at most, and how it is broken into lines."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import repeat
from typing import Final

from bot.drawing.measure import ELLIPSIS
from bot.pictures.fonts import BOLD, REGULAR, Font, fallbacks, font

MOST_LETTERS: Final = 160
"""More of a text is never looked at: no picture has room for it."""
SLACK: Final = 1.02
"""Pairs of letters may stand a little further apart than their advances say."""
_BREAKS: Final = re.compile(r"[ /\u2010–-]")
_WORDS: Final = re.compile(r" |[^ ]+")
_UNSEEN: Final = re.compile("[\u200c\u200d\u200f\ufe00-\ufe0f]")
_ACCENTS: Final = re.compile("([\u0300-\u036f])[\u0300-\u036f]+")
_JOINERS: Final = "\u200c\u200d\u200f"
_BESIDE: Final = range(0xFE00, 0xFE10)
_SKIN: Final = range(0x1F3FB, 0x1F400)
_FLAGS: Final = range(0x1F1E6, 0x1F200)
_TAGS: Final = range(0xE0020, 0xE0080)
_SENTENCE: Final = 24
"""What is longer than this is cut between words."""
_SPACE: Final = 0.5
"""The space of a font of signs is wider than this, and as wide as they are."""
_NARROWER: Final = 8
_JOINS_ON: Final = 9
"""The combining class of a sign that binds a consonant to the next (Unicode: Virama)."""
_RIGHT_TO_LEFT: Final = "\u200f"


def writable(text: object) -> str:
    """Give what these fonts can write of a text: on one line, nothing that turns it about.

    What no font has is left out; what is left may be empty.
    """
    told = unicodedata.normalize("NFC", str(text)[: MOST_LETTERS * 2])
    told = _ACCENTS.sub(r"\1", told)
    told = " ".join("".join(each if _kept(each) else " " * each.isspace() for each in told).split())
    return told[:MOST_LETTERS].strip(_JOINERS)


def runs(text: str, *, bold: bool = False) -> list[tuple[Font, str]]:
    """Give the stretches of a text that are of one font, each with its font.

    As few as can be: one font for all of it, else one for each word, else one for each letter.
    """
    first = font(BOLD if bold else REGULAR)
    if first.has(text):
        return [(first, text)]
    fonts = (first, *fallbacks())
    told: list[tuple[Font, str]] = []
    for part in _of_one_font(text, fonts):
        chosen = next((each for each in fonts if each.has(_seen(part))), fonts[0])
        if told and (
            chosen is told[-1][0] or (part == " " and told[-1][0].ems.get(part, 1) < _SPACE)
        ):
            told[-1] = (told[-1][0], told[-1][1] + part)
        else:
            told.append((chosen, part))
    return told


def _of_one_font(text: str, fonts: Sequence[Font]) -> Iterator[str]:
    """Cut a text only as far as it must be for each part to be of one font."""
    if any(each.has(_seen(text)) for each in fonts):
        yield text
        return
    for word in _WORDS.findall(text):
        whole = any(each.has(_seen(word)) for each in fonts)
        yield from [word] if whole else clusters(word)


def width(text: str, size: int, *, bold: bool = False) -> float:
    """Give a width in pixels that the text does not go beyond."""
    ems = 0.0
    for each, told in runs(text, bold=bold):
        ems += sum(map(each.ems.get, told, repeat(0.0)))
    return ems * size * SLACK


def lines(text: str, room: float, size: int, *, bold: bool = False, most: int) -> tuple[str, ...]:
    """Break a text into at most `most` lines within `room`; what is cut ends in "…".

    The lines are about as wide as each other. An empty text has none.
    """
    if not text:
        return ()

    @cache  # for this one text: the same lines are tried in many rooms
    def wide(line: str) -> float:
        return width(line, size, bold=bold)

    def fits(line: str, within: float) -> bool:
        return wide(line) <= within

    told = _broken(text, partial(fits, within=room), most)
    if 1 < len(told) <= most and not cut(told):
        least = wide(text) / len(told)
        rooms = (least + (room - least) * part / _NARROWER for part in range(_NARROWER))
        tighter = (_broken(text, partial(fits, within=within), most) for within in rooms)
        told = next((each for each in tighter if _same(each, told)), told)
    return tuple(_turned(each) for each in told)


def flaws(told: Sequence[str], text: str) -> int:
    """Tell how well a text has come out: 0 whole, 1 with an end that is missing, 2 a torn word."""
    at = 0
    for line in told[:-1]:
        at += len(line.rstrip(_RIGHT_TO_LEFT))
        if not _BREAKS.match(text, at - 1) and not _BREAKS.match(text, at):
            return 2
        at += text[at : at + 1] == " "
    return int(cut(told))


def cut(told: Sequence[str]) -> bool:
    """Say whether something is missing at the end of lines."""
    return bool(told) and told[-1].rstrip(_RIGHT_TO_LEFT).endswith(ELLIPSIS)


def clusters(text: str) -> Iterator[str]:
    """Give what is read as one letter each: with its accents, its tone, what it is joined with."""
    if text.isascii():
        yield from text
        return
    whole = ""
    for letter in text:
        if whole and not _goes_with(whole, letter):
            yield whole
            whole = ""
        whole += letter
    if whole:
        yield whole


def _broken(text: str, fits: Callable[[str], bool], most: int) -> list[str]:
    """Fill one line after the other, with whole words where one fits."""
    told: list[str] = []
    while text and len(told) < most - 1 and not fits(text):
        ends = [found.end() for found in _BREAKS.finditer(text)]
        end = next((end for end in reversed(ends) if fits(text[:end].rstrip())), 0)
        line = text[:end] if end else _start(text, fits)
        if not line:
            break
        told.append(line.rstrip())
        text = text[len(line) :].lstrip()
    return [*told, text if fits(text) else _start(text, lambda line: fits(_dotted(line)), _dotted)]


def _start(text: str, fits: Callable[[str], bool], told: Callable[[str], str] = str) -> str:
    """Give as much of a text as fits, which may be nothing."""
    first = ""
    for letter in clusters(text):
        if not fits(first + letter):
            break
        first += letter
    space = first.rfind(" ")
    return told(first[:space] if space > _SENTENCE else first)


def _dotted(line: str) -> str:
    return line.rstrip(" -") + ELLIPSIS


def _same(one: Sequence[str], two: Sequence[str]) -> bool:
    """Say whether two ways to break a text break it at spaces and hold all of it."""
    return len(one) == len(two) and " ".join(one) == " ".join(two)


def _seen(text: str) -> str:
    """Give what a font must have: signs that only join or turn letters go with any."""
    return _UNSEEN.sub("", text)


def _goes_with(whole: str, letter: str) -> bool:
    number, last = ord(letter), whole[-1]
    if letter in _JOINERS or last == "\u200d" or number in _BESIDE or number in _TAGS:
        return True
    if number in _SKIN or unicodedata.category(letter).startswith("M"):
        return True
    flags = number in _FLAGS and len(whole) == 1 and ord(whole) in _FLAGS
    return flags or unicodedata.combining(last) == _JOINS_ON


def _kept(letter: str) -> bool:
    if letter in _JOINERS or ord(letter) in _BESIDE:
        return True
    if (letter.isspace() and letter != " ") or unicodedata.category(letter) in {"Cf", "Cc", "Cs"}:
        return False
    return any(letter in each.ems for each in (font(REGULAR), *fallbacks()))


def from_right(line: str) -> bool:
    """Say whether a line is read from right to left: as its first letter is."""
    strong = next((unicodedata.bidirectional(each) for each in line if each.isalpha()), "L")
    return strong in {"R", "AL"}


def _turned(line: str) -> str:
    """Hold the dots of a name that is read from right to left at its end."""
    return f"{line}{_RIGHT_TO_LEFT}" if from_right(line) else line
