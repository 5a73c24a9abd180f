"""The page about what many told: its commands work, and its rules are those of the program."""

import json
import re
import shlex
from pathlib import Path

import pytest

from bot.library import Library
from bot.totals.bands import bands
from tests.conftest import ROOT
from tests.databases import opened_store
from tests.totals.town import a_month, settled
from tests.typed import Typed

PAGE = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_every_command_of_the_page_works(
    tmp_path: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typed one after the other, none complains, and a group reads as the page shows it."""
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path}/kith.db"
    store = opened_store(url)
    settled(store, a_month())
    store.close()
    said = [typed(*shlex.split(line)[1:], "--db", url) for line in BLOCKS[0].splitlines()]
    assert [(each.returncode, each.stderr) for each in said] == [(0, "")] * 4
    assert BLOCKS[1] in said[0].stdout
    assert json.loads(said[2].stdout)["month"] == "2020-01"
    assert (tmp_path / "january.txt").read_text(encoding="utf-8") == said[0].stdout


def test_the_page_names_the_bands() -> None:
    """All of them, in order."""
    told = [
        f"{each.least} to {each.most}" if each.most else f"{each.least} or more" for each in bands()
    ]
    assert ", ".join(told) in PAGE


def test_all_that_ships_can_be_counted(library: Library) -> None:
    """Each row of totals.yaml has its words and what could follow."""
    rows = [row for question in library.totals for row in question.rows]
    assert len(rows) >= 20
    assert all(row.says and row.step.endswith(".") for row in rows)
