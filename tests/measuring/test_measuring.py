"""Scoring labelled texts: the right counts, the right intervals, and never a text."""

from pathlib import Path

import pytest

from bot.measuring.labelled import OTHER, NotLabelled, read_labelled
from bot.measuring.scoring import percentile, score, wilson
from bot.measuring.told import as_rows, as_table
from bot.safety.concern import Concern

HEAD = "id,text,label,category,borderline\n"
ROWS = """1,red and furry,crisis,suicide,0
2,pale,crisis,suicide,0
3,red,crisis,abuse-victim,0
4,red herring,not_crisis,none,0
5,green,not_crisis,none,0
6,red perhaps,crisis,suicide,1
7,red too,1,,0
"""


def notice(text: str) -> Concern | None:
    """Notice every text that is red, as suicide; explicit where it stands alone."""
    if "red" not in text:
        return None
    return Concern("suicide", "explicit" if text == "red" else "unclear", "red-rule", "me")


def labelled_file(folder: Path, text: str) -> Path:
    file = folder / "labelled.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_each_class_is_counted_by_itself(tmp_path: Path):
    """Rows of a class, how many were noticed in which tier, and how many as that class."""
    labelled = read_labelled(labelled_file(tmp_path, HEAD + ROWS))
    assert labelled.unsure == 1
    tallies = score(notice, labelled.rows).tallies
    assert [(name, each.rows, each.noticed) for name, each in tallies.items()] == [
        ("suicide", 2, 1),
        ("abuse", 1, 1),
        (None, 2, 1),
        (OTHER, 1, 1),
    ]
    assert tallies["abuse"].explicit == 1
    assert tallies["abuse"].right_class == 0
    assert tallies["suicide"].unclear == tallies["suicide"].right_class == 1


def test_a_report_holds_counts_and_no_text(tmp_path: Path):
    """Whoever reads the report learns nothing that anybody wrote."""
    labelled = read_labelled(labelled_file(tmp_path, HEAD + ROWS))
    found = score(notice, labelled.rows)
    table = as_table(found, labelled.unsure)
    assert "suicide" in table
    assert "1 rows left out" in table
    assert "1 by red-rule" in table
    for text in ("pale", "green", "herring", "furry"):
        assert text not in table + repr(as_rows(found, 1)) + repr(found)


def test_the_report_says_what_a_program_needs(tmp_path: Path):
    """Recall with its interval, false alarms per 1,000, and the time of a message."""
    told = as_rows(score(notice, read_labelled(labelled_file(tmp_path, HEAD + ROWS)).rows), 1)
    assert told["classes"]["suicide"] == {  # type: ignore[index]
        "rows": 2,
        "explicit": 0,
        "unclear": 1,
        "right_class": 1,
        "plain": 0,
        "plain_missed": 0,
        "recall": 0.5,
        "interval": [0.0945, 0.9055],
    }
    assert told["ordinary"] == {"rows": 2, "explicit_per_1000": 0.0, "either_per_1000": 500.0}


@pytest.mark.parametrize(
    ("hits", "rows", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (85, 100, 0.7672, 0.9069), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(hits: int, rows: int, low: float, high: float):
    """Values as they stand in tables of the Wilson score interval."""
    assert wilson(hits, rows) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_percentiles_are_values_that_were_measured():
    """The 99th of a hundred values is one of them."""
    values = [float(n) for n in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.99, 1.0)] == [51.0, 100.0, 100.0]
    assert percentile([], 0.5) == 0.0


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("text\nhello\n", [None]),
        ("text,class\nhello,child at risk\nhi,\n", ["child", None]),
        ("text,label\nhello,1\nhi,0\n", [OTHER, None]),
        ("text,label,category\nhello,crisis,risk-to-others\n", ["others"]),
        ("text,label,category\nhello,not_crisis,suicide\n", [None]),
    ],
)
def test_files_of_several_shapes_can_be_scored(tmp_path: Path, text: str, kinds: list[str | None]):
    """With a label, with a class, with both or with neither."""
    read = read_labelled(labelled_file(tmp_path, text))
    assert [row.kind for row in read.rows] == kinds


@pytest.mark.parametrize("text", ["", "words\nhello\n", "text,borderline\nhello,1\n", "\0\n"])
def test_a_file_that_cannot_be_scored_says_why_and_shows_nothing_of_it(tmp_path: Path, text: str):
    """One line, without what is in the file."""
    with pytest.raises(NotLabelled) as raised:
        read_labelled(labelled_file(tmp_path, text))
    assert "hello" not in str(raised.value)
