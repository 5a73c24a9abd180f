"""Nothing brings a person together with somebody they may be afraid of."""

import pytest

from tests.proofs.proving import codes, proven, talk

SAFE = """
  - {id: other, say: Who is it?, ask: person}
  - id: safe
    say: Is it safe{% if other %} with {{ other }}{% endif %}?
    ask: choice
    exact: yes
    fresh: yes
    choices: [{safe: It is safe}, {unsafe: It is not}, {unsure: Not sure}]
"""
STEP = "  - {{id: meet, {0}joins: yes, say: You could talk it over together.}}\n"
RULE = """
suggestions:
  - id: one
    part: other
    from: person
    short: Ask somebody
    step: {step}
    because: you said so
    {more}
"""


@pytest.mark.parametrize("only", ["", 'only if: safe == "safe", ', "only if: safe, "])
def test_a_step_that_joins_is_out_of_reach_unless_it_is_safe(only: str):
    """Whatever its author writes: the engine passes it by as well."""
    assert codes(talk(SAFE + STEP.format(only))) == []


def test_a_step_that_joins_where_safety_is_not_asked_is_told():
    """Nobody could ever see it, and its author should know why."""
    assert "joins-unsafely" in codes(talk(STEP.format("")))


def test_a_step_that_joins_only_the_unsafe_is_never_shown():
    """Even where an author turned the condition round."""
    assert codes(talk(SAFE + STEP.format('only if: safe == "unsafe", '))) == ["never-true"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    fresh: yes\n", ""),
        ("    exact: yes\n", ""),
        ("{safe: It is safe}", "{fine: It is fine}"),
        ("{% if other %} with {{ other }}{% endif %}", ""),
    ],
    ids=["kept when the Other changes", "near-misses count", "nothing is safe", "rests on nobody"],
)
def test_a_safety_question_that_could_mislead_is_told(old: str, new: str):
    """Its answer must be exact, about this Other, and asked again for another."""
    assert old in SAFE
    assert codes(talk(SAFE)) == []
    assert set(codes(talk(SAFE.replace(old, new)))) == {"stale-safety"}


@pytest.mark.parametrize(
    ("step", "more", "told"),
    [
        ("Go for a walk with somebody", "when unsafe: yes", False),
        ("Talk with them, somebody beside you", "joins: yes", False),
        ("Talk with them, somebody beside you", "joins: yes\n    when unsafe: yes", True),
        ('"Talk about {{ other or 1 }} with somebody"', "when unsafe: yes", True),
        ('"Talk about {{ other or 1 }} with somebody"', "joins: yes", False),
    ],
)
def test_rules_are_tried_with_everything_that_is_unsafe(step: str, more: str, *, told: bool):
    """By the very function that suggests while people talk."""
    rules = RULE.format(step=step, more=more)
    found = proven(talk(SAFE), rules=rules)
    assert [each.code for each in found] == ["joins-unsafely"] * len(found)
    assert bool(found) == told
    assert all(each.line == 3 for each in found)


def test_a_message_that_names_the_other_is_told():
    """A draft says neither who it is about nor what happened."""
    rules = RULE.format(
        step="Ask somebody", more="joins: yes\n    draft: Hi, it is about {{ other or 1 }}."
    )
    assert "draft-names-other" in codes(talk(SAFE), rules=rules.replace("joins: yes", "joins: no"))
