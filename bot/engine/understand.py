"""From what a person typed or picked to the value of an answer, or the reason why not."""

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from typing import Final

from bot.engine.dates import read_date
from bot.engine.effects import Option
from bot.engine.events import Picked
from bot.engine.outcode import outcode_of, without_postcodes
from bot.engine.question import STONES
from bot.engine.script import Ask

LONGEST: Final = 4000
LONGEST_NAME: Final = 60
LONGEST_ID: Final = 24
LONGEST_NUMBER: Final = 300
NEAR: Final = 0.82
CLEARLY: Final = 0.05
SHORTEST_PART: Final = 4
_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?")
_SEPARATORS: Final = re.compile(r"\s*(?:[,;\n&+\u060c\u3001\uff0c]|\band\b)\s*", re.IGNORECASE)
"""Commas of other scripts count as well (Arabic, ideographic, wide)."""
_ISOLATES: Final = re.compile("[\u2066-\u2069]")
_YES: Final = frozenset(
    {"yes", "y", "yeah", "yep", "yes please", "ok", "okay", "sure", "please", "aye"}
)
_NO: Final = frozenset({"no", "n", "nope", "nah", "no thanks", "no thank you", "not now"})
_UNSURE: Final = ("no idea", "not ", "no clue", "yes and no", "yes but", "no but", "ok but")
_NO_NAMES: Final = _YES | _NO
_ONESELF: Final = frozenset({"i", "me", "myself", "us", "we", "nobody", "no one", "noone"})
_ORDINALS: Final = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "first": "1"}


@dataclass(frozen=True, slots=True)
class Understood:
    """The value of an answer, as it will be stored."""

    value: object


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why it was no answer; `reason` is the id of the words that say so."""

    reason: str


Reading = Understood | NotUnderstood


def read_text(ask: Ask, options: Sequence[Option], text: str, today: date) -> Reading:
    """Read typed words as an answer: numbers, first words and near-misses count.

    A whole postcode is cut to its first half, whatever was asked: the rest is kept nowhere.
    """
    words = without_postcodes(text.strip())
    if len(words) > LONGEST:
        return NotUnderstood("too_long")
    match ask.kind:
        case "words":
            return Understood(words)
        case "choice":
            return _choice(ask, options, words)
        case "several":
            return _several(ask, options, words)
        case "yes/no":
            return _yes_no(ask, options, words)
        case "number":
            return _number(ask, words)
        case "person":
            return _people(ask, words)
        case "place":
            return _outcode(words) if ask.postcode else _named(words, "place_unclear")
        case "date":
            day = read_date(words, today)
            return Understood(day.isoformat()) if day else NotUnderstood("date_unclear")
        case "stones":
            return _stones(ask, options, words)


def read_pick(ask: Ask, options: Sequence[Option], value: Picked, today: date) -> Reading:
    """Read a picked value; what can't be picked here is refused, whatever its type."""
    values = [option.value for option in options]
    match ask.kind, value:
        case "choice", str() if value in values:
            return Understood(value)
        case "several", list() if value and all(item in values for item in value):
            return _picked(ask, value)
        case "several", str() if value in values:
            return Understood([value])
        case "yes/no", bool():
            return Understood(value)
        case "yes/no", "yes" | "no":
            return Understood(value == "yes")
        case "number", int() | float() if not isinstance(value, bool):
            return _in_range(ask, value)
        case "stones", dict():
            return _counted(values, value, ask)
        case (("words" | "person" | "place" | "date"), str()) if value.strip():
            return read_text(ask, options, value, today)
        case "person", list() if all(isinstance(name, str) for name in value):
            return _people(ask, "\n".join(value))
        case _:
            return NotUnderstood("not_a_choice")


def folded(text: str) -> str:
    """Lower case, plain apostrophes, single spaces, no punctuation at the end, no isolates."""
    plain = _ISOLATES.sub("", text).casefold().replace("’", "'").replace("‘", "'")
    return " ".join(plain.split()).strip(" .,!?;:\"“”'")


