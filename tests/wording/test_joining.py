"""Whatever would bring the person to the Other must be marked, so that safety can hold it back."""

import pytest

from bot.checking import check
from tests.conftest import ROOT
from tests.fakes import write_dialogues

SCRIPT = """
id: talk
steps:
  - {{id: other, say: Who is it?, ask: person}}
  - id: safe
    say: Is it safe{{% if other %}} with {{{{ other }}}}{{% endif %}}?
    ask: choice
    exact: yes
    fresh: yes
    choices: [{{safe: It is safe}}, {{unsafe: It is not}}]
  - {{id: next_step, only if: other, {mark}say: '{text}'}}
  - {{id: bye, say: You could tell a neighbour., ending: yes}}
"""
LISTS = (ROOT / "dialogues" / "wording" / "en.yaml").read_text(encoding="utf-8")


def told(folder, text: str, mark: str = "") -> list[tuple[str, int]]:
    written = write_dialogues(
        folder / "dialogues", SCRIPT.format(text=text, mark=mark), wording_en=LISTS
    )
    return [(each.code, each.line) for each in check(written)]


@pytest.mark.parametrize(
    "text",
    [
        "You could talk to {{ other }}.",
        "You could sit down with {{ other | yours }} for a while.",
        "Perhaps meet {{ other }} on Thursday.",
        "A note: tell your boss {{ other }} about it.",
    ],
)
def test_going_to_the_other_without_a_mark_is_an_error(tmp_path, text: str):
    """Nobody who is afraid of them reads it."""
    assert told(tmp_path, text) == [("joins-unmarked", 11)]
    assert told(tmp_path / "marked", text, "joins: yes, ") == []


@pytest.mark.parametrize(
    "text",
    [
        "What did {{ other }} do?",
        "You said that {{ other }} never listens.",
        "You could talk to a neighbour about {{ other }}.",
        "If {{ other }} heard about this, what then?",
    ],
)
def test_speaking_about_the_other_needs_no_mark(tmp_path, text: str):
    """A reflection has to be able to name them."""
    assert told(tmp_path, text) == []


def test_a_suggestion_is_held_to_the_same(tmp_path):
    """Wherever it is written."""
    rule = """
    suggestions:
      - id: one
        part: other
        from: person
        short: Talk it over
        step: Talk with {{ other or "them" }} over a cup of tea
        because: you said it is safe
        {mark}
    """
    for mark, expected in (("joins: no", ["joins-unmarked"]), ("joins: yes", [])):
        written = write_dialogues(
            tmp_path / mark[-3:].strip() / "dialogues",
            SCRIPT.format(text="So be it.", mark=""),
            wording_en=LISTS,
            suggestions=rule.replace("{mark}", mark),
        )
        assert [each.code for each in check(written)] == expected
