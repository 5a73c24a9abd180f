"""`kith chat --watch`: somebody edits the dialogues while they try them, in a real process."""

import os
import select
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fakes import write_dialogues
from tests.running import forked, kith

LONGEST = 30
TALK = """\
id: reflection
title: A talk
steps:
  - {id: name, say: What shall I call you?, ask: words}
  - {id: mood, say: How is it?, ask: choice, choices: [{good: Good}, {bad: Bad}]}
  - {id: why, say: Why is that?, ask: words}
  - {id: last, say: Last? Then a neighbour perhaps., ask: words, ending: yes}
"""


class Trial:
    """An author at a terminal, with an editor beside it."""

    def __init__(self, folder: Path, dialogues: Path, *arguments: str) -> None:
        self.dialogues = dialogues
        self.script = dialogues / "scripts" / "0.yaml"
        streams = [folder / each for each in ("in", "out", "err")]
        for stream in streams:
            stream.unlink(missing_ok=True)
            os.mkfifo(stream) if stream.name != "err" else stream.touch()
        settings = {
            "KITH_DIALOGUES": str(dialogues),
            "KITH_DATABASE_URL": f"sqlite:///{folder}/k.db",
        }
        self._process = forked(("chat", "--watch", *arguments), settings, streams)
        self._in = streams[0].open("wb", buffering=0)
        self._out = streams[1].open("rb", buffering=0)
        self._complaints = streams[2]
        self._held = b""

    def types(self, line: str) -> str:
        """Type a line; give what comes up to the next prompt."""
        self._in.write(line.encode() + b"\n")
        return self.reads()

    def reads(self) -> str:
        """Give what is shown up to and with the next prompt."""
        number = self._out.fileno()
        until = time.monotonic() + LONGEST
        while not self._held.endswith(b"\n> ") and time.monotonic() < until:
            if select.select([number], [], [], 0.2)[0]:
                read = os.read(number, 65_536)
                if not read:
                    break
                self._held += read
        shown, self._held = self._held.decode(), b""
        assert shown.endswith("\n> "), shown
        return shown

    def saves(self, before: str, after: str) -> str:
        """Save the script with some text replaced; give what comes without a key being touched."""
        text = self.script.read_text("utf-8")
        assert before in text
        self.script.write_text(text.replace(before, after), "utf-8")
        return self.reads()

    def stays_silent(self) -> bool:
        """Say whether nothing comes for some looks at the folder."""
        return not select.select([self._out.fileno()], [], [], 2)[0]

    def closes(self) -> tuple[int, str]:
        """Close the terminal; give the exit code and what was complained about."""
        self._in.close()
        self._process.join(LONGEST)
        self._out.close()
        assert self._process.exitcode is not None
        return self._process.exitcode, self._complaints.read_text("utf-8")


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    started = Trial(tmp_path, write_dialogues(tmp_path / "dialogues", TALK))
    started.reads()
    yield started
    code, complaints = started.closes()
    assert code == 0
    assert "Traceback" not in complaints


def test_new_words_are_shown_without_a_key_being_touched(trial: Trial):
    """Whoever saves sees the open question in its new words, and goes on from there."""
    assert "How is it?" in trial.types("Ann")
    shown = trial.saves("How is it?", "How are things?")
    assert "reloaded: the new script departs at 'mood' (asked again)" in shown
    assert "How are things?" in shown
    assert "1. Good" in shown
    assert "Why is that?" in trial.types("2")


def test_a_change_elsewhere_leaves_one_where_one_is(trial: Trial):
    """The answers so far still lead to the same question; it is put again as it reads now."""
    trial.types("Ann")
    shown = trial.saves("Last?", "Anything else?")
    assert "reloaded: you are still at 'mood'" in shown
    assert shown.count("How is it?") == 1
    trial.types("good")
    assert "Anything else?" in trial.types("because")


def test_it_says_where_the_new_script_departs(trial: Trial):
    """The answers so far are replayed; where they lead elsewhere, that is named."""
    trial.types("Ann")
    assert "Why is that?" in trial.types("bad")
    shown = trial.saves("{id: why,", "{id: reason, was: why, answer: why,")
    assert "reloaded: you are still at 'reason', which was 'why'" in shown
    shown = trial.saves(
        "  - {id: reason", "  - {id: calm, say: Calm?, ask: words}\n  - {id: reason"
    )
    assert "reloaded: the new script departs at 'calm' (not asked before)" in shown
    assert "Calm?" in shown
    assert "Why is that?" in trial.types("yes")
    shown = trial.saves("{bad: Bad}", "{mixed: Both}")
    assert "reloaded: the new script departs at 'mood' (asked again)" in shown
    assert "2. Both" in shown
    shown = trial.saves("  - {id: mood", "  - {id: gone, say: G?, ask: words}\n  - {id: mood")
    assert "departs at 'gone' (not asked before)" in shown
    shown = trial.saves("  - {id: gone, say: G?, ask: words}\n", "")
    assert "reloaded: the new script departs at 'gone' (no longer there)" in shown
    assert "How is it?" in shown