def match_option(
    ask: Ask, options: Sequence[Option], text: str, *, whole: bool = True
) -> str | None:
    """Find the one option that is meant by its number, label, other words or a near-miss.

    Where much hangs on it (`exact`), near-misses don't count: "no, it isn't safe" begins with "no".
    Where own words are welcome, or several are asked for (`whole` false), a sentence is not
    reduced to the option that it begins with.
    """
    wanted = folded(text)
    if not wanted:
        return None
    number = _ORDINALS.get(wanted, wanted.rstrip(".)"))
    if number.isdecimal() and 1 <= int(number) <= len(options):
        return options[int(number) - 1].value
    named = named_option(ask, options, wanted)
    if named is not None or ask.exact:
        return named
    names = names_of(ask, options)
    begins = [
        value
        for value, known in names.items()
        if any(re.match(re.escape(wanted) + r"\b", name) for name in known)
    ]
    if len(begins) == 1:
        return begins[0]
    begun = _begun_with(names, wanted) if whole and not ask.own_words else None
    return begun or _within(names, wanted) or _nearest(names, wanted)


def named_option(ask: Ask, options: Sequence[Option], wanted: str) -> str | None:
    """Find the option that is called exactly this, by label, value or other words."""
    names = names_of(ask, options)
    return next((value for value, known in names.items() if wanted in known), None)


def names_of(ask: Ask, options: Sequence[Option], *, values: bool = True) -> dict[str, list[str]]:
    """Give what each option is called: its label, other words for it and, with `values`, itself."""
    names = {option.value: [folded(option.label)] for option in options}
    for option in options if values else ():
        names[option.value].append(folded(option.value))
    for choice in ask.choices:
        names.get(choice.value, []).extend(folded(word) for word in choice.words)
    return names


def _within(names: Mapping[str, Sequence[str]], wanted: str) -> str | None:
    """Find the one option whose label holds what was typed as whole words: "very tired"."""
    if len(wanted) < SHORTEST_PART:
        return None
    part = re.compile(rf"\b{re.escape(wanted)}\b")
    found = [value for value, known in names.items() if any(map(part.search, known))]
    return found[0] if len(found) == 1 else None


def _begun_with(names: Mapping[str, Sequence[str]], wanted: str) -> str | None:
    """Find the option whose name the person began with: "yes it is", "at work mostly"."""
    found = [
        (len(name), value)
        for value, known in names.items()
        for name in known
        if len(name) > 1 and re.match(re.escape(name) + r"[\s,.!]", wanted)
    ]
    longest = max(found, default=(0, ""))[0]
    values = {value for length, value in found if length == longest}
    return values.pop() if len(values) == 1 else None


