"""The page for whoever leads a group: every step, command, button, number and day in it is real."""

import re

from bot.engine.group import LEAST
from bot.engine.terms import Terms
from bot.library import Library
from bot.wording.sentences import grade_of, sentences_in, words_in
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "for-groups.md").read_text(encoding="utf-8")
STEP = re.compile(r"^\d+\. (You|A member), (in the group|in private): (.+)$", re.MULTILINE)
ACT = re.compile(r"`/(?P<command>\w+)`|\*\*\[(?P<button>[^\]]+)\]\*\*")
BUTTON = re.compile(r"\*\*\[([^\]]+)\]\*\*")


def read_aloud() -> str:
    """Give the page as it is read, without its tables and its marks."""
    lines = [line for line in PAGE.splitlines() if not line.startswith("|")]
    plain = re.sub(r"^(\d+\. |- |> )", "", "\n".join(lines), flags=re.MULTILINE)
    return re.sub(r"[#*`\[\]]", "", plain)


def test_the_page_is_short() -> None:
    """Whoever leads a group reads it in five minutes."""
    assert len(PAGE.split()) <= 1100


def test_the_page_can_be_read_by_anybody() -> None:
    """Short sentences, at the grade that Kith's own texts keep."""
    sentences = sentences_in(read_aloud())
    assert [each for each in sentences if len(words_in(each)) > 25] == []
    assert grade_of(sentences) <= 6


def test_every_number_to_ring_is_one_that_kith_shows(library: Library) -> None:
    """Whoever is confirmed by `kith doctor --confirm-numbers` is also right on this page."""
    shown = "\n".join(library.catalogue.lines("suicide", "") + library.catalogue.lines("abuse", "england"))
    numbers = set(re.findall(r"\b(?:999|0\d{3} \d[\d ]+\d|116 123|85258)\b", PAGE))
    assert {"999", "116 123", "85258"} <= numbers
    assert [number for number in numbers if number not in shown] == []


def test_the_figures_are_those_that_are_set() -> None:
    """Five, seven and thirty on the page are the five, seven and thirty of the program."""
    assert f"until at least {['three', 'four', 'five'][LEAST - 3]} have chosen it" in PAGE
    assert f"for {Terms().unfinished} days" in PAGE
