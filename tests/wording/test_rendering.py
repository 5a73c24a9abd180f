"""Every branch of a text is read at least once, over sample answers, and always the same ones."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.expression import compile_expression, compile_template
from bot.engine.values import SKIPPED, UNASKED
from bot.wording.rendering import MOST, renderings

VALUES = {"a": ("x", "y", SKIPPED, UNASKED), "b": ("p", "q", UNASKED), "c": (True, False, SKIPPED)}


def read(source: str, only_if: str = "") -> tuple[str, ...]:
    """Give how a text could read."""
    guard = compile_expression(only_if) if only_if else None
    return renderings(compile_template(source), VALUES.__getitem__, guard)


def test_each_arm_is_read():
    """If, elif, else, and an if without else."""
    source = '{% if a == "y" %}1{% elif b == "q" %}2{% elif a is skipped %}3{% else %}4{% endif %}'
    assert set(read(source)) == {"1", "2", "3", "4"}
    assert set(read("Hello{% if c %}, you{% endif %}.")) == {"Hello.", "Hello, you."}


def test_arms_inside_arms_are_read():
    """A branch that only stands open for one pair of answers."""
    inner = '{% if b == "q" %}{% if c is skipped %}deep{% endif %}{% endif %}'
    source = f'{{% if a == "y" %}}{inner}{{% endif %}}'
    assert "deep" in read(source)


def test_a_branch_that_hangs_on_two_answers_is_read():
    """Neither answer alone opens anything on the way there."""
    assert "both" in read('{% if a == "y" and b == "q" %}both{% endif %}')


def test_short_ifs_and_fallbacks_are_read():
    """What is printed in two ways is read in both."""
    assert set(read('{{ "one" if c else "two" }}')) == {"one", "two"}
    assert set(read('{{ a or "nobody" }}')) == {"x", "y", "nobody"}


def test_each_value_of_a_choice_is_read():
    """A phrase has a form for each value, and each is shown to somebody."""
    phrases = {"b": {"p": compile_template("pee"), "q": compile_template("queue")}}
    template = compile_template("{% if b %}It is {{ b | phrase }}.{% endif %}", phrases)
    assert set(renderings(template, VALUES.__getitem__)) == {"It is pee.", "It is queue.", ""}


def test_only_people_who_see_the_step_are_tried():
    """A branch for others isn't mixed with answers of those who see it."""
    source = '{{ a }}{% if b == "q" %} and q{% endif %}'
    assert set(read(source, 'a == "y"')) == {"y", "y and q"}


def test_a_branch_that_nobody_reaches_is_read_all_the_same():
    """An author's slip in a condition doesn't hide the words behind it."""
    assert "hidden" in read('{% if a == "x" %}hidden{% endif %}', 'a == "y"')


def test_loops_are_read_full_and_empty():
    """A list may have items or none."""
    template = compile_template("{% for i in many %}[{{ i }}]{% endfor %}.")
    assert set(renderings(template, lambda _: (["a", "b"], []))) == {"[a][b].", "."}


def test_there_is_a_bound():
    """However many answers a text reads, few renderings stand for them, soon."""
    names = [f"n{place}" for place in range(40)]
    source = " ".join(f"{{% if {name} %}}{{{{ {name} }}}}{{% endif %}}" for name in names)
    found = renderings(compile_template(source), lambda name: (name, *range(20), UNASKED))
    assert 40 < len(found) <= MOST


CONDITIONS = st.sampled_from(
    ["a", "b", "c", 'a == "y"', 'b == "q"', "c is skipped", "not a", "c == true"]
)
TEXTS = st.recursive(
    st.sampled_from(["One.", "Two."]),
    lambda inner: st.builds(
        lambda test, yes, no: f"{{% if {test} %}}{yes}{{% else %}}{no}{{% endif %}}",
        CONDITIONS,
        inner,
        inner,
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_reachable_branch_is_missed(source: str):
    """Against every combination of the sample answers: each leaf that shows there is shown."""
    leaves = iter(range(100))
    numbered = "".join(
        f"{part}{next(leaves)} " if part in ("One.", "Two.") else part
        for part in source.replace("One.", "\0One.\0").replace("Two.", "\0Two.\0").split("\0")
    )
    template = compile_template(numbered)
    scopes = [dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values())]
    reachable = {template.render(scope) for scope in scopes}
    found = renderings(template, VALUES.__getitem__)
    assert set(found) == reachable
    assert renderings(template, VALUES.__getitem__) == found
