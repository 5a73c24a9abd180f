"""The rules for what a group could do together, as staff write them."""

from pathlib import Path

import pytest

from bot.engine.reading import Reader
from bot.engine.together import Together, read_together
from bot.files import read_file
from tests.fakes import DIALOGUES

SOUND = """
topics:
  - {id: money, in: situation, reads: money, words: [money, debt*]}
unsafe: [afraid]
nothing: [not-now]
steps:
  - {id: walk, way: go, when unsafe: yes, step: Take a walk, first: Pick a day.}
  - id: letter
    way: write
    topics: [money]
    step: Write a letter
    first: Draft five lines.
    because: more than one of you spoke of {{ topics }}
"""
SLIPS = {
    ("in: situation", "in: family"): ("unknown-part", 3),
    ("words: [money, debt*]", "words: []"): ("incomplete-rule", 3),
    (", reads: money", ""): ("incomplete-rule", 3),
    ("unsafe: [afraid]\n", ""): ("incomplete-rule", 2),
    ("when unsafe: yes, ", ""): ("incomplete-rule", 7),
    ("way: write", "way: wait"): ("unknown-way", 9),
    ("topics: [money]", "topics: [mony]"): ("unknown-topic", 10),
    ("    topics: [money]\n", ""): ("incomplete-rule", 12),
    ("    first: Draft five lines.\n", ""): ("incomplete-rule", 8),
    ("first: Draft five lines.", "first: Draft it with {{ other }}."): ("unknown-answer", 12),
    ("spoke of {{ topics }}", "spoke of {{ name }}"): ("unknown-answer", 13),
    ("id: letter", "id: walk"): ("double-id", 8),
    ("way: go,", "way: go, joins: yes,"): ("unknown-key", 7),
}


def read(tmp_path: Path, text: str) -> tuple[Together, list[tuple[str, int]]]:
    """Read rules; give them, and the codes and lines of what is complained about."""
    file = tmp_path / "together.yaml"
    file.write_text(text, encoding="utf-8")
    reader = Reader()
    together = read_together(reader, read_file(file, file.name, reader.found))
    assert all(each.fix for each in reader.found)
    return together, [(each.code, each.line) for each in reader.found]


def test_rules_without_a_slip_are_read_as_they_stand(tmp_path: Path):
    """In the order of the file; a folder without such a file offers nothing."""
    together, found = read(tmp_path, SOUND)
    assert found == []
    assert [(each.id, each.way, each.when_unsafe) for each in together.steps] == [
        ("walk", "go", True),
        ("letter", "write", False),
    ]
    assert together.topics[0].words == ("money", "debt*")
    assert together.nothing == {"not-now"}
    assert read_together(Reader(), None) == Together()


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip[1] or f"without {slip[0].strip()}")
def test_a_slip_is_named_where_it_stands(tmp_path: Path, slip: tuple[str, str]):
    """Each with its place and what to do; nothing else is said, and nothing is raised."""
    assert SOUND.count(slip[0]) == 1
    _, found = read(tmp_path, SOUND.replace(*slip))
    assert found == [SLIPS[slip]]


@pytest.mark.parametrize("text", ["steps: walk", "steps: [3]", "topics: {a: b}", "- a", "3", "''"])
def test_what_has_the_wrong_shape_raises_nothing(tmp_path: Path, text: str):
    """It is complained about, or holds nothing."""
    read(tmp_path, text)


def test_the_shipped_rules_are_sound(tmp_path: Path):
    """Nothing to mend."""
    assert read(tmp_path, (DIALOGUES / "together.yaml").read_text(encoding="utf-8"))[1] == []
