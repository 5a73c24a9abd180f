"""The table of docs/safety-evaluation.md is made from counts that are right, and from no text."""

from pathlib import Path

import pytest

from benchmarks.noticing.evaluate import main, measured
from benchmarks.noticing.rows import Row, invented, read_again, shipped_families
from bot.safety.concern import CLASSES, Concern
from bot.safety.notice import notice

SECRET = "an owl hits me"


def test_what_is_printed_is_counted_and_never_a_text():
    """Noticed, missed, alarms and hard ones stand in the line; no word of any text does."""

    def reader(text: str) -> Concern | None:
        return Concern("abuse", "unclear", "r", "me") if "owl" in text else None

    gold = [Row(SECRET, "abuse", "s"), Row("a cat", "abuse", "s"), Row("owl", "", "s")]
    result = measured("mine", reader, gold, [Row("owl", "", "s"), Row("mat", "", "s")])
    row = result.row()
    assert "| 1/2 |" in row
    assert "1/2 = 0.500 (0.095 to 0.905)" in row
    assert "500.0 (94.5 to 905.5)" in row
    assert row.endswith("| 1 |")
    assert result.right_kind == 1
    assert "owl" not in row + result.speed()


def test_missing_texts_are_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Whoever has no labelled texts is told where they were looked for."""
    assert main(["--data", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert told.endswith(" -> give their folder with --data\n")
    assert "gold_dev.csv" in told


def test_invented_sentences_are_of_every_class():
    """At least 80 for each class, 500 to leave alone, none twice, and none is a rule's own."""
    rows = invented()
    counted = {kind: sum(row.kind == kind for row in rows) for kind in (*CLASSES, "")}
    assert all(counted[kind] >= 80 for kind in CLASSES), counted
    assert counted[""] >= 500
    texts = [row.text.casefold() for row in rows]
    assert len(set(texts)) == len(texts)


def test_no_sentence_to_leave_alone_is_explicit_to_the_rules():
    """The rules stop nobody over the sentences that were invented to be left alone."""
    families = shipped_families()
    calm = [row.text for row in invented() if not row.kind]
    explicit = [text for text in calm if (c := notice(families, text)) and c.tier == "explicit"]
    assert len(explicit) <= len(calm) / 20


def test_what_was_read_again_holds_no_text():
    """Names and labels only."""
    for name, label in read_again().items():
        assert name[0] == "t"
        assert name[1:].isdigit()
        assert label in {*CLASSES, "none", "unsure"}
