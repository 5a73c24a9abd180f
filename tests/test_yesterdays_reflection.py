"""The shipped reflection is edited under somebody who is in the middle of it: it goes on.

Each edit is made on a copy of the dialogues on disk; the conversation lies in a real database.
"""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine.catalogue import Compiled
from bot.engine.effects import Say
from bot.engine.events import ChoicePicked, Opened, TextReceived
from bot.engine.expression import compile_expression
from bot.engine.routes import build
from bot.engine.session import Frame, Session
from bot.library import Library, load_library
from bot.transcripts import read_transcript
from bot.turned import turned
from tests.conftest import NOON, ROOT, StoppedClock
from tests.fakes import reloaded
from tests.people import Sitting, texts
from tests.test_yesterdays_script import MOVED, REWORDED, words

DIALOGUES = ROOT / "dialogues"
FULL = read_transcript(
    (DIALOGUES / "transcripts" / "bullied-at-work-it-is-happening.txt").read_text("utf-8")
).said
SIMPLE = {"person": "Anna", "stones": "1 1 1", "yes/no": "yes"}


class Edited:
    """A copy of the dialogues on disk, and somebody who is in the middle of the reflection."""

    def __init__(self, folder: Path, clock: StoppedClock) -> None:
        self.folder = Path(shutil.copytree(DIALOGUES, folder / "dialogues"))
        self.sitting = Sitting(folder, load_library(self.folder), clock)

    def begins(self, step: str, time: int = 1) -> None:
        """Talk along the full way until that step waits for the so-manieth time."""
        self.sitting.opens()
        times = 0
        for line in FULL:
            times += self.sitting.step == step
            if times == time:
                return
            self.sitting.says(line)
        pytest.fail(f"'{step}' never waited")

    def edit(self, script: str, *changes: tuple[str, str]) -> None:
        """Replace text in a script, each exactly once, and read it all again."""
        file = self.folder / "scripts" / f"{script}.yaml"
        text = file.read_text("utf-8")
        for before, after in changes:
            assert len(re.findall(before, text, re.DOTALL | re.MULTILINE)) == 1, before
            text = re.sub(before, lambda _, new=after: new, text, flags=re.DOTALL | re.MULTILINE)
        file.write_text(text, "utf-8")
        self.sitting.library = load_library(self.folder)

    def finishes(self) -> None:
        """Answer whatever comes until the reflection has ended."""
        said = self.sitting.opens()
        for _ in range(60):
            if self.sitting.session.status == "ended":
                return
            assert said[-1].text, "never silence"
            said = self.sitting.says(SIMPLE.get(said[-1].asks or "", "1"))
        pytest.fail(f"no end in sight at '{self.sitting.step}'")


@pytest.fixture
def edited(tmp_path: Path, clock: StoppedClock) -> Edited:
    return Edited(tmp_path, clock)


def block(step: str) -> str:
    """Match a whole step of a script."""
    return rf"^  - id: {step}\n.*?(?=^  - id: |^  # ---|\Z)"


def asks(step: str, say: str, **more: str) -> str:
    keys = "".join(f"    {key.replace('_', ' ')}: {value}\n" for key, value in more.items())
    return f"  - id: {step}\n{keys}    say: {say}\n    ask: words\n\n"


def test_reflection_with_a_changed_step(edited: Edited):
    """In the middle of part four, the question on the screen gets other words."""
    edited.begins("owe_self")
    edited.edit(
        "reflection", (block("owe_self"), asks("owe_self", "What is due to you?", phase="together"))
    )
    assert words(edited.sitting.says("sleep")) == [REWORDED, "What is due to you?"]
    edited.sitting.says("sleep")
    assert (edited.sitting.step, edited.sitting.value("owe_self")) == ("owe_others", "sleep")
    edited.finishes()


def test_reflection_with_a_renamed_step(edited: Edited):
    """The same question under another name: nobody notices."""
    edited.begins("owe_self")
    edited.edit(
        "reflection",
        (r"- id: owe_self\n", "- id: owe_me\n    was: owe_self\n    answer: owe_self\n"),
    )
    said = texts(edited.sitting.says("To be able to sleep again."))
    assert REWORDED not in said
    assert MOVED not in said
    assert edited.sitting.step == "owe_others"
    assert edited.sitting.value("owe_self") == "To be able to sleep again."
    edited.finishes()


def test_reflection_with_a_removed_phase(edited: Edited):
    """The whole of "together" is taken out under somebody who stands in it."""
    edited.begins("owe_self")
    together = [
        (block(step), "")
        for step in ("lay_out", "stones", "weighed", "owe_self", "owe_others", "touched")
    ]
    edited.edit("reflection", *together, (r"\{% if owe_self %\}.*?\{% endif %\}", ""))
    said = edited.sitting.says("To be able to sleep again.")
    assert words(said)[0] == MOVED
    assert "Who is around you" in words(said)[-1]
    assert (len(said), edited.sitting.step) == (2, "around")
    edited.finishes()


