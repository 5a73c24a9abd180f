"""Needs as staff write them, and what they are told about slips."""

from bot.directory.needs import Need, Needs, read_needs
from bot.engine.reading import Reader
from bot.files import read_file
from bot.library import Library


def read(tmp_path, text: str) -> tuple[Needs, list[tuple[int, str]]]:
    """Read a file, with the line and code of each complaint."""
    file = tmp_path / "needs.yaml"
    file.write_text(text, encoding="utf-8")
    reader = Reader()
    needs = read_needs(reader, read_file(file, "needs.yaml", reader.found))
    return needs, [(each.line, each.code) for each in reader.found]


def test_a_file_of_needs_is_read_as_it_is_written(tmp_path) -> None:
    """Each part arrives where it belongs."""
    needs, said = read(
        tmp_path,
        "needs:\n  - {id: a, said: [so low], found: [support], for: me, not: [sale]}\n"
        "words:\n  - [mum, mom]\nothers:\n  - [son, lad]\n",
    )
    assert not said
    assert needs == Needs(
        (Need("a", ("so low",), ("support",), "me", ("sale",)),),
        (("mum", "mom"),),
        (("son", "lad"),),
    )


def test_each_slip_is_named_on_its_line(tmp_path) -> None:
    """Staff are told where, and everything that can be read is read."""
    needs, said = read(
        tmp_path,
        "needs:\n  - id: a\n    said: [x]\n    fund: [y]\n  - id: a\n    said: [z]\n"
        "    found: [z]\n    for: you\n    not: [z]\nwords:\n  - [alone]\n",
    )
    assert {(4, "unknown-key"), (5, "double-id"), (8, "unknown-side")} <= set(said)
    assert {(9, "both-sides"), (11, "word-alone")} <= set(said)
    assert "missing-key" in {code for _, code in said}
    assert [need.id for need in needs.needs] == ["a", "a"]


def test_the_shipped_needs_are_in_the_library(library: Library) -> None:
    """What lies in the folder is what is searched with."""
    assert len(library.needs.needs) >= 150
    assert library.needs.words
    assert library.needs.others
