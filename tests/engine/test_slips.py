"""How the slips of authors are told: all at once, each once, on one line, with a remedy."""

from pathlib import Path

from tests.fakes import complaints


def test_every_complaint_comes_at_once_and_in_order(tmp_path: Path):
    """An author mends everything in one go."""
    steps = "  - {id: a, say: A?, ask: wrods, keep: never}\n  - {id: b, say: B, next: c}"
    one = f"id: talk\nsteps:\n{steps}"
    two = "id: other\nsteps:\n  - {id: a, say: '{{ x() }}'}"
    found = complaints(tmp_path, one, two)
    assert {each.code for each in found} == {
        "unknown-kind",
        "unknown-keep",
        "unknown-place",
        "not-in-the-language",
    }
    assert found == sorted(found)


def test_one_slip_is_one_complaint(tmp_path: Path):
    """The same slip isn't told twice, and a file with a slip isn't called missing."""
    calling = "{id: talk, steps: [{id: a, call: inner}]}"
    inner = "id: inner\nsteps:\n  - {id: b, say: B?, ask: wrods}"
    assert [each.code for each in complaints(tmp_path, calling, inner)] == ["unknown-kind"]
    listed = "id: talk\nsteps:\n  - {id: a, say: A?, ask: choice, choices: [yes, {b: B}]}"
    assert len(complaints(tmp_path / "more", listed)) == 1


def test_a_near_miss_is_suggested(tmp_path: Path):
    """The remedy names what was probably meant."""
    found = complaints(
        tmp_path,
        "id: talk\nsteps:\n  - {id: mood, say: A?, ask: words}\n"
        "  - {id: b, only if: moood, say: B}",
    )
    assert "did you mean 'mood'" in found[0].fix


def test_a_complaint_is_one_line_that_an_editor_can_jump_to(tmp_path: Path):
    """A complaint reads file:line:column code message -> remedy."""
    script = "id: talk\nsteps:\n  - {id: a, say: A?, ask: words, next: b}"
    line = str(complaints(tmp_path, script)[0])
    assert line.startswith("dialogues/scripts/0.yaml:3:40 unknown-place ")
    assert " -> " in line
    assert "\n" not in line


def test_what_can_not_be_read_is_not_called_missing(tmp_path: Path):
    """A file with a slip in its first lines doesn't make others look wrong that call it."""
    calling = "{id: talk, steps: [{id: a, call: inner}]}"
    inner = "id: inner: x\nsteps:\n  - {id: b, say: B?, ask: words}"
    found = complaints(tmp_path, calling, inner, "steps: ]")
    assert {each.code for each in found} == {"not-yaml", "empty-script"}


def test_a_line_inside_a_long_text_is_found(tmp_path: Path):
    """In a text of many lines the very line is named, below a | as in quotes."""
    below = "id: talk\nsteps:\n  - id: a\n    ask: words\n    say: |\n      A\n\n      {{ b }}?"
    quoted = 'id: other\nsteps:\n  - id: a\n    ask: words\n    say: "A\\n\\n{{ b }}?"'
    assert [each.line for each in complaints(tmp_path, below, quoted)] == [8, 5]


def test_what_is_wrong_is_said_once_in_plain_words(tmp_path: Path):
    """A condition or a text that can't be read is told without the words of programmers."""
    steps = """\
id: talk
steps:
  - {id: a, say: A?, ask: words}
  - {id: b, only if: a = "x", say: B}
  - {id: c, only if: a == “x”, say: C}
  - {id: d, say: "{% if a %}D"}
  - {id: e, only if: a and, say: E}
  - {id: f, only if: [a], say: F}
  - {id: g, ask: choice, say: G?, choices: [{x: "{{ a() }}"}]}
"""
    found = complaints(tmp_path, steps)
    assert [each.message for each in found] == [
        "a single = compares nothing; it takes two",
        "“ can't stand here; quotes around values are straight ones",
        "{% if %} is opened and never closed",
        "something is missing before the end, or a bracket is one too many",
        "a text is wanted here",
        "a name with ( ) behind it is not part of the script language",
    ]
