"""What authors are told: for each code an example that brings it about, and one that is right."""

import os
import re
import shutil
from pathlib import Path
from random import Random

import pytest

from bot.checking import check
from bot.engine.codes import ERRORS, WARNINGS
from bot.engine.diagnostics import Diagnostic, errors_in
from bot.library import load_library
from tests.damage import FILES, damaged
from tests.diagnostics_page import (
    GROUPS,
    PAGE,
    Broken,
    Explained,
    explained,
    mended,
    said_here,
    said_of,
    today,
)
from tests.fakes import DIALOGUES, Talk

EXPLAINED = explained()
BROKEN = [
    pytest.param(each, example, id=f"{each.code}-{place}")
    for each in EXPLAINED
    for place, example in enumerate(each.broken, 1)
]
LONGEST = 200
OF_PROGRAMS = re.compile(
    r"\b(?:None|NoneType|True|False|KeyError|TypeError|ValueError|Traceback|Jinja|Undefined|dict"
    r"|str|int|float|tuple|token|node|parse\w*|syntax|exception|callable|regex)\b|<class|object at"
)
"""Words that an author has no use for."""
AT_ONCE = 3
DAMAGES = int(os.environ.get("KITH_TEST_DAMAGES", "36"))
"""So many files are damaged; `make soak` damages 900."""


RAW = re.compile(r"Traceback|(?:Key|Type|Value|Attribute)Error|NoneType|<class|object at 0x|Jinja")
"""What a program says of itself; an author's own words may be any others."""


def plain(said: Diagnostic) -> bool:
    """Say whether somebody who doesn't program could read this in one go."""
    told = f"{said.message} {said.fix}"
    short = max(len(said.message), len(said.fix)) <= LONGEST
    return short and "\n" not in told and not OF_PROGRAMS.search(told) and bool(said.message)


@pytest.mark.parametrize(("each", "example"), BROKEN)
def test_what_is_broken_is_named_where_it_stands(each: Explained, example: Broken):
    """Each slip is caught with its code on its line, in plain words, and nothing else is said."""
    found = said_of(example)
    here = said_here(each, example)
    assert {one.code for one in found if one is not here} <= example.also
    assert all(map(plain, found)), "\n".join(str(one) for one in found if not plain(one))


@pytest.mark.parametrize("each", EXPLAINED, ids=lambda each: each.code)
def test_what_is_mended_is_clean(each: Explained):
    """What is shown as right can be copied as it stands: nothing at all is said of it."""
    assert said_of(mended(each)) == ()


def test_every_code_is_explained():
    """No code comes without its example, and none is explained that doesn't exist."""
    assert {each.code for each in EXPLAINED} == ERRORS | WARNINGS


def test_there_are_many_broken_scripts():
    """Sixty at least, and no two are the same."""
    texts = [
        (example.file, example.text, *example.beside)
        for each in EXPLAINED
        for example in each.broken
    ]
    assert len(texts) >= 60
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("each", EXPLAINED, ids=lambda each: each.code)
def test_an_explanation_is_for_people_who_do_not_program(each: Explained):
    """What it means and what to do are one or two sentences each, in plain words."""
    for told in (each.means, each.mend):
        assert not OF_PROGRAMS.search(told)
        assert 1 <= len(re.findall(r"[.?](?:\s|$)", told)) <= 3
        assert len(told) <= 300


def test_the_page_shows_what_is_said_today():
    """docs/diagnostics.md is what `make docs` would write now."""
    assert PAGE.read_text(encoding="utf-8") == today(), "run  make docs"


def test_every_group_of_the_page_is_used():
    """The table of contents has no empty heading."""
    assert {each.group for each in EXPLAINED} == set(GROUPS)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the dialogues as they are shipped, to be damaged."""
    return shutil.copytree(DIALOGUES, tmp_path_factory.mktemp("damaged") / "dialogues")


@pytest.mark.parametrize("seed", range(DAMAGES // AT_ONCE))
def test_no_slip_of_the_hand_is_met_with_a_traceback(seed: int, copy: Path):
    """Lines lost, doubled or indented, signs swapped or typed: it is named, or it does no harm.

    Whatever was done to the files, the check comes back with plain lines, each at a place that
    exists. Where it finds no error, Kith starts and talks.
    """
    random = Random(seed)
    names = random.sample(FILES, AT_ONCE)
    try:
        for name in names:
            text, _ = damaged((DIALOGUES / name).read_text(encoding="utf-8"), random)
            (copy / name).write_text(text, encoding="utf-8")
        found = check(copy)
        for said in found:
            assert not RAW.search(str(said)), said
            assert "\n" not in str(said), said
            lines = (copy.parent / said.file).read_text(encoding="utf-8").count("\n")
            assert 1 <= said.line <= lines + 2, said
        if not errors_in(found):
            talk = Talk(load_library(copy).catalogue)
            talk.opens()
            for words in ("yes", "private", "1", "skip", "help", "1", "pause"):
                talk.says(words)
    finally:
        for name in names:
            shutil.copy(DIALOGUES / name, copy / name)
