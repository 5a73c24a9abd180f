"""No text reaches a person with a hole in it."""

import pytest

from tests.proofs.proving import codes, proven, talk

NAME = "  - {id: name, say: What shall I call you?, ask: words}\n"


@pytest.mark.parametrize(
    ("step", "hole"),
    [
        ("{id: b, say: 'Hello {{ name }}.'}", True),
        ("{id: b, say: 'Hello{% if name %} {{ name }}{% endif %}.'}", False),
        ("{id: b, say: 'Hello {{ name or \"you\" }}.'}", False),
        ("{id: b, only if: name, say: 'Hello {{ name }}.'}", False),
        ("{id: b, only if: name is asked, say: 'Hello {{ name }}.'}", True),
        ("{id: b, say: 'Hello {{ name | quote }}.'}", True),
        ("{id: b, say: B?, ask: choice, choices: [{a: '{{ name }}'}]}", True),
        ("{id: b, say: B?, ask: words, skip: 'Not {{ name }}'}", True),
        ("{id: b, say: 'Ring {{ contact }}.'}", True),
        ("{id: b, say: '{% for each in left_out %}{{ each }}{% endfor %}B.'}", False),
    ],
)
def test_an_answer_is_printed_only_where_it_is_there(step: str, *, hole: bool):
    """Every question can be left out, so a text asks first, or the step does."""
    found = [code for code in codes(talk(f"{NAME}  - {step}\n")) if code == "maybe-missing"]
    assert bool(found) == hole


def test_the_way_on_which_it_is_missing_is_named():
    """The author reads by which answers one gets there."""
    found = proven(talk(NAME + "  - {id: b, say: 'Hello {{ name }}.'}\n"))
    assert "name: skipped" in found[0].message
    assert found[0].line == 4


def test_an_answer_from_a_way_not_taken_is_missing():
    """It was asked, but not of everybody."""
    steps = """
      - {id: mood, say: How?, ask: yes/no, next: [{if: mood == true, go: why}, {go: so}]}
      - {id: why, say: Why?, ask: words}
      - {id: so, only if: why or mood == false, say: "So {{ why }}."}
    """
    assert "mood: no" in proven(talk(steps))[0].message


def test_what_a_dialogue_gave_back_is_there():
    """A list may be empty, but it is a list."""
    outer = talk("  - {id: p, call: inner, answer: found}\n  - {id: b, say: 'So {{ found }}.'}\n")
    inner = "id: inner\nresult: {x: q}\nsteps:\n  - {id: q, say: Q?, ask: words}\n"
    assert codes(outer, inner) == []


@pytest.mark.parametrize(
    ("given", "hole"),
    [("name", True), ("name or 'you'", False), ("'you'", False), ("contact", True)],
)
def test_what_is_handed_in_may_be_missing_too(given: str, *, hole: bool):
    """The hole is told where the text stands, with the step that hands nothing in."""
    outer = talk(f'{NAME}  - {{id: c, call: inner, with: {{who: "{given}"}}}}\n')
    inner = (
        "id: inner\ninputs: [who]\nsteps:\n  - {id: q, say: 'What about {{ who }}?', ask: words}\n"
    )
    found = proven(outer, inner)
    assert bool(found) == hole
    if hole:
        assert (found[0].file, found[0].line, found[0].code) == ("1.yaml", 4, "maybe-missing")
        assert "'c' of 'talk'" in found[0].message
