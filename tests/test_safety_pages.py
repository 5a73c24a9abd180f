"""What services and people are told about their data and their safety is what the program does."""

import dataclasses
import re

import pytest

from bot.engine.session import Session
from bot.library import Library
from bot.metrics import Metrics
from bot.settings import DEFAULTS
from bot.turns import LEDGER_SECONDS
from bot.wording.sentences import grade_of, sentences_in, words_in
from storage.tables import metadata
from tests.conftest import ROOT
from tests.fakes import Talk
from tests.test_hazards import wrong_with_link

DOCS = ROOT / "docs"
NAMES = ("intended-purpose", "hazards", "deploying-service", "privacy-notice", "dpia", "privacy")
PAGES = {name: (DOCS / f"{name}.md").read_text(encoding="utf-8") for name in NAMES}
PURPOSE = (
    "Kith supports people in thinking about their relationships and finding support. "
    "It does not assess, diagnose, monitor, predict or treat. It is no emergency service."
)
BLANK = re.compile(r"\[([A-Z][A-Z ]+)\]")


@pytest.fixture
def talk(library: Library) -> Talk:
    return Talk(library.catalogue)


def cells(page: str) -> dict[str, list[str]]:
    """Give the rows of a page's tables by the names in their first cell."""
    rows = re.findall(r"^\| (`.*?) \|(.*)\|$", page, re.MULTILINE)
    names = [(re.findall(r"`(\w+)`", first), rest) for first, rest in rows]
    return {name: re.findall(r"`(\w+)`", rest) for firsts, rest in names for name in firsts}


def for_people() -> str:
    """Give the privacy notice as people read it, without its marks."""
    text = PAGES["privacy-notice"].split("\n---\n")[1]
    return re.sub(r"[#*]", "", re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text))


@pytest.mark.parametrize("name", NAMES)
def test_settings_named_on_a_page_exist(name: str) -> None:
    """No service is told to set what there is not."""
    assert set(re.findall(r"KITH_[A-Z_]+", PAGES[name])) <= set(DEFAULTS)
    written = Metrics()
    written.failures.labels("KeyError")
    for metric in re.findall(r"`(kith_(?!keys\b)[a-z_]+)", PAGES[name]):
        assert metric in written.written().decode()


@pytest.mark.parametrize("name", NAMES)
def test_files_and_tests_named_on_a_page_exist(name: str) -> None:
    """Whoever follows a page finds what it speaks of."""
    for path in re.findall(r"`((?:bot|dialogues|docs|storage|tests)/[^`:]*)", PAGES[name]):
        assert (ROOT / path).exists(), path
    for node in re.findall(r"`(tests/[^`]+::[^`]+)`", PAGES[name]):
        assert list(wrong_with_link(node, f"../{node.partition('::')[0]}")) == []


def test_the_purpose_is_the_same_everywhere() -> None:
    """The README and the page of its own say it in the same words."""
    for text in ((ROOT / "README.md").read_text(encoding="utf-8"), PAGES["intended-purpose"]):
        assert PURPOSE in text


def test_the_purpose_fits_on_a_page() -> None:
    """It is read before it is signed."""
    assert len(PAGES["intended-purpose"].split()) <= 700


def test_the_assessment_names_all_that_is_stored() -> None:
    """Each table, each column and each part of a session, and none that isn't there."""
    told = cells(PAGES["dpia"])
    stored = {name: sorted(table.columns.keys()) for name, table in metadata.tables.items()}
    parts = {field.name for field in dataclasses.fields(Session)}
    assert set(told) == {*stored, *parts}
    for table, columns in stored.items():
        assert sorted(told[table]) == columns, table
    assert f"| {LEDGER_SECONDS // 86_400} days |" in PAGES["dpia"]


def test_every_blank_of_the_notice_is_explained() -> None:
    """An operator finds each blank in the list above the line, and fills in none for nothing."""
    above, below = PAGES["privacy-notice"].split("\n---\n")
    listed = re.findall(r"^\| \[([A-Z ]+)\] \|", above, re.MULTILINE)
    assert set(listed) == set(BLANK.findall(below))
    assert len(listed) == len(set(listed))


def test_the_notice_can_be_read_by_somebody_who_has_not_slept() -> None:
    """Short sentences, at the grade that Kith's own texts keep."""
    sentences = sentences_in(for_people())
    assert [each for each in sentences if len(words_in(each)) > 25] == []
    assert grade_of(sentences) <= 6
    assert len(for_people().split()) <= 800


def test_what_the_notice_tells_people_to_type_works(library: Library) -> None:
    """The words for seeing, changing, wiping and hiding are understood."""
    words = re.findall(r"[Tt]ype \"([\w ]+)\"", for_people())
    wiping = {"forget", "forget my plan", "forget my map", "withdraw", "hide", "round"}
    assert {"data", "export", "change", *wiping} <= set(words)
    meant = {library.catalogue.typed[word] for word in words}
    freedoms = {"kept", "export", "change", "forget", "forget plan", "forget map", "withdraw"}
    assert meant == {*freedoms, "hide", "round"}


@pytest.mark.parametrize(
    "name", ["hazards", "privacy-notice", "dpia", "deploying-service", "privacy"]
)
def test_what_is_sealed_is_said_and_nothing_more(name: str) -> None:
    """A page says that answers are sealed exactly as long as something in the program seals them."""
    modules = (ROOT / "storage").rglob("*.py")
    seals = any("aead import AESGCM" in file.read_text(encoding="utf-8") for file in modules)
    says = re.search(r"\b(sealed|encrypted)\b", PAGES[name])
    denies = re.search(r"not encrypted|encryption[^|.]*not yet", PAGES[name])
    assert (bool(says) and not denies) is seals
