"""Conditions that say nothing are told to their author."""

import pytest

from tests.proofs.proving import codes, proven, talk

MOOD = """
  - id: mood
    say: How is it?
    ask: choice
    choices: [{good: Good}, {bad: Bad}]
"""
SAYS = '  - {{id: more, only if: {0}, say: "Good."}}'


@pytest.mark.parametrize(
    "condition",
    [
        "mood == 'god'",
        "mood == 'good' and mood == 'bad'",
        "mood == 'good' and mood is skipped",
        "mood and not mood",
        "mood in ['fine', 'well']",
        "mood > 3",
        "mood is not asked",
    ],
)
def test_a_condition_that_never_holds_is_an_error(condition: str):
    """A slip in a value would hide a step from everybody."""
    found = proven(talk(MOOD + SAYS.format(f'"{condition}"')))
    assert [(each.code, each.line) for each in found] == [("never-true", 7)]
    assert "nobody ever comes to 'more'" in found[0].message


@pytest.mark.parametrize(
    "condition",
    ["mood == 'good'", "mood is skipped", "not mood", "mood in ['bad', 'sad']", "concerns"],
)
def test_a_condition_that_can_hold_is_fine(condition: str):
    """Skipping counts as something that people do."""
    assert codes(talk(MOOD + SAYS.format(f'"{condition}"'))) == []


@pytest.mark.parametrize("condition", ["mood is asked", "mood or not mood", "mood != 'god'"])
def test_a_condition_that_always_holds_is_a_warning(condition: str):
    """It does no harm, but its author meant something by it."""
    found = proven(talk(MOOD + SAYS.format(f'"{condition}"')))
    assert [(each.code, each.severity) for each in found] == [("always-true", "warning")]


def test_a_condition_is_judged_by_who_can_come_there():
    """On this way everybody said "bad", so a question for the others is never put."""
    steps = """
      - id: mood
        say: How is it?
        ask: choice
        choices: [{good: Good}, {bad: Bad}]
        next: [{if: mood == "bad", go: night}, {go: bye}]
      - {id: night, only if: mood == "good", say: Sleep well.}
    """
    assert codes(talk(steps)) == ["never-true"]
    assert codes(talk(steps.replace('only if: mood == "good", ', ""))) == []


def test_conditions_that_leave_somebody_without_a_way_name_who():
    """Whoever leaves the question out would be stuck."""
    steps = MOOD + '    next: [{if: mood == "good", go: bye}, {if: mood == "bad", go: bye}]\n'
    found = proven(talk(steps))
    assert [(each.code, each.line) for each in found] == [("no-way-on", 7)]
    assert "mood: skipped" in found[0].message


def test_conditions_that_cover_everything_need_no_last_way():
    """Good, bad and left out is all there is."""
    ways = '[{if: mood == "good", go: bye}, {if: mood == "bad", go: bye}, {if: not mood, go: bye}]'
    assert codes(talk(f"{MOOD}    next: {ways}\n")) == []


def test_a_way_behind_one_that_always_holds_is_told():
    """Nobody would ever take it."""
    ways = '[{if: mood is asked, go: bye}, {if: mood == "bad", go: bye}, {go: bye}]'
    found = proven(talk(f"{MOOD}    next: {ways}\n"))
    assert {each.code for each in found} == {"shadowed"}
    ways = (
        '[{if: mood == "bad" or mood == "good", go: bye}, {if: mood == "bad", go: bye}, {go: bye}]'
    )
    assert codes(talk(f"{MOOD}    next: {ways}\n")) == ["shadowed"]


def test_a_choice_that_nobody_can_pick_is_told():
    """Its condition asks for something that is never answered."""
    steps = MOOD + (
        "  - id: why\n    say: Why?\n    ask: choice\n"
        "    choices: [{value: a, label: A, if: mood == 'sad'}, {b: B}]\n"
    )
    found = proven(talk(steps))
    assert [(each.code, each.line) for each in found] == [("never-true", 10)]


def test_a_question_with_nothing_to_pick_is_told():
    """For some people every choice is hidden."""
    steps = MOOD + (
        "  - id: why\n    say: Why?\n    ask: choice\n"
        "    choices: [{value: a, label: A, if: mood == 'bad'}]\n"
    )
    found = proven(talk(steps))
    assert [each.code for each in found] == ["nothing-to-pick"]
    assert "mood: good" in found[0].message
    assert (
        codes(
            talk(
                steps.replace(
                    "ask: choice\n    choices: [{value: a",
                    "ask: choice\n    only if: mood == 'bad'\n    choices: [{value: a",
                )
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("ask", "condition", "expected"),
    [
        ("ask: number, least: 1, most: 5", "n > 5", ["never-true"]),
        ("ask: number, least: 1, most: 5", "n > 4", []),
        ("ask: number, least: 1, most: 5", "n >= 1", []),
        ("ask: yes/no", "n == true", []),
        ("ask: yes/no", "n == 'yes'", ["never-true"]),
        ("ask: several, choices: [{a: A}, {b: B}]", "'a' in n and 'b' in n", []),
        ("ask: several, choices: [{a: A}, {b: B}]", "n == 'a'", ["never-true"]),
        (
            "ask: several, choices: [{a: A}, {value: b, label: B, only: yes}]",
            "'a' in n and 'b' in n",
            ["never-true"],
        ),
        ("ask: words", "n == 'home'", []),
        ("ask: person", "n == 'Ann'", ["never-true"]),
        ("ask: person, most: 3", "n | count > 2", []),
        ("ask: choice, own words: yes, choices: [{a: A}]", "n == 'b'", []),
        ("ask: choice, choices: [{a: A}]", "n | count > 4", ["never-true"]),
    ],
)
def test_each_kind_of_answer_has_the_values_that_it_can_have(
    ask: str, condition: str, expected: list[str]
):
    """What a person can answer is known from the question."""
    steps = f'  - {{id: n, say: What?, {ask}}}\n  - {{id: m, only if: "{condition}", say: M.}}\n'
    assert codes(talk(steps)) == expected


def test_a_list_to_pick_from_may_be_empty():
    """Beside an offer there has to be a choice for whoever named nobody."""
    offer = "offer: {each: left_out, value: item, label: Somebody}"
    steps = MOOD + (
        f"  - id: why\n    say: Whom?\n    ask: choice\n    {offer}\n"
        "    choices: [{value: a, label: Nobody, if: mood == 'bad'}]\n"
    )
    assert codes(talk(steps)) == ["nothing-to-pick"]
    assert codes(talk(steps.replace(", if: mood == 'bad'", ""))) == []


def test_choices_that_depend_on_what_cannot_be_listed_need_one_that_is_sure():
    """A list given from outside may hold anything; two conditions that exclude each other hold."""

    def asking(*choices: str) -> str:
        return (
            "{id: talk, inputs: [others, calm], steps: [{id: who, say: Who?, ask: choice, choices: ["
            + ", ".join(choices)
            + "]}]}"
        )

    alone = "{value: alone, label: Alone, if: \"'alone' not in (others | pluck('how'))\"}"
    calm = "{value: calm, label: Now, if: calm == 'yes' and others}"
    hurried = "{value: late, label: Later, if: not (calm == 'yes' and others)}"
    sure = "{value: sure, label: Somebody}"
    assert "nothing-to-pick" in codes(asking(alone))
    assert "nothing-to-pick" in codes(asking(alone, calm))
    assert "nothing-to-pick" not in codes(asking(alone, sure))
    assert "nothing-to-pick" not in codes(asking(calm, hurried))
