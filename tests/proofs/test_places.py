"""Nobody is led into nothing."""

import pytest

from tests.proofs.proving import codes, proven, talk

ASK = "  - {id: a, say: A?, ask: yes/no}\n"


def test_a_step_that_nothing_leads_to_is_told():
    """It would never be seen."""
    found = proven(talk("  - {id: a, say: A?, ask: yes/no, next: bye}\n  - {id: b, say: B.}\n"))
    assert [(each.code, each.line) for each in found] == [("unreachable", 4)]


def test_a_step_behind_a_way_that_nobody_takes_is_told():
    """The way there asks for two things that exclude each other."""
    steps = """
      - {id: a, say: A?, ask: yes/no, next: [{if: a == true, go: bye}, {go: b}]}
      - {id: b, say: B?, ask: yes/no, next: [{if: a == true, go: c}, {go: bye}]}
      - {id: c, say: C.}
    """
    assert sorted(codes(talk(steps))) == ["never-true", "unreachable"]


def test_a_circle_without_a_way_out_is_told():
    """Two questions that only lead to each other."""
    steps = "  - {id: a, say: A?, ask: words, next: b}\n  - {id: b, say: B?, ask: words, next: a}\n"
    assert set(codes(talk(steps))) == {"no-ending", "unreachable", "no-pointing-ending"} - {
        "no-pointing-ending"
    }


def test_a_circle_that_can_be_left_is_fine():
    """Asking again until it is a yes is allowed: there is always skip, pause and stop."""
    steps = "  - {id: a, say: A?, ask: yes/no, next: [{if: a == false, go: a}, {go: bye}]}\n"
    assert codes(talk(steps)) == []


def test_a_circle_that_some_can_never_leave_names_them():
    """The way out rests on an answer that is not asked for again inside the circle."""
    steps = """
      - {id: a, say: A?, ask: yes/no}
      - {id: b, say: B?, ask: words, next: [{if: a == true, go: bye}, {go: b}]}
    """
    found = proven(talk(steps))
    assert [each.code for each in found] == ["no-ending"]
    assert "a: no" in found[0].message


@pytest.mark.parametrize(
    ("steps", "silent"),
    [
        ("  - {id: a, say: A., next: a}\n", True),
        (ASK + "  - {id: b, say: B., next: [{if: a == true, go: b}, {go: bye}]}\n", True),
        (ASK + "  - {id: b, say: B., next: [{if: a == true, go: a}, {go: bye}]}\n", False),
        (
            ASK
            + "  - {id: q, only if: a == false, say: Q?, ask: words}\n"
            + "  - {id: b, say: B., next: [{if: a == true, go: q}, {go: bye}]}\n",
            True,
        ),
        (
            ASK
            + "  - {id: q, only if: a == true, say: Q?, ask: words}\n"
            + "  - {id: b, say: B., next: [{if: a == true, go: q}, {go: bye}]}\n",
            False,
        ),
    ],
    ids=["itself", "by an answer", "past a question", "past one that is hidden", "not hidden"],
)
def test_a_circle_in_which_nobody_is_asked_is_told(steps: str, *, silent: bool):
    """It would never come to rest."""
    assert ("silent-circle" in codes(talk(steps))) == silent


@pytest.mark.parametrize(
    ("inner", "silent"),
    [
        ("  - {id: x, say: X.}\n", True),
        ("  - {id: x, say: X?, ask: words}\n", False),
    ],
    ids=["says only", "asks"],
)
def test_a_circle_through_another_dialogue_is_told(inner: str, *, silent: bool):
    """A dialogue that asks nothing is no rest."""
    outer = talk("  - {id: a, call: other, next: [{if: contact, go: a}, {go: bye}]}\n")
    assert ("silent-circle" in codes(outer, f"id: other\nsteps:\n{inner}")) == silent


def test_a_dialogue_that_calls_itself_is_told():
    """By whatever detour."""
    one = talk("  - {id: a, say: A?, ask: words}\n  - {id: b, call: two}\n")
    two = "id: two\nsteps:\n  - {id: c, say: C?, ask: words}\n  - {id: d, call: talk}\n"
    assert "calls-itself" in codes(one, two)
    assert "calls-itself" not in codes(one, two.replace("  - {id: d, call: talk}\n", ""))
