"""The closed language against whatever answers and sources chance comes up with."""

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.expression import ExpressionError, compile_expression, compile_template
from bot.engine.values import SKIPPED, UNASKED, quote

NAMES = ("a", "b", "c")
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from([UNASKED, SKIPPED]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "ask", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
SCOPES = st.dictionaries(st.sampled_from(NAMES), VALUES)
ATOMS = st.sampled_from(
    [*NAMES, "'x'", "1", "2.5", "true", "none", "[]", "['id', 'x']", "a.id", "b.name"]
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"])
    filters = st.sampled_from(
        [
            "quote",
            "count",
            "first",
            "filled",
            "distinct",
            "capital",
            "listed",
            "pluck('id')",
            "where('id', a)",
            "without(b)",
            "without('x')",
        ]
    )
    tests = st.sampled_from(["answered", "skipped", "asked"])
    return st.one_of(
        st.builds("({} {} {})".format, inner, operators, inner),
        st.builds("({} | {})".format, inner, filters),
        st.builds("({} is {})".format, inner, tests),
        st.builds("(not {})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("[{}, {}]".format, inner, inner),
    )


CONDITIONS = st.recursive(ATOMS, _grown, max_leaves=5)


@given(CONDITIONS, SCOPES)
def test_a_condition_of_the_language_never_raises(source: str, scope: dict[str, object]):
    """Whatever a person answered, a checked script goes on."""
    assert compile_expression(source).holds(scope) in (True, False)


@given(CONDITIONS, SCOPES)
def test_a_text_of_the_language_never_raises(source: str, scope: dict[str, object]):
    """Whatever a person answered, there is a text to show."""
    template = "{% if C %}{{ C }}{% endif %}{% for i in C %}{{ i }}{% endfor %}".replace(
        "C", source
    )
    assert isinstance(compile_template(template).render(scope), str)


PIECES = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "if",
    "for",
    "in",
    "endif",
    "endfor",
    " ",
    "a",
    "(",
    ")",
]
PIECES += [
    "|",
    ".",
    "'",
    '"',
    "[",
    "]",
    "1",
    "is",
    "not",
    "==",
    "quote",
    "\n",
    "-",
    "\\",
    "0x",
    "1e9",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_an_author_writes_is_compiled_or_complained_about(source: str):
    """A slip of an author is a complaint, never a crash of the checker."""
    lines: list[int] = []
    for compile_ in (compile_template, compile_expression):
        try:
            compile_(source)
        except ExpressionError as error:
            lines.append(error.line)
    assert all(line >= 1 for line in lines)


@given(st.text(max_size=150))
def test_a_quote_keeps_every_word_in_its_order(words: str):
    """Short words come back as they were written, but for the space between them."""
    plain = quote(words).strip("“”\u2068\u2069").split()
    assert [part for part in plain if part] == words.strip(
        "“”\u2068\u2069"
    ).split() or not words.strip()
