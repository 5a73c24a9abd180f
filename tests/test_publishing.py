"""Published ids: a step where people may be waiting is never taken away in silence."""

import shutil
from pathlib import Path

import pytest

from bot.engine.diagnostics import Diagnostic
from bot.engine.rounds import JOIN, SHARE
from bot.files import read_folder
from bot.library import Library, load_library
from bot.publishing import (
    PUBLISHED,
    check_published,
    published,
    published_text,
    published_with_today,
)
from tests.conftest import ROOT
from tests.fakes import write_dialogues
from tests.running import kith

SCRIPT = """\
id: talk
title: A talk
steps:
  - {id: name, say: Name?, ask: words}
  - {id: mood, say: Mood?, ask: words}
  - {id: last, say: Last?, ask: words}
"""
INNER = "{id: inner, steps: [{id: more, say: More?, ask: words}]}"
MOOD = "  - {id: mood, say: Mood?, ask: words}\n"
KNOWN = "talk: [name, mood, last]\n"


def found(folder: Path, *scripts: str, known: str | None = KNOWN) -> list[Diagnostic]:
    """Say what is wrong with what was published, in a folder of these scripts."""
    files = {} if known is None else {"published": known}
    dialogues = write_dialogues(folder / "dialogues", *scripts, **files)
    return check_published(read_folder(dialogues, []))


def codes(complaints: list[Diagnostic]) -> list[str]:
    return [each.code for each in complaints]


def test_a_published_step_that_is_gone_is_an_error_with_both_ways_out(tmp_path: Path):
    """Whoever deletes a step learns how to say what became of it."""
    (lost,) = found(tmp_path, SCRIPT.replace(MOOD, ""))
    assert (lost.code, lost.severity) == ("lost-id", "error")
    assert (lost.file, lost.line, lost.column) == ("dialogues/scripts/0.yaml", 3, 1)
    assert "'mood'" in lost.message
    assert "was: mood" in lost.fix
    assert "retired: [mood]" in lost.fix


@pytest.mark.parametrize(
    "script",
    [
        SCRIPT,
        SCRIPT.replace("{id: mood", "{id: feeling, was: mood"),
        SCRIPT.replace("{id: mood", "{id: feeling, was: [temper, mood]"),
        SCRIPT.replace(MOOD, "").replace("steps:", "retired: mood\nsteps:"),
        SCRIPT.replace(MOOD, "").replace("steps:", "retired: [temper, mood]\nsteps:"),
        SCRIPT.replace("{id: mood", "{id: mood, was: never_published"),
        SCRIPT.replace("steps:", "retired: [never_published]\nsteps:"),
        SCRIPT.replace(MOOD, MOOD + "  - {id: new, say: New?, ask: words}\n"),
    ],
    ids=["same", "was", "was two", "retired", "retired two", "was new", "retired new", "new step"],
)
def test_an_id_that_is_accounted_for_is_no_complaint(tmp_path: Path, script: str):
    """Renaming, retiring and adding are everyday work."""
    assert found(tmp_path, script) == []


def test_every_lost_id_is_named_at_once(tmp_path: Path):
    """One run says it all."""
    shortened = SCRIPT.replace(MOOD, "").replace("id: name", "id: called")
    assert [each.message.split("'")[1] for each in found(tmp_path, shortened)] == ["name", "mood"]


def test_an_id_that_moved_to_another_script_is_lost_where_it_was(tmp_path: Path):
    """People wait in one script; a step of that name in another is not where they are."""
    moved = INNER.replace("more", "mood")
    assert codes(found(tmp_path, SCRIPT.replace(MOOD, ""), moved)) == ["lost-id"]


def test_a_retired_id_that_is_still_a_step_is_an_error(tmp_path: Path):
    """A step can't be there and gone."""
    (kept,) = found(tmp_path, SCRIPT.replace("steps:", "retired: [last]\nsteps:"))
    assert (kept.code, kept.severity, kept.line, kept.column) == ("retired-id", "error", 3, 11)


def test_a_script_that_is_gone_is_named_where_it_was_published(tmp_path: Path):
    """There is no file left to point at but the list itself."""
    (lost,) = found(tmp_path, SCRIPT, known=KNOWN + "inner: [more]\n")
    assert (lost.code, lost.file, lost.line) == ("lost-id", "dialogues/published.yaml", 2)
    assert "retired: [inner]" in lost.fix
    assert "was: " in lost.fix


def test_a_script_can_be_retired_by_the_one_that_takes_its_place(tmp_path: Path):
    """What its fix says works."""
    without = SCRIPT.replace("steps:", "retired: [inner]\nsteps:")
    assert found(tmp_path, without, known=KNOWN + "inner: [more]\n") == []


