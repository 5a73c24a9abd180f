"""All three parts are asked about before anything is suggested, and every way ends at somebody."""

import pytest

from tests.proofs.proving import codes, proven, talk

PARTS = """
  - {id: me, phase: self, say: And you?, ask: words}
  - {id: them, phase: other, say: And the other?, ask: words}
  - {id: there, phase: situation, say: And what is around it?, ask: words}
"""
LOOK = "  - {id: look, suggest: yes, answer: suggestions}\n"


def test_three_parts_before_suggestions_are_proven():
    """Everybody is asked, whatever they leave out."""
    assert codes(talk(PARTS + LOOK)) == []


@pytest.mark.parametrize(
    ("part", "step"), [("self", "me"), ("other", "them"), ("situation", "there")]
)
def test_a_part_that_is_never_asked_about_is_told(part: str, step: str):
    """Nothing is suggested before it was looked at from three sides."""
    kept = "\n".join(line for line in PARTS.splitlines() if f"id: {step}," not in line)
    found = proven(talk(kept + "\n" + LOOK))
    assert [each.code for each in found] == ["part-missing"]
    assert part in found[0].message
    assert (
        found[0].line
        == talk(kept + "\n" + LOOK)
        .splitlines()
        .index("  - {id: look, suggest: yes, answer: suggestions}")
        + 1
    )


def test_a_part_that_some_never_meet_names_them():
    """The way past it is told by its answers."""
    steps = (
        "  - {id: now, phase: self, say: Is it going on now?, ask: yes/no}\n"
        + PARTS.replace("{id: them,", "{id: them, only if: now == true,")
        + LOOK
    )
    found = proven(talk(steps))
    assert [each.code for each in found] == ["part-missing"]
    assert "now: no" in found[0].message or "now: skipped" in found[0].message


def test_a_part_that_is_asked_about_in_two_ways_is_proven():
    """Short and full way each have their own question: between them nobody is left out."""
    steps = (
        "  - {id: pace, say: Short?, ask: yes/no}\n"
        + PARTS.replace("{id: them,", "{id: them, only if: pace == true,")
        + "  - {id: them_full, phase: other, only if: not (pace == true), say: Who?, ask: words}\n"
        + LOOK
    )
    assert codes(talk(steps)) == []


def test_a_dialogue_without_suggestions_needs_no_three_parts():
    """Help, a plan for bad days and the like are exempt."""
    assert codes(talk("  - {id: a, say: A?, ask: words}\n")) == []


def test_a_way_that_points_at_nobody_is_told():
    """Kith is not to be the last one somebody talks to."""
    script = "id: talk\nsteps:\n  - {id: a, say: A?, ask: words}\n  - {id: b, say: Goodbye.}\n"
    assert codes(script) == ["no-pointing-ending"]


def test_a_way_past_the_ending_is_told_by_its_answers():
    """Only some people would be sent away with nothing."""
    steps = "  - {id: a, say: Shall we stop?, ask: yes/no, next: [{if: a == true, go: end}, {go: bye}]}\n"
    found = proven(talk(steps))
    assert [each.code for each in found] == ["no-pointing-ending"]
    assert "a: yes" in found[0].message


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("You could tell a neighbour.", True),
        ("That was all.", False),
        (
            "{% if plan %}{{ plan }}{% else %}There is nobody yet. Say hello at the library.{% endif %}",
            True,
        ),
        ("{% if plan %}{{ plan }}{% endif %}", False),
        ("{% if plan %}Well done.{% else %}Ring 999.{% endif %}", False),
        ("{% for each in plan %}{{ each }}{% endfor %}", False),
    ],
)
def test_an_ending_points_at_somebody_whichever_way_its_text_turns(text: str, *, points: bool):
    """Also where the plan is empty."""
    inner = "id: inner\nsteps:\n  - {id: x, say: X?, ask: words}\n"
    script = f"id: talk\nsteps:\n  - {{id: plan, call: inner, answer: plan}}\n  - {{id: z, say: '{text}', ending: yes}}\n"
    assert ("ending-points-nowhere" not in codes(script, inner)) == points


def test_a_dialogue_that_another_one_calls_needs_no_ending():
    """It comes back to the one that called it."""
    inner = "id: inner\nsteps:\n  - {id: x, say: X?, ask: words}\n"
    assert codes(talk("  - {id: c, call: inner}\n"), inner) == []