def test_a_broken_script_is_told_and_the_old_words_stay(trial: Trial):
    """A slip costs a line with its place; one goes on in the old words, and then in the mended."""
    trial.types("Ann")
    shown = trial.saves("{id: why, say: Why is that?", "{id: why, sya: Why is that?")
    assert "dialogues/scripts/0.yaml:6:15 unknown-key" in shown
    assert "did you mean 'say'?" in shown
    assert "still the old words until this is mended" in shown
    assert "reloaded" not in shown
    assert "Why is that?" in trial.types("bad")
    shown = trial.saves("sya: Why is that?", "say: What is behind it?")
    assert "reloaded: the new script departs at 'why' (asked again)" in shown
    assert "What is behind it?" in shown
    assert "Last?" in trial.types("because")


def test_a_script_that_is_no_yaml_is_told(trial: Trial):
    """Nor does a half-written file end the trial; what is mended to the old text is good again."""
    assert "not-yaml" in trial.saves("title: A talk", "title: 'A talk")
    assert "reloaded: you are still at 'name'" in trial.saves("title: 'A talk", "title: A talk")


def test_a_script_that_goes_round_is_told(trial: Trial):
    """What would hang nobody else doesn't hang the author."""
    trial.types("Ann")
    there = "  - {id: one, say: A., next: two}\n  - {id: two, only if: name, say: B., next: one}\n"
    shown = trial.saves("  - {id: mood", f"{there}  - {{id: mood")
    assert "still the old words" in shown
    assert "Why is that?" in trial.types("good")


def test_other_files_are_watched_too(trial: Trial):
    """Words, screens and new scripts are part of what is tried."""
    words = trial.dialogues / "words.yaml"
    words.write_text(
        words.read_text("utf-8").replace("menu: More\n", "menu: All the rest\n"), "utf-8"
    )
    shown = trial.reads()
    assert "reloaded: you are still at 'name'" in shown
    assert "All the rest" in shown
    (trial.dialogues / "scripts" / "new.yaml").write_text(
        TALK.replace("reflection", "more"), "utf-8"
    )
    assert "reloaded: you are still at 'name'" in trial.reads()


def test_what_is_not_changed_is_not_told(trial: Trial):
    """Silence stays silence; a file that is deleted and written anew by an editor is one save."""
    assert trial.stays_silent()
    text = trial.script.read_text("utf-8")
    fresh = trial.script.with_suffix(".yaml.tmp")
    fresh.write_text(text.replace("Last?", "The last?"), "utf-8")
    trial.script.unlink()
    fresh.rename(trial.script)
    assert trial.reads().count("reloaded") == 1
    assert trial.stays_silent()


def test_lines_that_come_at_once_are_all_taken(tmp_path: Path):
    """Input from a pipe is taken to its end, line for line, the last one without its end as well."""
    dialogues = write_dialogues(tmp_path / "dialogues", TALK)
    settings = {"KITH_DIALOGUES": str(dialogues), "KITH_DATABASE_URL": f"sqlite:///{tmp_path}/k.db"}
    done = kith("chat", "--watch", lines="Ännchen\ngood\nbecause", **settings)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert done.stdout.count("> ") == 4
    assert "Last?" in done.stdout
    plain = kith("chat", "--as", "other", lines="Ännchen\ngood\nbecause", **settings)
    assert plain.stdout == done.stdout


def test_the_trial_is_the_stored_conversation(tmp_path: Path):
    """Closing and coming back finds the place, in the words of today."""
    dialogues = write_dialogues(tmp_path / "dialogues", TALK)
    first = Trial(tmp_path, dialogues)
    first.reads()
    first.types("Ann")
    first.saves("How is it?", "How are things?")
    assert first.closes()[0] == 0
    again = Trial(tmp_path, dialogues)
    assert "How are things?" in again.reads()
    assert again.closes()[0] == 0


def test_watching_is_for_people_only(tmp_path: Path):
    """A program that talks in JSON lines gets none of this."""
    done = kith("chat", "--json", "--watch", KITH_DATABASE_URL=f"sqlite:///{tmp_path}/k.db")
    assert done.returncode == 2
    assert "--watch" in done.stderr


def test_the_shipped_reflection_can_be_tried_like_this(tmp_path: Path):
    """The real dialogues: a question is reworded under somebody's eyes."""
    dialogues = Path(shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues"))
    trial = Trial(tmp_path, dialogues)
    trial.script = dialogues / "scripts" / "reflection.yaml"
    assert "are you 18 or over?" in trial.reads()
    shown = trial.saves("say: First, are you {{ age }} or over?", "say: Are you an adult?")
    assert "departs at 'adult' (asked again)" in shown
    assert "Are you an adult?" in shown
    assert "Might someone else look" in trial.types("yes")
    assert trial.closes()[0] == 0
