"""The closed language: what authors can write, what they can't, and how answers are printed."""

import pytest

from bot.engine.expression import ExpressionError, compile_expression, compile_template
from bot.engine.values import SKIPPED, UNASKED, quote

REFUSED = [
    "open('x')",
    "name()",
    "1 + 1",
    "2 * size",
    "size - 1",
    "name ~ name",
    "people[0]",
    "people['a']",
    "people[1:2]",
    "name | upper",
    "name | attr('x')",
    "name is defined",
    "name is divisibleby 3",
    "range(3)",
    "{'a': 1}",
    "a < b < c",
    "a }} {{ b",
    "a b",
    "a =",
    "(a",
    "",
]
HIDDEN = ["name.__class__", "name.upper", "people.__len__", "name.__init__.__globals__"]


@pytest.mark.parametrize("source", REFUSED)
def test_a_condition_outside_the_language_is_refused(source: str):
    """An author can't call, calculate, index or use what isn't listed, and is told so."""
    with pytest.raises(ExpressionError):
        compile_expression(source)


@pytest.mark.parametrize("source", HIDDEN)
def test_an_attribute_that_is_no_answer_is_never_there(source: str):
    """Nothing but what a person answered can be reached through a dot."""
    scope = {"name": "Anna", "people": [{"id": "anna"}]}
    assert compile_expression(source).value(scope) is UNASKED


@pytest.mark.parametrize(
    "source",
    [
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% block b %}{% endblock %}",
        "{% filter upper %}a{% endfilter %}",
        "{% for a, b in pairs %}{% endfor %}",
        "{% for a in people if a %}{% endfor %}",
        "{{ name",
        "{{ name | nothing }}",
    ],
)
def test_a_text_outside_the_language_is_refused(source: str):
    """Texts know answers, if and for; every other tag of Jinja is refused."""
    with pytest.raises(ExpressionError):
        compile_template(source)


@pytest.mark.parametrize(
    "source",
    ["people | pluck", "people | where('id')", "name | quote('x')", "people | first(1, 2)"],
)
def test_a_filter_with_the_wrong_number_of_values_is_refused(source: str):
    """A filter that can't work is refused when the script is checked, not while people talk."""
    with pytest.raises(ExpressionError):
        compile_expression(source)


@pytest.mark.parametrize("source", ["people | pluck(field='id')", "people | without(*others)"])
def test_named_and_starred_filter_values_are_refused(source: str):
    """What would silently be left out of a filter is refused instead."""
    with pytest.raises(ExpressionError):
        compile_expression(source)


def test_an_else_behind_a_loop_is_refused():
    """A part of a text that would never be shown is refused, not dropped in silence."""
    with pytest.raises(ExpressionError):
        compile_template("{% for p in people %}{{ p }}{% else %}nobody{% endfor %}")


def test_the_refusal_names_the_line():
    """An author finds the slip on the line of the text where it stands."""
    with pytest.raises(ExpressionError) as refused:
        compile_template("One.\nTwo.\n{{ name() }}")
    assert refused.value.line == 3


def test_a_huge_number_in_a_text_is_a_complaint_and_no_crash():
    """Whatever an author writes ends in a complaint that names a line."""
    with pytest.raises(ExpressionError):
        compile_template("{{ " + "9" * 5000 + " }}")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("safe == 'safe'", True),
        ("safe != 'safe'", False),
        ("safe in ['safe', 'unsure']", True),
        ("'money' in pressures", True),
        ("'rent' not in pressures", True),
        ("age >= 18 and age < 40", True),
        ("not (age > 40)", True),
        ("missing == 'x' or safe", True),
        ("other.name == 'Denise'", True),
        ("missing is answered", False),
        ("safe is answered", True),
        ("left is skipped", True),
        ("left is asked", True),
        ("missing is asked", False),
        ("people | count > 1", True),
        ("(people | first).name == 'Anna'", True),
        ("people | where('ask', 'no') | pluck('name') == ['Ben']", True),
        ("'yes' if age > 18 else ''", True),
    ],
)
def test_what_a_condition_can_say(source: str, expected: bool):
    """Authors compare answers, look into lists, and ask whether something was answered."""
    scope = {
        "safe": "safe",
        "pressures": ["money"],
        "age": 30,
        "left": SKIPPED,
        "other": {"id": "denise", "name": "Denise"},
        "people": [
            {"id": "a", "name": "Anna", "ask": "yes"},
            {"id": "b", "name": "Ben", "ask": "no"},
        ],
    }
    assert compile_expression(source).holds(scope) is expected


@pytest.mark.parametrize("absent", [UNASKED, SKIPPED])
@pytest.mark.parametrize(
    "source", ["x", "x == 'a'", "x > 0", "x < 0", "'a' in x", "x.name", "x | count"]
)
def test_what_was_not_answered_fulfils_no_condition(absent: object, source: str):
    """An answer that isn't there is never taken for one that is."""
    assert not compile_expression(source).holds({"x": absent})
    assert not compile_expression(source).holds({})


@pytest.mark.parametrize("absent", [UNASKED, SKIPPED])
def test_what_was_not_answered_prints_nothing(absent: object):
    """Nobody ever reads None, Undefined or a name of a variable."""
    assert (
        compile_template("[{{ x }}{{ x.name }}{% for i in x %}!{% endfor %}]").render({"x": absent})
        == "[]"
    )


def test_membership_is_about_whole_answers_not_letters():
    """`"one" in answer` is not true of an answer that happens to hold these letters."""
    assert not compile_expression("'one' in kind").holds({"kind": "someone"})


