"""A round is a script like the others, with taking part and sharing put into it."""

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from bot.engine.group import Group, Membership, Release, Round
from bot.engine.rounds import prompts_of, share_key
from bot.engine.scope import globals_of
from bot.engine.session import Answer, Session
from bot.library import Library, read_library
from tests.fakes import write_dialogues

JOINING = """
    id: joining
    title: Taking part
    result:
      agreed: agreed
      called: called.name or ""
    steps:
      - id: agreed
        say: Would you take part{% if group_name %} in {{ group_name }}{% endif %}?
        ask: choice
        exact: yes
        choices:
          - "yes": "Yes"
          - "no": "No"
      - id: called
        only if: agreed == "yes"
        say: Which name may stand there?
        ask: person
    """
SHARING = """
    id: sharing
    title: Sharing
    inputs: [words, called, too_late]
    result:
      how: how
    steps:
      - id: how
        say: "You said: {{ words or 'nothing' }}. Is it to be shared?"
        ask: choice
        exact: yes
        choices:
          - value: named
            label: With my name
            if: called
          - value: unnamed
            label: Unnamed
            if: not too_late
          - keep: Not at all
    """
CHECK_IN = """
    id: check-in
    title: A check-in
    round:
      opens: A check-in is open.
      closes: The check-in is over.
    steps:
      - id: mood
        say: How are you here?
        ask: choice
        exact: yes
        choices:
          - value: tired
            label: Tired to the bone
            reads: tired to the bone
          - fine: Fine
        prompt: How are we here?
        next:
          - if: mood is skipped
            go: bye
          - go: helps
      - id: helps
        only if: mood == "tired"
        say: What would help?
        ask: words
        prompt: What would help?
      - id: bye
        say: A person of this group could be near.
        ending: yes
    """
NAME = "terminal-group:1"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return read(tmp_path, CHECK_IN)


def read(folder: Path, round_: str) -> Library:
    files = {"rounds_check-in": round_, "scripts_joining": JOINING, "scripts_sharing": SHARING}
    read, found = read_library(write_dialogues(folder / "dialogues", HELLO, **files))
    assert read, found
    return read


HELLO = """
    id: reflection
    title: Hello
    steps:
      - id: hello
        say: Is there one person whom you could ring?
        ending: yes
    """


def test_what_is_put_in_is_asked_before_the_first_step_and_behind_each_prompt(library: Library):
    """Joining comes first; sharing comes behind each answer, before the ways on from it."""
    script = library.catalogue.scripts["check-in"].script
    assert [*script.steps] == [
        "join",
        "mood",
        "mood_share",
        "mood_after_share",
        "helps",
        "helps_share",
        "bye",
    ]
    assert [step.answer for step in prompts_of(script)] == ["mood", "helps"]
    assert [edge.to for edge in script.steps["join"].edges] == ["end", "mood"]
    assert [edge.to for edge in script.steps["mood"].edges] == ["mood_share"]
    assert [edge.to for edge in script.steps["mood_after_share"].edges] == ["bye", "helps"]
    assert script.steps["helps_share"].call.script == "sharing"
    assert script.round.opens.render({}) == "A check-in is open."
    assert not script.round.we
    assert share_key("mood") == "mood_share/how"


def test_complaints_point_at_what_the_author_wrote(tmp_path: Path):
    """What was put in has no lines of its own: whatever is wrong stands on a line of the file."""
    broken = dedent(CHECK_IN).replace("go: helps", "go: nowhere")
    folder = write_dialogues(
        tmp_path / "dialogues",
        HELLO,
        **{"rounds_check-in": broken, "scripts_joining": JOINING, "scripts_sharing": SHARING},
    )
    _, found = read_library(folder)
    line = broken.splitlines().index("      - go: nowhere") + 1
    assert [(each.file, each.line, each.code) for each in found] == [
        ("dialogues/rounds/check-in.yaml", line, "unknown-place")
    ]
    assert "'mood' leads to 'nowhere'" in found[0].message


def test_who_is_asked_how_an_answer_is_shared_reads_it(tmp_path: Path):
    """Else nobody would be asked again where the answer has become another one."""
    blind = SHARING.replace("{{ words or 'nothing' }}", "something")
    files = {"rounds_check-in": CHECK_IN, "scripts_joining": JOINING, "scripts_sharing": blind}
    _, found = read_library(write_dialogues(tmp_path / "dialogues", HELLO, **files))
    assert [(each.file, each.code) for each in found] == [
        ("dialogues/scripts/sharing.yaml", "sharing-lacks")
    ]
    assert "{{ words }}" in found[0].message


def test_what_a_round_can_read_of_its_group(library: Library):
    """The title, how many it takes without names, and which prompts it is too late for."""
    shown = Release("seed", {"me": "digest"})
    here = Round("1", "check-in", "me", "2026-11-02", least=3, released={"mood": shown})
    member = Membership(NAME, Group("Tuesday", round=here))
    catalogue = replace(library.catalogue, groups={NAME: member})
    session = Session(round=(NAME, "1"))
    known = globals_of(catalogue, session)
    assert (known["group_name"], known["late"], known["least"]) == ("Tuesday", ["mood"], 3)
    in_time = session.but(answers={"mood_share/how": Answer("given", "unnamed")})
    assert globals_of(catalogue, in_time)["late"] == []
    another = globals_of(catalogue, Session(round=(NAME, "2")))
    assert (another["late"], another["least"]) == ([], 5)
    nowhere = globals_of(library.catalogue, Session())
    assert (bool(nowhere["group_name"]), nowhere["late"], nowhere["least"]) == (False, [], 5)
