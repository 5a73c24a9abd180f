"""`kith report`: one month, told once, and the same on the screen, in a file and as data."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.library import Library
from bot.totalling import last_month, work_out
from bot.totals.report import told
from storage.store import Store, Stored
from tests.databases import opened_store
from tests.rows import keep
from tests.totals.town import CAFE, OUTSIDE, SECRET, a_month, settled
from tests.typed import Typed

FEBRUARY = datetime(2020, 2, 1, 0, 30, tzinfo=UTC)
TEXT = """\
What many told: everybody, 1 January 2020 to 31 January 2020

People who let themselves be counted: 20 to 49.

What it is about
- Work: 20 to 49
- Home or neighbours: 10 to 19

What presses on it as well
- Money: 20 to 49
- Health, or being very tired: 10 to 19

Steps about what is around it
- With a group or a place: 10 to 19
- With a service: 5 to 9

What isn't in this list was told by too few, or would give away something about a few.

What could be done with it:
- Work: You could ask a union rep or a manager to look at it as a matter of the workplace.
- Money: You could ask a money adviser for a session for several people.
- With a group or a place: A group that is asked by many could be asked to come, or to name somebody to turn to.


What many told: Café Circle, 1 January 2020 to 31 January 2020

People who let themselves be counted: 10 to 19.

What it is about
- Work: 5 to 9
- Home or neighbours: 5 to 9

What presses on it as well
- Money: 5 to 9

What isn't in this list was told by too few, or would give away something about a few.

What could be done with it:
- Work: You could ask a union rep or a manager to look at it as a matter of the workplace.
- Money: You could ask a money adviser for a session for several people.
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/kith.db"


@pytest.fixture(name="store")
def town(url: str) -> Iterator[Store]:
    store = opened_store(url)
    settled(store, a_month())
    yield store
    store.close()


def of(store: Store, month: str = "2020-01") -> dict[str, str]:
    with store.transaction() as tx:
        return tx.groups.totals.of(month)


@pytest.mark.usefixtures("store")
def test_a_month_is_told_of_everybody_and_of_each_group(url: str, typed: Typed) -> None:
    """In bands, in the order of totals.yaml, each group that is large enough by itself."""
    said = typed("report", "--month", "2020-01", "--db", url)
    assert (said.returncode, said.stderr, said.stdout) == (0, "", TEXT)


@pytest.mark.usefixtures("store")
def test_screen_file_and_data_say_the_same(url: str, typed: Typed, tmp_path: Path) -> None:
    """A file holds what the screen shows; the data has the same bands for the same rows."""
    file = tmp_path / "january.txt"
    said = typed("report", "--month", "2020-01", "--file", str(file), "--db", url)
    assert (said.returncode, said.stdout) == (0, "")
    assert file.read_text(encoding="utf-8") == TEXT
    data = json.loads(typed("report", "--month", "2020-01", "--json", "--db", url).stdout)
    everybody, cafe = data["reports"]
    assert (data["month"], everybody["group"], cafe["group"]) == ("2020-01", "", "Café Circle")
    assert cafe["people"] == {"least": 10, "most": 19}
    rows = {row["row"]: row["people"] for row in everybody["rows"]}
    assert rows["doorway/work"] == {"least": 20, "most": 49}
    assert rows["doorway/family"] is None
    assert typed("report", "--month", "2020-01", "--file", str(file), "--db", url).returncode == 2


@pytest.mark.usefixtures("store")
def test_one_group_by_its_title(url: str, typed: Typed) -> None:
    """The same as in the whole report; a small group gets the sentence that it is too few."""
    cafe = typed("report", "--month", "2020-01", "--group", "café circle", "--db", url)
    assert cafe.stdout == TEXT.split("\n\n\n")[1]
    choir = typed("report", "--month", "2020-01", "--group", "The Choir", "--db", url)
    assert choir.stdout.startswith("What many told: The Choir, 1 January 2020")
    assert "Too few people let themselves be counted" in choir.stdout
    nobody = typed("report", "--month", "2020-01", "--group", "The Band", "--db", url)
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert "no group here is called The Band -> ask" in nobody.stderr


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("9999-01", "9999-01 is not over, and is told as a whole -> ask when it is"),
        ("January", "January is no month -> write it as 20"),
        ("2020-1", "2020-1 is no month -> write it as 20"),
    ],
)
def test_a_month_that_cannot_be_told(url: str, typed: Typed, month: str, said: str) -> None:
    """One clear line with what to do, and exit code 2."""
    found = typed("report", "--month", month, "--db", url)
    assert (found.returncode, found.stdout) == (2, "")
    assert said in found.stderr