def test_membership_of_a_list_in_a_mapping_is_simply_not_so():
    """A question that makes no sense is answered with no, never with a crash."""
    assert not compile_expression("people in stones").holds(
        {"people": ["a"], "stones": {"self": 1}}
    )


def test_everything_a_text_or_condition_reads_is_known():
    """What depends on an answer can be named, because it is read off the text itself."""
    text = compile_template(
        "{% if a and b.c %}{{ d | quote }}{% endif %}{% for e in f %}{{ e }}{% endfor %}"
    )
    assert text.reads == {"a", "b", "d", "f"}
    assert compile_expression("a == b or c in d").reads == {"a", "b", "c", "d"}


def test_a_name_used_outside_its_loop_is_still_something_read():
    """A loop doesn't hide that the same name is used where it means an answer."""
    text = compile_template("{% for who in people %}{{ who }}{% endfor %}{{ who }}")
    assert "who" in text.reads


@pytest.mark.parametrize(
    ("source", "unguarded"),
    [
        ("{{ a }}", {"a"}),
        ("{{ a.name }}", {"a"}),
        ("{{ a | quote }}", {"a"}),
        ("{{ a or 'someone' }}", set()),
        ("{{ a or b }}", {"b"}),
        ("{% if a %}{{ a }}{% endif %}", set()),
        ("{% if a is answered %}{{ a }}{% endif %}", set()),
        ("{% if a and b %}{{ a }}{{ b }}{% endif %}", set()),
        ("{% if a or b %}{{ a }}{% endif %}", {"a"}),
        ("{% if not a %}{{ a }}{% endif %}", {"a"}),
        ("{% if a %}x{% else %}{{ a }}{% endif %}", {"a"}),
        ("{% if a %}x{% elif b %}{{ b }}{{ a }}{% endif %}", {"a"}),
        ("{% if a == 'x' %}{{ a }}{% endif %}", set()),
        ("{% for p in a %}{{ p.name }}{% endfor %}", set()),
        ("{{ a if a else 'x' }}", set()),
        ("{{ 'x' if a else a }}", {"a"}),
    ],
)
def test_a_text_that_prints_what_may_be_missing_is_found(source: str, unguarded: set[str]):
    """No person reads a sentence with a hole in it: printing without asking first is noticed."""
    assert compile_template(source).unguarded == unguarded


def test_a_filter_that_quotes_nothing_does_not_count_as_asking_first():
    """Asking for the quoted words is no proof that there are any."""
    assert "a" in compile_template("{% if a | quote %}{{ a }}{% endif %}").unguarded


def test_a_chosen_answer_reads_as_a_phrase():
    """What was tapped stands in a sentence as the author worded it; own words stay the person's."""
    readings = {"weighs": {"sleep": compile_template("it goes round at night")}}
    text = compile_template("So {{ weighs | phrase }}.", readings)
    assert text.render({"weighs": ["sleep"]}) == "So it goes round at night."
    assert text.render({"weighs": "my knee"}) == "So “my knee”."
    assert (
        text.render({"weighs": ["sleep", "my knee"]}) == "So it goes round at night and “my knee”."
    )
    assert text.render({"weighs": SKIPPED}) == "So ."


@pytest.mark.parametrize(
    "source", ["{{ x | phrase }}", "{{ x.name | phrase }}", "{{ 'a' | phrase }}"]
)
def test_only_a_choice_can_read_as_a_phrase(source: str):
    """An author who asks for the phrase of something else is told."""
    with pytest.raises(ExpressionError):
        compile_template(source, {"y": {}})


@pytest.mark.parametrize(
    "words", ["{{ 7*7 }}", "{% if x %}", "{{ name() }}", "%s {0} $x", "<b>&amp;", "}}"]
)
def test_what_a_person_wrote_is_never_a_template(words: str):
    """Whatever a person types comes back letter by letter."""
    assert compile_template("You said: {{ x }}").render({"x": words}) == f"You said: {words}"
    assert compile_template("{{ x | quote }}").render({"x": words}) == f"“{words}”"


def test_quoted_words_come_back_exactly():
    """A person's own words are marked as theirs and not changed."""
    assert quote("I dread Mondays.") == "“I dread Mondays.”"
    assert quote("it's “fine”, she said") == "“it's “fine”, she said”"


def test_long_words_are_cut_between_words_and_marked():
    """Only what is long is cut, never inside a word, and the cut can be seen."""
    words = "word " * 100
    cut = quote(words)
    assert cut.endswith("word …”")
    assert len(cut) <= 205


def test_words_from_right_to_left_can_not_turn_the_sentence():
    """Hebrew or Arabic words stand isolated, so that the sentence around them keeps its order."""
    assert quote("שלום") == "“\u2068שלום\u2069”"  # noqa: RUF001 - Hebrew
    assert quote("أنا تعبان") == "“\u2068أنا تعبان\u2069”"  # noqa: RUF001 - Arabic
    assert "\u2068" not in quote("plain")


@pytest.mark.parametrize("words", ["abc\u202edef", "a\u2067b", "\U0001e900\U0001e901"])
def test_characters_that_turn_the_direction_are_isolated_too(words: str):
    """Overrides, isolates and newer right-to-left scripts can't turn Kith's own words either."""
    assert quote(words).startswith("“\u2068")


def test_an_isolate_can_not_be_closed_from_inside():
    """A stray closing mark in somebody's words doesn't let the rest out."""
    inner = quote("שלום\u2069 abc")[2:-2]
    assert "\u2069" not in inner
