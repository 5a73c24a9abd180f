"""What is wrong with a file or a condition is said in words for people who don't program."""

import pytest
import yaml

from bot.engine.expression import ExpressionError, compile_expression, compile_template
from bot.engine.faults import text_fault, yaml_fault


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("say: it's: here", "a colon stands where none can"),
        ("steps:\n\t- id: a", "this sign, or a tab, can't begin a text"),
        ("say: @home", "this sign, or a tab, can't begin a text"),
        ("say: 'not closed", "a quote is opened and never closed"),
        ("id: a\nsteps\nx: y", "a name without a colon behind it"),
        ("say: - a", "a list can't begin here"),
        ("words: [a, b", "a list in [ ] is not closed, or a comma is missing"),
        ("with: {a: b", "names in { } are not closed, or a comma is missing"),
        ("- a\nb: c", "this line is indented like a list, and has no - at its beginning"),
        ("steps:\n  - a\n b: c", "this line doesn't fit with those above it"),
        ("say: 'it's'", "this line doesn't fit with those above it"),
        ("say: {{ name }} is here", "this line doesn't fit with those above it"),
        ("say: *emphasis*", "a text that begins with * or & needs quotes around it"),
        ("say: *emphasis", "a text that begins with * needs quotes around it"),
        ('say: "a \\q"', "a \\ in double quotes means something else here"),
        ("say: | here", "something stands behind the | or > that announces a text"),
        ("say: !now! go", "a text that begins with ! needs quotes around it"),
        ("say: ]", "something is missing before this sign"),
        ("id: a\n---\nid: b", "this doesn't belong to what stands above it"),
    ],
)
def test_a_file_that_can_not_be_read_is_told_plainly(written: str, told: str):
    """The usual slips each have a sentence of their own."""
    with pytest.raises(yaml.MarkedYAMLError) as error:
        yaml.compose(written, Loader=yaml.CSafeLoader)
    assert yaml_fault(error.value.problem or "") == told


def test_what_nobody_foresaw_is_still_plain():
    """An unknown fault is no sentence out of a manual."""
    assert yaml_fault("did not find expected frobnicator") == "this can't be read"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a = b", "a single = compares nothing; it takes two"),
        ("a == “b”", "“ can't stand here; quotes around values are straight ones"),
        ("a == 'b", "a quote is opened and never closed"),
        ("(a or b", "a bracket is opened and never closed"),
        ("a or", "something is missing before the end, or a bracket is one too many"),
        ("a b", "something is missing before b"),
        ("a 'b'", "something is missing before the words in quotes"),
        ("a 5", "something is missing before the number"),
        ("a + 1 > 3", "adding with + is not part of the script language"),
        ("a()", "a name with ( ) behind it is not part of the script language"),
        ("a[0]", "a name with [ ] behind it is not part of the script language"),
        ("a is defined", "what stands behind  is is not part of the script language"),
        ("a ** b", "this is not part of the script language"),
    ],
)
def test_a_condition_that_can_not_be_read_is_told_plainly(written: str, told: str):
    """What an author typed is named, not what a parser waited for."""
    with pytest.raises(ExpressionError) as error:
        compile_expression(written)
    assert text_fault(str(error.value)) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Hello {{ name", "{{ or {% is opened and never closed"),
        ("Hello {% if name %}you", "{% if %} is opened and never closed"),
        ("{% for line in lines %}{{ line }}", "{% for %} is opened and never closed"),
        ("{% if name %}you{% fi %}", "{% fi %} can't stand here"),
        ("{% endif %}", "{% endif %} can't stand here"),
        ("{% if %}you{% endif %}", "something is missing before the end"),
        ("{# a note", "{# is opened and never closed"),
        ("{% set a = 1 %}", "{% set %} is not part of the script language"),
    ],
)
def test_a_text_that_can_not_be_read_is_told_plainly(written: str, told: str):
    """The bracket that is off is shown as it is written."""
    with pytest.raises(ExpressionError) as error:
        compile_template(written)
    assert text_fault(str(error.value)) == told
