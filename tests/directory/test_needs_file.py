"""The needs as people put them: a file that staff edit, so each slip is named."""

from collections import Counter
from functools import cache
from itertools import chain
from typing import Any

import pytest
import yaml

from bot.library import Library
from bot.safety.notice import notice
from tests.fakes import DIALOGUES

PARTS = {"id", "said", "found", "for", "not"}


@cache
def written() -> dict[str, Any]:
    """Read the file as it is shipped."""
    text = (DIALOGUES / "directory" / "needs.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


NEEDS = [pytest.param(need, id=need["id"]) for need in written()["needs"]]


def twice(words: list[str]) -> list[str]:
    """Name what stands there more than once."""
    return [word for word, count in Counter(words).items() if count > 1]


def test_the_file_has_needs_words_and_others() -> None:
    """It is wide enough for a whole directory, and has nothing that no one reads."""
    assert set(written()) == {"needs", "words", "others"}
    assert len(written()["needs"]) >= 150
    assert len(written()["words"]) >= 120


@pytest.mark.parametrize("need", NEEDS)
def test_a_need_says_how_it_is_put_and_where_it_is_filed(need: dict[str, Any]) -> None:
    """Each has enough ways to say it and enough words to find it by, and no unknown part."""
    assert set(need) <= PARTS
    assert len(need["said"]) >= 6
    assert len(need["found"]) >= 5
    assert need.get("for", "me") in {"me", "other", "both"}
    assert not set(need["found"]) & set(need.get("not", []))
    assert twice(need["found"]) == []


def test_no_phrase_stands_in_two_needs() -> None:
    """Whoever edits one need has not to think of another; ids are there once too."""
    assert twice([need["id"] for need in written()["needs"]]) == []
    assert twice(list(chain.from_iterable(need["said"] for need in written()["needs"]))) == []


def test_every_word_is_a_text_in_small_letters() -> None:
    """YAML turns a bare `yes` or `24` into something else; here everything is plain text."""
    lists = [need.get(part, []) for need in written()["needs"] for part in ("said", "found", "not")]
    lists += written()["words"] + written()["others"]
    for word in chain.from_iterable(lists):
        assert isinstance(word, str)
        assert word == " ".join(word.split()).lower()
        assert word


@pytest.mark.parametrize("part", ["words", "others"])
def test_a_row_has_two_words_or_more(part: str) -> None:
    """One word alone means nothing else, and a word twice in a row is a slip."""
    for row in written()[part]:
        assert len(row) > 1, row
        assert twice(row) == []


def test_what_people_say_in_danger_is_not_here(library: Library) -> None:
    """Plain danger is read first and never reaches a search: a phrase for it would lie unread.

    The rules alone say what is plain; the second opinion only ever asks.
    """
    for need in written()["needs"]:
        for said in need["said"]:
            concern = notice(library.families, said)
            assert concern is None or concern.tier != "explicit", (need["id"], said)
