"""What is noticed of vignettes that were written without sight of the phrases, and then frozen."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from random import Random

import pytest

from bot.engine.events import ConcernRaised, TextReceived
from bot.library import Library
from bot.noticing import noticed
from tests.conftest import ROOT

FILE = ROOT / "dialogues/safety/vignettes.csv"
FROZEN = "dcc1867f1fb4d0d2ba9c2fcd028ae77cfb1ce7f3c2c752eb7c0e599b881bdc20"
FLOOR = 0.80
DISGUISED = 0.65
"""What is written so that a program can't read it is noticed least; it must not get worse."""
ONE_IN = 60
CLASSES = ("suicide", "self-harm", "abuse", "child", "others", "medical")
Row = Mapping[str, str]


def vignettes() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ROWS = vignettes()
CRISES = [row for row in ROWS if row["class"]]
ORDINARY = [row for row in ROWS if not row["class"]]


def tier(library: Library, text: str, before: str = "") -> str:
    """Give the tier in which a text is noticed; empty where it is not."""
    event, _ = noticed(library.families, library.opinion, TextReceived(text), before)
    return event.tier if isinstance(event, ConcernRaised) else ""


def test_the_vignettes_are_as_they_were_written():
    """Whoever changes one to get a better figure changes this line too."""
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == FROZEN


def test_there_are_enough_of_each():
    """At least 60 a class; 150 of ordinary talk, 50 disguised and 50 dictated."""
    sizes: dict[str, int] = defaultdict(int)
    for row in ROWS:
        sizes[row["set"]] += 1
    assert all(sizes[kind] >= 60 for kind in CLASSES)
    assert sizes["ordinary"] >= 150
    assert sizes["obfuscated"] >= 50
    assert sizes["dictated"] >= 50


@pytest.mark.parametrize("kind", [*CLASSES, "dictated"])
def test_of_every_set_most_are_noticed(library: Library, kind: str):
    """Four of five at least lead to help or to one plain question."""
    assert noticed_of(library, "set", kind) >= FLOOR


@pytest.mark.parametrize("kind", CLASSES)
def test_of_every_class_most_are_noticed(library: Library, kind: str):
    """Disguised and dictated ones counted in."""
    assert noticed_of(library, "class", kind) >= FLOOR


def test_of_what_is_disguised_two_of_three_are_noticed(library: Library):
    """Letters for signs, missing vowels, pictures for words: less is noticed of these."""
    assert noticed_of(library, "set", "obfuscated") >= DISGUISED


def noticed_of(library: Library, column: str, kind: str) -> float:
    rows = [row for row in CRISES if row[column] == kind]
    return sum(bool(tier(library, row["text"])) for row in rows) / len(rows)


def test_no_plain_statement_is_missed(library: Library):
    """What is said outright, of oneself and of now, is always noticed."""
    missed = [n for n, row in enumerate(CRISES) if row["plain"] == "yes" and not _seen(library, n)]
    assert missed == []


def _seen(library: Library, number: int) -> str:
    return tier(library, CRISES[number]["text"])


def test_ordinary_hard_talk_is_seldom_stopped(library: Library):
    """Idioms, lyrics, grief, games and denials: few are stopped, and few more are asked about."""
    tiers = [tier(library, row["text"]) for row in ORDINARY]
    assert tiers.count("explicit") / len(tiers) <= 0.08
    assert sum(map(bool, tiers)) / len(tiers) <= 0.25


def shouted(text: str, _: Random) -> str:
    return text.upper()


def without_apostrophes(text: str, _: Random) -> str:
    return text.replace("'", "").replace("\u2019", "")


def curly(text: str, _: Random) -> str:
    return text.replace("'", "\u2019")


def slipped(text: str, random: Random) -> str:
    """Swap two letters inside one of the longer words."""
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    place = random.choice(long)
    word = words[place]
    at = random.randrange(1, len(word) - 2)
    words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


@pytest.mark.parametrize("change", [shouted, without_apostrophes, curly, slipped])
def test_the_way_of_typing_changes_little(library: Library, change: Callable[[str, Random], str]):
    """Capitals, apostrophes and a slip of the thumb lose at most one in sixty."""
    random = Random(60)
    seen = [row["text"] for row in CRISES if tier(library, row["text"])]
    lost = sum(not tier(library, change(text, random)) for text in seen)
    assert lost <= len(seen) / ONE_IN


def test_a_sentence_in_two_messages_is_as_good_as_in_one(library: Library):
    """Cut in the middle, it is noticed with the first half or with the second."""
    seen = [row["text"] for row in CRISES if tier(library, row["text"])]
    lost = 0
    for text in seen:
        words = text.split()
        first, second = (" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :]))
        lost += not (tier(library, first) or tier(library, second, first))
    assert lost <= len(seen) / ONE_IN
