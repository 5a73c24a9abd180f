"""What is never written down is read by the `next` of its own step, and by nothing else."""

from pathlib import Path

import pytest

from tests.fakes import Talk, catalogue_of, complaints

HEAD = """
id: talk
title: Nights
steps:
  - {id: secret, say: Alone?, ask: yes/no, keep: KEEP, next: [
      {if: secret == true, go: ring}, {go: why}]}
  - {id: ring, say: Someone could ring you.}
  - {id: why, say: Why?, ask: words}
"""
INNER = "id: inner\ninputs: [told]\nsteps:\n  - {id: said, say: Was it so?, ask: yes/no}\n"
READING = {
    "a text": "  - {id: bad, say: '{% if secret %}So.{% endif %}'}",
    "a condition": "  - {id: bad, only if: secret == true, say: So.}",
    "another step's way": (
        "  - {id: bad, say: So., next: [{if: secret == true, go: why}, {go: end}]}"
    ),
    "a call": "  - {id: bad, call: inner, with: {told: secret}}",
    "a list": "  - {id: bad, call: inner, with: {told: who}, for each: secret, as: who}",
    "a choice": (
        "  - {id: bad, say: So?, ask: choice, choices: [\n"
        "      {value: a, label: A, if: secret == true}, {value: b, label: B}]}"
    ),
    "a button": "  - {id: bad, say: So?, ask: choice, choices: [{a: '{{ secret or 1 }}'}, {b: B}]}",
    "a skip": "  - {id: bad, say: So?, ask: words, skip: '{{ secret or 1 }}'}",
    "a second try": "  - {id: bad, say: So?, ask: words, again: '{{ secret or 1 }}'}",
    "an offer": (
        "  - {id: bad, say: So?, ask: choice, offer: "
        "{each: secret, value: item, label: '{{ item }}'}}"
    ),
    "a reminder": "  - {id: bad, say: So., remind: 7 if secret else 3}",
    "a page": (
        "  - {id: bad, say: So., page: {title: T, parts: [{heading: H, text: '{{ secret or 1 }}'}]}}"
    ),
    "a picture": "  - {id: bad, say: So., picture: {title: T, around: secret}}",
    "a draft": "  - {id: bad, say: '{{ secret or 1 }}', share: yes}",
}


def found(folder: Path, script: str, *others: str, **files: str) -> list[tuple[str, int]]:
    said = complaints(folder, script, *others, **files)
    return [(each.code, each.line) for each in said if each.code == "reads-unwritten"]


@pytest.mark.parametrize("where", READING, ids=lambda where: where.replace(" ", "-"))
def test_nothing_else_reads_what_is_never_written(tmp_path: Path, where: str):
    """Each place that could read it is named by file, line and column, with a remedy."""
    script = HEAD.replace("KEEP", "never written") + READING[where] + "\n"
    files = {"words": "due_bad: Hello."} if where == "a reminder" else {}
    said = complaints(tmp_path, script, INNER, **files)
    mine = [each for each in said if each.code == "reads-unwritten"]
    assert mine, said
    assert mine[0].line in (9, 10)
    assert mine[0].column > 1
    assert "next:" in mine[0].fix


@pytest.mark.parametrize("keep", ["keep", "until the end"])
def test_what_is_written_can_be_read_everywhere(tmp_path: Path, keep: str):
    """The same places may read an answer that is there."""
    for where in ("a text", "a condition", "a call", "a page"):
        script = HEAD.replace("KEEP", keep) + READING[where] + "\n"
        assert found(tmp_path / where.replace(" ", "_"), script, INNER) == []


def test_its_own_next_reads_it(tmp_path: Path):
    """It steers, and that is all it does: afterwards it is nowhere."""
    script = HEAD.replace("KEEP", "never written")
    assert found(tmp_path, script) == []
    talk = Talk(catalogue_of(script))
    talk.opens()
    talk.says("yes")
    assert "ring you" in talk.text
    assert talk.session.answers["secret"].standing == "unkept"
    assert talk.value("secret") is None


def test_a_result_and_a_budget_read_it_no_more_than_a_text(tmp_path: Path):
    """What hands it on, or goes by it, is named as well."""
    script = HEAD.replace("KEEP", "never written")
    result = script.replace("steps:", "result: {told: secret}\nsteps:")
    budget = script.replace("steps:", "budget: [{if: secret == true, minutes: 3}]\nsteps:")
    assert found(tmp_path / "a", result) == [("reads-unwritten", 4)]
    assert found(tmp_path / "b", budget) == [("reads-unwritten", 4)]


def test_a_suggestion_does_not_read_it(tmp_path: Path):
    """Rules look at answers that are there."""
    rules = """
suggestions:
  - id: call
    part: self
    from: me
    when: secret == true
    short: Ring somebody
    because: a voice helps
"""
    script = HEAD.replace("KEEP", "never written")
    assert found(tmp_path, script, suggestions=rules) == [("reads-unwritten", 6)]


def test_what_is_let_go_is_not_read_after_the_end(tmp_path: Path):
    """A reminder decides when it is due, and a result stays: both outlive the answer."""
    script = HEAD.replace("KEEP", "until the end")
    reminder = "  - {id: bad, only if: secret == true, say: So., remind: 7}\n"
    words = {"words": "due_bad: Hello."}
    assert found(tmp_path / "a", script + reminder, **words) == [("reads-unwritten", 9)]
    result = script.replace("steps:", "result: {told: secret}\nsteps:")
    assert found(tmp_path / "b", result) == [("reads-unwritten", 4)]


@pytest.mark.parametrize("name", ["phone", "adult", "nation", "safe", "other"])
@pytest.mark.parametrize("keep", ["never written", "until the end"])
def test_what_kith_itself_reads_is_kept(tmp_path: Path, name: str, keep: str):
    """Help lines, and who is never to be named, rest on answers of these names."""
    script = f"""
id: talk
steps:
  - {{id: {name}, say: So?, ask: choice, keep: {keep}, choices: [{{a: A}}, {{b: B}}]}}
"""
    assert found(tmp_path, script) == [("reads-unwritten", 4)]


def test_what_is_tapped_together_is_written_meanwhile(tmp_path: Path):
    """Ticks lie in the session until Done, so they can't be promised to lie nowhere."""
    script = """
id: talk
steps:
  - {id: some, say: So?, ask: several, keep: never written, choices: [{a: A}, {b: B}]}
"""
    assert found(tmp_path, script) == [("reads-unwritten", 4)]