def test_without_a_month_the_last_one_is_told(url: str, typed: Typed) -> None:
    """Of a Kith in which nobody said yes, nothing is told, in a whole sentence."""
    said = typed("report", "--db", url)
    assert said.returncode == 0
    assert "Too few people let themselves be counted in this month" in said.stdout
    assert json.loads(typed("report", "--json", "--db", url).stdout)["month"] == last_month(
        datetime.now(UTC)
    )


def test_a_month_is_worked_out_once(store: Store, library: Library, url: str, typed: Typed) -> None:
    """Who takes a yes back or is forgotten after that changes no report of that month any more."""
    assert work_out(store, library, FEBRUARY) == 0
    before = of(store)
    with store.transaction() as tx:
        tx.erase([f"telegram:{number:03}" for number in range(30)], 1.0)
    work_out(store, library, FEBRUARY)
    assert of(store) == before
    assert typed("report", "--month", "2020-01", "--db", url).stdout == TEXT


def test_before_it_is_told_who_is_gone_is_nowhere(store: Store, library: Library) -> None:
    """Who was forgotten before the month was over is in no number; here only the café is left."""
    with store.transaction() as tx:
        tx.erase([f"telegram:{number:03}" for number in range(OUTSIDE)], 1.0)
    work_out(store, library, FEBRUARY)
    assert {*of(store)} == {"", CAFE}
    assert told(of(store)[""]) == told(of(store)[CAFE])


def test_a_month_that_is_going_on_is_not_worked_out(store: Store, library: Library) -> None:
    """Only when the last day is over."""
    work_out(store, library, datetime(2020, 1, 31, 23, 59, tzinfo=UTC))
    assert of(store) == {}
    assert [*of(store, "2019-12")] == [""]


def test_months_that_were_missed_are_made_up_for(store: Store, library: Library) -> None:
    """Where Kith was off at the end of a month, that month is told when it is back."""
    work_out(store, library, datetime(2020, 5, 9, tzinfo=UTC))
    with store.transaction() as tx:
        assert tx.groups.totals.months() == ["2020-01", "2020-04"]


def test_what_is_kept_holds_no_words_no_names_and_no_exact_number(
    store: Store, library: Library
) -> None:
    """Only ids of rows and bands; nothing that anybody wrote."""
    work_out(store, library, FEBRUARY)
    kept = " ".join(of(store).values())
    assert SECRET not in kept
    bands = {5, 9, 10, 19, 20, 49, 50, 99, 100, None}
    for body in of(store).values():
        there = json.loads(body)
        assert there.keys() == {"format", "least", "people", "rows"}
        assert {
            each for band in [there["people"], *there["rows"].values()] for each in band
        } <= bands


def test_sessions_that_cannot_be_read_are_passed_over(store: Store, url: str, typed: Typed) -> None:
    """The others are counted, and one line tells the operator."""
    with store.transaction() as tx:
        keep(tx, Stored("telegram:broken", b"{}", b"no session"))
    said = typed("report", "--month", "2020-01", "--db", url)
    assert (said.returncode, said.stdout) == (0, TEXT)
    assert said.stderr == "1 sessions can't be read, so they are not counted\n"


@pytest.mark.usefixtures("store")
def test_a_higher_least_tells_less(url: str, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """KITH_LEAST_COUNTED can be raised, and never lowered under five."""
    monkeypatch.setenv("KITH_LEAST_COUNTED", "4")
    assert "KITH_LEAST_COUNTED can't be 4 -> use a number from 5" in typed("report").stderr
    monkeypatch.setenv("KITH_LEAST_COUNTED", "12")
    said = typed("report", "--month", "2020-01", "--json", "--db", url)
    everybody = json.loads(said.stdout)["reports"][0]
    assert everybody["people"] == {"least": 24, "most": 47}
    rows = {row["row"]: row["people"] for row in everybody["rows"] if row["people"]}
    assert rows["doorway/work"] == {"least": 12, "most": 23}


def test_a_group_that_is_gone_takes_its_totals_along(store: Store, library: Library) -> None:
    """Where Kith was taken out of a group, nothing is told of it any more; the rest stays."""
    work_out(store, library, FEBRUARY)
    with store.transaction() as tx:
        tx.erase([CAFE], 1.0)
    assert [*of(store)] == [""]
