"""What `docs/privacy.md` says of files, tables, days and commands is what the program does."""

import re

import pytest
from sqlalchemy import LargeBinary

from bot.__main__ import _parser
from bot.grouping import KEPT_DAYS
from bot.settings import DEFAULTS
from bot.turns import LEDGER_SECONDS, SHOWN_SECONDS
from bot.wording.sentences import grade_of, sentences_in, words_in
from storage.tables import metadata
from tests.conftest import ROOT
from tests.test_hazards import LINK, wrong_with_link

PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
DAY = 86_400
NAMED = re.compile(r"`(\w+)`")


def part(heading: str) -> str:
    """Give what stands under a heading, up to the next one of the same kind or a higher one."""
    depth = len(heading) - len(heading.lstrip("#"))
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{depth}}} |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
    assert found, heading
    return found[1]


def rows(text: str) -> list[list[str]]:
    """Give the rows of a table, cell by cell, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def sealed_columns() -> set[str]:
    """Give the columns that hold sealed bytes."""
    return {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }


def opening_sentences() -> list[str]:
    """Give the first sentence under each heading, as it is read."""
    found = re.findall(r"^#+ [^\n]+\n\n([^\n|`#]+)", PAGE, re.MULTILINE)
    plain = [re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", each).lstrip("- *") for each in found]
    return [sentences_in(each)[0] for each in plain]


def test_every_column_is_either_sealed_or_named_as_in_the_clear() -> None:
    """Nothing is passed over: a new column has to be sealed, or said to be in the clear."""
    clear = {
        f"{NAMED.findall(table)[0]}.{column}"
        for table, columns, _ in rows(part("### What stays in the clear"))
        for column in NAMED.findall(columns)
    }
    every = {
        f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.c
    }
    assert not clear & sealed_columns()
    assert clear | sealed_columns() == every


def test_the_picture_of_the_keys_names_all_that_is_sealed() -> None:
    """Whoever looks at the picture sees what each person's key is for."""
    picture = part("## The keys").split("```")[1]
    assert set(re.findall(r"\b(?:\w+)\.(?:address|body)\b", picture)) == sealed_columns()


def test_the_days_are_those_that_are_set() -> None:
    """What people are promised and what the program counts are the same days."""
    told = {what: (days, setting) for what, days, setting in rows(part("## How long"))}
    kept = {
        "a finished reflection": "KITH_KEEP_DAYS",
        "an unfinished reflection": "KITH_KEEP_UNFINISHED_DAYS",
        "the map, the plan for bad days": "KITH_KEEP_APART_DAYS",
        "answers of a group's round": "KITH_KEEP_UNFINISHED_DAYS",
    }
    for what, setting in kept.items():
        assert told[what][0].startswith(f"{DEFAULTS[setting]} days "), what
        assert told[what][1] == f"`{setting}`", what
    assert told["the ledger of what was taken in"][0] == f"{LEDGER_SECONDS // DAY} days"
    assert told["numbers of messages in a chat"][0] == f"{SHOWN_SECONDS // DAY:.0f} days"
    group = next(days for what, (days, _) in told.items() if what.startswith("a group: "))
    assert group.startswith(f"{KEPT_DAYS} days ")
    for setting in kept.values():
        assert f"`{setting}`" in OPERATING


def test_the_same_days_for_backups_stand_everywhere() -> None:
    """An operator reads one advice, whichever page is open."""
    assert "backups of keys for 7 days and those of data for 30" in PAGE
    assert "We suggest" not in PAGE
    for line in (r"^\| data \|.*\| 30 days \|$", r"^\| keys \|.*\| 7 days \|$"):
        assert re.search(line, OPERATING, re.MULTILINE), line
    notice = (ROOT / "docs" / "privacy-notice.md").read_text(encoding="utf-8")
    assert re.search(r"\[BACKUP DAYS\] \|[^|]*we suggest 30 \|", notice)
    assert re.search(r"\[KEY DAYS\] \|[^|]*we suggest 7 \|", notice)
    deploying = (ROOT / "docs" / "deploying-service.md").read_text(encoding="utf-8")
    assert "data after 30 days, keys after 7" in deploying


def test_every_setting_about_keys_and_keeping_is_explained_to_operators() -> None:
    """Nobody has to read the code to know where the key lies and what is deleted when."""
    ours = [name for name in DEFAULTS if name.startswith(("KITH_KEEP_", "KITH_KEY", "KITH_MASTER"))]
    for name in [*ours, "KITH_AGE"]:
        assert f"`{name}`" in OPERATING, name


@pytest.mark.parametrize("page", [PAGE, OPERATING], ids=["privacy", "operating"])
def test_what_is_said_to_be_typed_about_keys_can_be_typed(page: str) -> None:
    """Whoever has just lost a key types what stands there, and it exists."""
    commands = _parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    under = commands["keys"]._subparsers._group_actions[0].choices
    asked = set(re.findall(r"`kith keys (\w+)", page))
    assert asked <= set(under)
    assert {"backup", "restore", "rotate"} & asked


def test_every_proof_that_is_named_exists() -> None:
    """Whoever doubts a sentence can open the test that holds it."""
    for text, target in LINK.findall(PAGE):
        if not target.startswith(("https://", "#")):
            assert list(wrong_with_link(text, target)) == []
    proven = part("## What proves it")
    assert len(re.findall(r"\[tests/[^\]]+::test_", proven)) >= 10


def test_every_part_begins_so_that_everybody_understands_it() -> None:
    """A manager who is no technician reads the first sentence of each part."""
    sentences = opening_sentences()
    assert len(sentences) > 20
    assert [each for each in sentences if len(words_in(each)) > 32] == []
    assert grade_of(sentences) <= 9


def test_what_is_hard_to_hear_is_said_plainly() -> None:
    """No page may come to promise more than can be kept."""
    brief = part("## In short")
    assert "everything people wrote is lost, for good" in brief
    assert "can be read until it is deleted" in brief
    assert "Rotation does not help" in part("## What to do when")
    assert "48 hours" in part("### Telegram")
