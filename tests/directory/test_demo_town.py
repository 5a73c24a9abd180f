"""The made-up town that ships: whole enough to try everything, and nobody real in it."""

import csv
import re
from collections import Counter
from datetime import date
from functools import cache

import pytest

from bot.library import Library
from bot.safety.notice import notice
from tests.fakes import DIALOGUES

FILE = DIALOGUES / "directory" / "demo-town.csv"
FOR_DRAMA = (r"01632 960\d{3}", r"07700 900\d{3}", r"0808 157 0\d{3}")
"""What Ofcom keeps free for plays: nobody can be rung there."""
EXAMPLE = r"(?:[a-z-]+\.)*example\.(?:org|com)"
FILLED = (
    *("what", "says", "who can come", "how to start", "who meets you"),
    *("hours", "access", "tags", "cost", "languages"),
)
KINDS = {"group", "place", "service", "line"}
FOR_WHOM = {"me", "other", "both"}
LONGEST_SENTENCE = 25
GREY_DAYS, GONE_DAYS = 184, 366


@cache
def rows() -> list[dict[str, str]]:
    """Read the town as it ships."""
    return list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines(), strict=True))


ROWS = [pytest.param(row, id=row["id"]) for row in rows()]


def test_the_town_has_thirty_places_and_ten_groups() -> None:
    """So that a newcomer sees the whole at once; ids and names are there once."""
    kinds = Counter(row["kind"] for row in rows())
    assert len(rows()) == 40
    assert kinds["group"] == 10
    assert set(kinds) == KINDS
    assert len({row["id"] for row in rows()}) == len({row["name"] for row in rows()}) == 40


@pytest.mark.parametrize("row", ROWS)
def test_every_door_can_be_walked_through(row: dict[str, str]) -> None:
    """Each says how to begin, who meets you, what it is good for, and when it was checked."""
    for part in FILLED:
        assert row[part].strip(), part
    assert "Made up" in row["note"]
    assert 3 <= len(row["says"].split("|")) <= 6
    assert row["for"] in FOR_WHOM
    assert row["self referral"] == "yes"
    assert re.fullmatch(r"[A-Z]{1,2}\d{1,2}", row["postcode"])
    assert row["phone"] or row["website"] or row["email"]
    assert date.fromisoformat(row["last checked"])


@pytest.mark.parametrize("row", ROWS)
def test_nobody_real_can_be_reached(row: dict[str, str]) -> None:
    """Numbers are those kept for plays, addresses those kept for examples, in every field."""
    whole = "\n".join(row.values())
    for number in re.findall(r"\b0\d{3,4}[ \d]{6,}\d", whole):
        assert any(re.fullmatch(kept, number) for kept in FOR_DRAMA), number
    assert re.fullmatch("|".join(("", *FOR_DRAMA)), row["phone"])
    assert re.fullmatch(rf"(https://{EXAMPLE}(/[a-z-]*)?)?", row["website"])
    assert re.fullmatch(rf"([a-z]+@{EXAMPLE})?", row["email"])
    assert whole.count("://") == row["website"].count("://")
    assert whole.count("@") == row["email"].count("@")


@pytest.mark.parametrize("row", ROWS)
def test_it_is_said_plainly_and_without_telling_anybody_off(row: dict[str, str]) -> None:
    """No sentence is too long for somebody who is tired, and nothing is an order."""
    for part in ("what", "how to start", "who can come", "who meets you", "access", "hours"):
        for sentence in re.split(r"(?<=[.?!]) ", row[part]):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence
        assert not re.search(r"\b(?:should|must|have to)\b", row[part])
    assert "could" in row["how to start"]


def test_entries_of_every_age_are_there() -> None:
    """Two were checked long enough ago to be grey and one to be gone; the rest are fresh."""
    newest = max(date.fromisoformat(row["last checked"]) for row in rows())
    ages = [(newest - date.fromisoformat(row["last checked"])).days for row in rows()]
    assert sum(age > GONE_DAYS for age in ages) == 1
    assert sum(GREY_DAYS < age <= GONE_DAYS for age in ages) == 2


def test_no_door_is_advertised_with_danger(library: Library) -> None:
    """Plain danger is read first and never reaches a search, so no `says` speaks of it."""
    for row in rows():
        for said in row["says"].split("|"):
            concern = notice(library.families, said)
            assert concern is None or concern.tier != "explicit", (row["id"], said)


def test_what_brings_two_together_is_not_for_somebody_afraid() -> None:
    """The one for people who are afraid carries `abuse`; mediation says that it is not for them."""
    tagged = {row["id"] for row in rows() if "abuse" in row["tags"].split("|")}
    assert tagged == {"harbour-advocates"}
    (mediation,) = (row for row in rows() if "Mediation" in row["name"])
    assert "afraid" in mediation["who can come"]
