"""The Mermaid text: every step and condition in it, and nothing that Mermaid takes for its own."""

import re

import pytest
from hypothesis import given, settings

from bot.drawing.mermaid import mermaid, quoted
from bot.engine.script import PHASES, Script
from tests.drawing.odd import scripts
from tests.drawing.pictures import first_example, shipped

SHIPPED = {**shipped(), "hello": first_example()}
LABEL = r'"[^"]*"'
LINE = re.compile(
    rf"flowchart TD|  subgraph phase\d\[{LABEL}\]|  end"
    rf"|    \w+(\[{LABEL}\]|\[\[{LABEL}\]\]|\{{{LABEL}\}})"
    rf"|  ends\(\[{LABEL}\]\)|  begins\(\[{LABEL}\]\) --> \w+"
    rf"|  \w+ (-->|-\.->)(\|{LABEL}\|)? \w+"
)


def read(label: str) -> str:
    """Give a label as Mermaid shows it."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_step_and_condition_is_there(name: str) -> None:
    """Conditions stand in full on the arrows, each step in the subgraph of its phase."""
    script, written = SHIPPED[name], mermaid(SHIPPED[name])
    arrows = read("\n".join(line for line in written.splitlines() if "->" in line))
    for step in script.steps.values():
        assert f'"{step.id} (' in written
        if step.only_if:
            assert f'|"only if {step.only_if.source}"|' in arrows
        for edge in step.edges:
            assert edge.when is None or f'|"if {edge.when.source}"|' in arrows
    phases = {step.phase for step in script.steps.values()}
    assert written.count("subgraph") == len(phases)
    assert all((f"(phase: {phase})" in written) == (phase in phases) for phase in PHASES)


@given(scripts())
@settings(max_examples=60, deadline=None)
def test_labels_never_break_out(script: Script) -> None:
    """Whatever is written, each line is one thing that Mermaid knows."""
    for line in mermaid(script).splitlines():
        assert LINE.fullmatch(line), line


def test_what_mermaid_would_take_for_its_own_is_spelt_out() -> None:
    """Quotation marks, tags and comments are shown as they were written."""
    assert quoted('a == "b"') == '"a == #34;b#34;"'
    assert quoted("<b> %% `x` #1;") == '"#60;b#62; #37;#37; #96;x#96; #35;1#59;"'
    assert read(quoted('style:"x" <b>;')) == '"style:"x" <b>;"'


def test_the_whole_reflection_is_short_enough_for_mermaid() -> None:
    """Mermaid draws up to 50,000 letters and 500 arrows."""
    written = mermaid(SHIPPED["reflection"])
    assert len(written) < 50_000
    assert written.count("->") < 500
    assert written == mermaid(SHIPPED["reflection"])