def _nearest(names: Mapping[str, Sequence[str]], wanted: str) -> str | None:
    scored = sorted(
        (
            (max(SequenceMatcher(None, wanted, name).ratio() for name in known), value)
            for value, known in names.items()
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < NEAR:
        return None
    clear = len(scored) == 1 or scored[0][0] - scored[1][0] > CLEARLY
    return scored[0][1] if clear else None


def _choice(ask: Ask, options: Sequence[Option], words: str) -> Reading:
    value = match_option(ask, options, words)
    if value is not None:
        return Understood(value)
    if ask.own_words and any(letter.isalpha() for letter in words):
        return Understood(words)
    if _NUMBER.fullmatch(words):
        return NotUnderstood("number_not_listed")
    return NotUnderstood("not_understood")


def _several(ask: Ask, options: Sequence[Option], words: str) -> Reading:
    spaced = words.replace(" ", ",") if re.fullmatch(r"[\d\s,]+", words) else words
    parts = [part for part in _SEPARATORS.split(spaced) if part]
    found = [match_option(ask, options, part, whole=False) for part in parts]
    if parts and all(value is not None for value in found):
        return _picked(ask, [value for value in found if value])
    whole = match_option(ask, options, words, whole=False)
    if whole is not None:
        return Understood([whole])
    if ask.own_words and any(letter.isalpha() for letter in words):
        return Understood([words])
    return NotUnderstood("several_unclear")


def _picked(ask: Ask, values: Sequence[str]) -> Reading:
    """Take picks once each, "none of these" alone, and not more than may be picked."""
    once = _exclusive(ask, list(dict.fromkeys(values)))
    if ask.most is not None and len(once) > ask.most:
        return NotUnderstood("several_many")
    return Understood(once)


def _exclusive(ask: Ask, values: list[str]) -> list[str]:
    alone = {choice.value for choice in ask.choices if choice.only}
    only = [value for value in values if value in alone]
    return only[:1] or values


def _yes_no(ask: Ask, options: Sequence[Option], words: str) -> Reading:
    """Understand a yes or no by its button, the whole answer, its first word, or a slip."""
    answer = folded(words)
    if named := named_option(ask, options, answer):
        return Understood(named == "yes")
    first = folded(answer.replace(",", " ").split(" ")[0]) if answer else ""
    if answer in _YES or answer == "1":
        return Understood(value=True)
    if answer in _NO or answer == "2":
        return Understood(value=False)
    if answer.startswith(_UNSURE):
        return NotUnderstood("yes_or_no")
    if first in _YES or (first == answer and get_close_matches(first, _YES, 1, NEAR)):
        return Understood(value=True)
    if first in _NO or (first == answer and get_close_matches(first, _NO, 1, NEAR)):
        return Understood(value=False)
    return NotUnderstood("yes_or_no")


def _number(ask: Ask, words: str) -> Reading:
    found = _NUMBER.fullmatch(words)
    if found and len(words) > LONGEST_NUMBER:
        return NotUnderstood("number_range")
    if not found:
        return NotUnderstood("number_unclear")
    value = float(found[0].replace(",", "."))
    return _in_range(ask, int(value) if value.is_integer() else value)


def _in_range(ask: Ask, value: float) -> Reading:
    if not math.isfinite(value):
        return NotUnderstood("number_unclear")
    low = ask.least is not None and value < ask.least
    high = ask.most is not None and value > ask.most
    return NotUnderstood("number_range") if low or high else Understood(value)


def _people(ask: Ask, words: str) -> Reading:
    most = int(ask.most or 1)
    names = [name.strip() for name in (_SEPARATORS.split(words) if most > 1 else [words])]
    names = [" ".join(name.split()) for name in names if name]
    if any(folded(name) in _NO_NAMES or name.isdecimal() for name in names):
        return NotUnderstood("name_unclear")
    names = [name for name in names if folded(name) not in _ONESELF]
    if not names or not all(any(letter.isalnum() for letter in name) for name in names):
        return NotUnderstood("name_unclear")
    if any(len(name) > LONGEST_NAME for name in names):
        return NotUnderstood("name_long")
    if most == 1:
        return Understood({"id": name_id(names[0]), "name": names[0]})
    people = {name_id(name): name for name in names}
    if len(people) > most:
        return NotUnderstood("names_many")
    return Understood([{"id": key, "name": name} for key, name in people.items()])


def name_id(name: str) -> str:
    """Give an id that stays with a name however often and in whatever order it is told."""
    plain = "".join(letter for letter in name.casefold() if letter.isalnum())
    if len(plain) <= LONGEST_ID:
        return plain
    return plain[:LONGEST_ID] + hashlib.sha256(plain.encode()).hexdigest()[:6]


def _named(words: str, reason: str) -> Reading:
    plain = " ".join(words.split())
    named = any(letter.isalnum() for letter in plain) and len(plain) <= LONGEST_NAME * 2
    return Understood(plain) if named else NotUnderstood(reason)


def _outcode(words: str) -> Reading:
    outcode = outcode_of(words)
    return Understood(outcode) if outcode else NotUnderstood("postcode_unclear")


def _stones(ask: Ask, options: Sequence[Option], words: str) -> Reading:
    values = [option.value for option in options]
    numbers = re.findall(r"-?\d+", words)
    if len(numbers) == len(values):
        return _counted(values, dict(zip(values, map(int, numbers), strict=True)), ask)
    single = match_option(ask, options, words.removeprefix("all ").removeprefix("on "))
    if single is not None and not numbers:
        whole = int(ask.most or STONES)
        return Understood({value: whole if value == single else 0 for value in values})
    return NotUnderstood("stones_unclear")


def _counted(values: Sequence[str], picked: Mapping[str, object], ask: Ask) -> Reading:
    counts = {key: number for key, number in picked.items() if key in values}
    whole = [
        n for n in counts.values() if isinstance(n, int) and not isinstance(n, bool) and n >= 0
    ]
    if len(whole) != len(picked) or not 1 <= sum(whole) <= int(ask.most or STONES):
        return NotUnderstood("stones_count")
    return Understood({value: counts.get(value, 0) for value in values})