def test_a_script_that_can_not_be_read_is_not_called_gone(tmp_path: Path):
    """A quote that is off in one file doesn't make its ids look lost."""
    assert found(tmp_path, SCRIPT.replace("id: talk", "id: 'talk")) == []


def test_a_folder_that_was_never_published_is_no_complaint(tmp_path: Path):
    """Who begins has nothing to lose."""
    assert found(tmp_path, SCRIPT.replace(MOOD, ""), known=None) == []


@pytest.mark.parametrize(
    "known", ["", "5", "[]", "talk:", "talk: 5", "talk: {a: b}", "? [a]\n: b", "talk: [[a], null]"]
)
def test_a_spoilt_list_is_never_a_traceback(tmp_path: Path, known: str):
    """Whatever stands in published.yaml, the check comes back."""
    assert all(each.file for each in found(tmp_path, SCRIPT, known=known))


def test_ids_are_only_ever_added(tmp_path: Path):
    """Publishing keeps what is renamed or retired, and puts the new behind it."""
    script = SCRIPT.replace(MOOD, "  - {id: feeling, was: mood, say: How?, ask: words}\n")
    folder = write_dialogues(
        tmp_path / "d", script, INNER, published="gone: [a]\n" + KNOWN.replace("last", '"null"')
    )
    ids = published_with_today(read_folder(folder, []))
    assert ids == {
        "gone": ["a"],
        "talk": ["name", "mood", "null", "feeling", "last"],
        "inner": ["more"],
    }


def test_a_list_reads_as_it_was_written(tmp_path: Path):
    """Also names that YAML takes for something else."""
    ids = {"talk": ["name", "true", "no", "Null", "of-it"], "a talk: two": ["mood"], "empty": []}
    folder = write_dialogues(tmp_path / "d", SCRIPT, published=published_text(ids))
    assert published(read_folder(folder, [])) == ids


def test_publishing_writes_the_list_once(tmp_path: Path):
    """What `kith publish` wrote is what it reads back; where nothing is new, nothing is written."""
    folder = Path(shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues"))
    (folder / PUBLISHED).unlink()
    done = kith("publish", KITH_DIALOGUES=str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    named = read_folder(folder, [])
    count = sum(map(len, published(named).values()))
    assert f"{count} new, 0 known before" in done.stdout
    assert check_published(named) == []
    written = (folder / PUBLISHED).read_bytes()
    assert f"0 new, {count} known before" in kith("publish", KITH_DIALOGUES=str(folder)).stdout
    assert (folder / PUBLISHED).read_bytes() == written


def test_broken_dialogues_are_not_published(tmp_path: Path):
    """The list holds what was fit to go live, and nothing else."""
    folder = write_dialogues(tmp_path / "dialogues", SCRIPT.replace("{id: mood", "{id: name"))
    done = kith("publish", KITH_DIALOGUES=str(folder))
    assert done.returncode == 1
    assert "double-id" in done.stdout
    assert not (folder / PUBLISHED).exists()


def test_a_lost_id_stops_check_and_publish(tmp_path: Path):
    """Both commands refuse a step that was taken away in silence, and the list stays as it was."""
    folder = Path(shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues"))
    script = folder / "scripts" / "someone.yaml"
    script.write_text(script.read_text("utf-8").replace("id: ask\n", "id: can_ask\n"), "utf-8")
    script.write_text(script.read_text("utf-8").replace("ask: ask if", "ask: can_ask if"), "utf-8")
    line = script.read_text("utf-8").split("\n").index("steps:") + 1
    before = (folder / PUBLISHED).read_bytes()
    for command in ("check", "publish"):
        done = kith(command, KITH_DIALOGUES=str(folder))
        assert done.returncode == 1
        assert f"someone.yaml:{line}:1 lost-id the step 'ask' was published" in done.stdout
    assert (folder / PUBLISHED).read_bytes() == before


def test_every_shipped_step_was_published(library: Library):
    """The list beside the shipped scripts is complete: after a change, run `kith publish`."""
    ids = published(read_folder(ROOT / "dialogues", []))
    scripts = library.catalogue.scripts
    left = {name: set(each.script.steps) - set(ids[name]) for name, each in scripts.items()}
    for name, steps in left.items():
        put_in = {JOIN, *(step for step in steps if step.endswith(SHARE))}
        assert steps <= (put_in if scripts[name].script.round else set()), name
    assert check_published(read_folder(ROOT / "dialogues", [])) == []


def test_the_list_does_not_stand_in_the_way_of_reading(tmp_path: Path):
    """published.yaml lies among the dialogues and is no dialogue."""
    folder = write_dialogues(tmp_path / "d", SCRIPT, published=KNOWN)
    assert set(load_library(folder).catalogue.scripts) == {"talk"}
