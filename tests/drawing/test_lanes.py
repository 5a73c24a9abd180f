"""What is drawn of a script: every step in its lane, and the true way into and past each."""

from bot.drawing.arrows import Arrow, arrows_of
from bot.drawing.lanes import Block, lanes_of
from tests.drawing.pictures import read, shipped

TALK = """
id: talk
title: Talk
steps:
  - {id: pace, phase: self, say: Which way?, ask: choice, choices: [full: Full, short: Short]}
  - {id: one, phase: self, say: One?, ask: words, only if: pace == "full"}
  - {id: two, phase: self, say: Two?, ask: words, only if: pace == "full"}
  - {id: three, phase: other, say: Three?, ask: words, only if: pace == "full"}
  - {id: four, say: "Four.", next: end}
"""


def blocks(text: str) -> list[tuple[list[str], str, str]]:
    """Give the steps, the condition and the way past of every block."""
    return [told(block) for lane in lanes_of(read(text)) for block in lane.blocks]


def told(block: Block) -> tuple[list[str], str, str]:
    steps = [step.id for step in block.steps]
    return (steps, block.gate.says, block.gate.otherwise) if block.gate else (steps, "", "")


def test_each_step_stands_in_one_lane() -> None:
    """No step is lost or drawn twice, and lanes follow the order of the phases."""
    for script in shipped().values():
        lanes = lanes_of(script)
        drawn = [step.id for lane in lanes for block in lane.blocks for step in block.steps]
        assert sorted(drawn) == sorted(script.steps)
    assert [lane.phase for lane in lanes_of(read(TALK))] == ["self", "other", None]


def test_steps_with_one_condition_share_one_gate() -> None:
    """A condition is written once over a run of steps, and the way past leads behind the run."""
    assert blocks(TALK) == [
        (["pace"], "", ""),
        (["one", "two"], 'only if pace == "full"', "three"),
        (["three"], 'only if pace == "full"', "four"),
        (["four"], "", ""),
    ]


def test_a_way_into_the_middle_is_asked_again() -> None:
    """Whoever is led to a step from elsewhere meets its condition; so it stands at that step."""
    led = TALK.replace("next: end", "next: [{if: pace == 'short', go: two}, {go: end}]")
    assert (["two"], 'only if pace == "full"', "three") in blocks(led)


def test_an_answer_that_changes_the_condition_parts_the_run() -> None:
    """What is answered on the way can shut the next step off, so it has a gate of its own."""
    changing = TALK.replace("id: one,", "id: one, answer: pace,")
    assert (["two"], 'only if pace == "full"', "three") in blocks(changing)


def test_what_joins_says_that_it_waits_for_safety() -> None:
    """A step that brings both together shows the condition that no author can take away."""
    joining = TALK.replace("id: three,", "id: three, joins: yes,")
    assert (["three"], 'only if pace == "full" and it was called safe', "four") in blocks(joining)


def test_every_way_is_an_arrow() -> None:
    """Ways on, ways past and the beginning: none is left out."""
    script = read(TALK)
    assert arrows_of(script, lanes_of(script)) == [
        Arrow("begin", "step pace"),
        Arrow("step pace", "gate one"),
        Arrow("then one", "step one"),
        Arrow("otherwise one", "gate three", dotted=True),
        Arrow("step one", "step two"),
        Arrow("step two", "gate three"),
        Arrow("then three", "step three"),
        Arrow("otherwise three", "step four", dotted=True),
        Arrow("step three", "step four"),
    ]