def test_reflection_with_a_removed_answer(edited: Edited):
    """A choice that somebody took is gone: asked again, and then back to where they were."""
    edited.begins("stones")
    edited.edit(
        "reflection", (r" {6}- value: some\n {8}label: One or two others\n {8}words: [^\n]*\n", "")
    )
    said = edited.sitting.says("1 2 2")
    assert words(said) == [MOVED, "Who else is in the same place as you?"]
    assert "One or two others" not in [option.label for option in said[-1].options]
    again = edited.sitting.says("Many of us")
    assert "You have five stones." in words(again)[-1]
    assert "others are in it too" in texts(again), "what was worked out from it is told anew"
    assert edited.sitting.value("power") == "HR, maybe. Or the area manager."
    edited.finishes()


def test_reflection_with_a_new_question_before(edited: Edited):
    """A question that came in further up is asked, and only that."""
    edited.begins("stones")
    new = asks("since_when", "Since when is it like that there?", phase="situation")
    edited.edit("reflection", (r"^  - id: rules\n", new + "  - id: rules\n"))
    assert words(edited.sitting.says("1 2 2")) == [MOVED, "Since when is it like that there?"]
    assert "You have five stones." in texts(edited.sitting.says("For two years."))
    assert edited.sitting.value("rules") == "Everyone looks away."
    edited.finishes()


def test_reflection_with_a_changed_sub_dialogue_in_a_loop(edited: Edited):
    """At the second of the people around, the question about them changes."""
    edited.begins("ask", time=2)
    edited.edit(
        "someone",
        (r"    say: Would it be all right to ask[^\n]*", "    say: Could {{ who }} be asked?"),
    )
    assert words(edited.sitting.says("Yes")) == [REWORDED, "Could Raj be asked?"]
    edited.sitting.says("Yes")
    assert edited.sitting.step == "belongs"
    people = edited.sitting.value("people")
    assert [(one["name"], one["ask"]) for one in people] == [("Anna", "yes"), ("Raj", "yes")]
    edited.finishes()


def test_reflection_with_a_question_taken_out_of_a_loop(edited: Edited):
    """The question in hand, about the second person, is gone: on to the next in the reflection."""
    edited.begins("ask", time=2)
    edited.edit(
        "someone",
        (block("ask"), ""),
        (r'  ask: who.ask or \(ask if ask else "no"\)', "  ask: '\"maybe\"'"),
    )
    said = edited.sitting.says("Yes")
    assert words(said)[0] == MOVED
    assert "Is there a group or a place" in words(said)[-1]
    assert (len(said), edited.sitting.step) == (2, "belongs")
    assert [one["name"] for one in edited.sitting.value("people")] == ["Anna", "Raj"]
    edited.finishes()


def test_reflection_with_the_question_about_safety_put_anew(edited: Edited):
    """A release that rewords what decides over safety never carries a "yes, it is safe" along."""
    edited.begins("safe")
    edited.edit(
        "reflection",
        (r"(?<=say: )If \{\{ other or \"they\" \}\} heard about this, could anyone[^\n]*", 'Could telling {{ other or "them" }} harm anyone?'),
    )  # fmt: skip
    assert words(edited.sitting.hands_in(ChoicePicked("safe"))) == [
        REWORDED,
        "Could telling Denise harm anyone?",
    ]
    assert "safe" not in edited.sitting.session.answers
    edited.finishes()


NEVER = compile_expression('"today" == "yesterday"')
SWEPT = ("afraid-of-a-partner", "bullied-at-work-it-is-happening", "nobody-around")


def passing_by(library: Library, place: Frame) -> Library:
    """Give a release under which that step is for nobody any more."""
    scripts = library.catalogue.scripts
    script = scripts[place.script].script
    step = replace(script.steps[place.step], only_if=NEVER)
    without = replace(script, steps={**script.steps, place.step: step})
    changed = {**scripts, place.script: Compiled(without, build(without))}
    return replace(library, catalogue=replace(library.catalogue, scripts=changed, release="new"))


@pytest.mark.parametrize("name", SWEPT)
def test_wherever_somebody_stands_a_step_may_go(library: Library, name: str):
    """At every step of a whole conversation: told once, never silent, and on to a proper end.

    At the very last question only the goodbye is left, and where agreeing is gone nothing is kept.
    """
    said = read_transcript((DIALOGUES / "transcripts" / f"{name}.txt").read_text("utf-8")).said
    sessions = [turned(library, Session(), Opened(), NOON).session]
    for line in said:
        sessions.append(turned(library, sessions[-1], TextReceived(line), NOON).session)
    waiting = [each for each in sessions if each.status == "waiting" and not each.detour]
    assert len(waiting) > 20
    for yesterday in waiting:
        here = yesterday.place[-1]
        today, session, told, line = passing_by(library, here), reloaded(yesterday), 0, "1"
        for _ in range(90):
            turn = turned(today, session, TextReceived(line), NOON)
            shown = [effect for effect in turn.effects if isinstance(effect, Say)]
            assert shown, here.step
            told += words(shown).count(MOVED)
            session = turn.session
            if session.status == "ended":
                break
            line = SIMPLE.get(shown[-1].asks or "", "1")
            line = "skip" if shown[-1].asks == "stones" else line
        assert session.status == "ended", here.step
        assert told == 1 or (told == 0 and here.step in ("consent", "wiped", "follow")), here.step
