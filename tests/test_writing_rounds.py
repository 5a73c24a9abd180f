"""What the page on writing rounds says is true: its round, its commands, its limits."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from bot.checking import check
from bot.engine.keys import ROUND_KEYS
from bot.engine.round_checks import SHAREABLE, TOLD_TO_ALL
from bot.engine.rounds import JOINING, SHARE, SHARING, prompts_of
from bot.engine.script import PARTS
from tests.conftest import ROOT
from tests.fakes import DIALOGUES, shipped
from tests.test_docs import blocks

PAGE = (ROOT / "docs" / "writing-rounds.md").read_text(encoding="utf-8")
(ROUND,) = blocks(PAGE, "yaml")
NAME = "rounds/good-thing.yaml"


def test_the_page_is_short() -> None:
    """It is read in four minutes."""
    assert len(PAGE.split()) <= 600


def test_the_round_of_the_page_has_nothing_to_mend(tmp_path: Path) -> None:
    """It can be copied as it stands, and Kith says nothing of it."""
    folder = Path(shutil.copytree(DIALOGUES, tmp_path / "dialogues"))
    (folder / NAME).write_text(ROUND, encoding="utf-8")
    assert [str(each) for each in check(folder) if each.file.endswith(NAME)] == []


def test_every_command_of_the_page_runs(tmp_path: Path) -> None:
    """Typed one after the other, each line does what it is there for."""
    folder = Path(shutil.copytree(DIALOGUES, tmp_path / "dialogues"))
    (folder / NAME).write_text(ROUND, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    (typed,) = blocks(PAGE, "sh")
    told = ""
    for line in typed.splitlines():
        assert line.startswith("kith ")
        done = subprocess.run(
            [sys.executable, "-m", "bot", *line.split()[1:]],
            cwd=tmp_path,
            env={**clean, "KITH_DIALOGUES": "dialogues", "PYTHONPATH": str(ROOT)},
            input="yes\nMair\nthe bus was on time\nkeep\n1\nkeep\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}{done.stdout}{done.stderr}"
        told += done.stdout
    assert "nothing to mend" in told
    assert "You said: “the bus was on time”" in told
    assert "Share it as Mair" in told
    assert "may like to hear more" in told


def test_the_page_names_every_part_of_a_round() -> None:
    """Staff find every key, every kind of question that can be shared, and what texts can hold."""
    for name in (*ROUND_KEYS, *SHAREABLE):
        assert re.search(rf"`{name}[:`]", PAGE), name
    assert {*re.findall(r"\{\{ (\w+)", PAGE)} == TOLD_TO_ALL
    assert f"`{SHARE}`" in PAGE
    for name in (JOINING, SHARING):
        assert f"`scripts/{name}.yaml`" in PAGE
    assert ", ".join(PARTS[:2]) in PAGE


def test_the_rounds_that_ship_keep_to_the_page() -> None:
    """Each has three to six prompts, and each prompt says that nothing is shared by itself."""
    rounds = [each.script for each in shipped().catalogue.scripts.values() if each.script.round]
    assert sorted(each.id for each in rounds) == [
        "check-in",
        "our-self-other-situation",
        "what-helped-this-week",
    ]
    for script in rounds:
        prompts = prompts_of(script)
        assert 3 <= len(prompts) <= 6
        for step in prompts:
            assert "othing is shared until you choose" in step.say[-1].source or (
                "othing of it is shared until you choose" in step.say[-1].source
            ), step.id
    we = [each.id for each in rounds if each.round and each.round.we]
    assert we == ["our-self-other-situation"]
    assert yaml.safe_load(ROUND)["id"] == "good-thing"
