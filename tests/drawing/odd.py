"""Scripts that nobody would write: odd names, long conditions, ways in every direction."""

from hypothesis import strategies as st

from bot.engine.expression import Expression, Template
from bot.engine.script import END, KEEPS, KINDS, PHASES, Ask, Call, Edge, Script, Step

ODD = ["<b>", '"', "'", "&amp;", "]]>", "]", "}", "|", "#", "`", "%%", "{{", "🙂", "مرحبا", "\u202e",
       "\x00", "\ud800", "名前", "é", "-->", ";", "style:#a;", "end", "subgraph", "\\", "W" * 60]  # fmt: skip
TEXT = st.lists(
    st.sampled_from(ODD) | st.text(st.characters(exclude_categories=[]), max_size=8), max_size=12
).map(" ".join)
NAMES = st.text(min_size=1, max_size=40) | st.sampled_from(ODD)


def condition(source: str) -> Expression:
    return Expression(source, frozenset({"a"}), lambda _: True)


def text(source: str) -> Template:
    return Template(source, frozenset(), frozenset(), lambda _: source)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Make a script with up to fourteen steps."""
    ids = draw(st.lists(NAMES.filter(lambda n: n != END), min_size=1, max_size=14, unique=True))
    conditions = st.sampled_from([None, "a", draw(TEXT)]).map(
        lambda s: None if s is None else condition(s)
    )
    steps = {}
    for place, name in enumerate(ids):
        then = ids[place + 1] if place + 1 < len(ids) else END
        ways = st.builds(Edge, st.sampled_from([*ids, END]), conditions)
        steps[name] = Step(
            id=name,
            phase=draw(st.sampled_from([*PHASES[:3], None])),
            say=tuple(text(each) for each in draw(st.lists(TEXT, max_size=2))),
            edges=draw(st.just((Edge(then),)) | st.lists(ways, min_size=1, max_size=4).map(tuple)),
            then=then,
            ask=draw(st.none() | st.builds(Ask, st.sampled_from(KINDS))),
            answer=draw(st.sampled_from([None, "a", "safe"])),
            keep=draw(st.sampled_from(KEEPS)),
            only_if=draw(conditions),
            call=draw(st.none() | st.builds(Call, NAMES, st.just({}), conditions)),
            joins=draw(st.booleans()),
            erase=draw(st.booleans()),
        )  # fmt: skip
    return Script(
        draw(NAMES), draw(TEXT), "odd.yaml", steps, tuple(draw(st.lists(NAMES, max_size=3)))
    )
